"""Booked conversations, with the reminders ahead of them: made, moved, cancelled, answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Booking, Client, Contact
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices import booked
from pwa.rules.vocabulary.enums import Kind, Settled


@dataclass(frozen=True, slots=True)
class Where:
    """Where a booked conversation takes place: the link of a video call, or a place."""

    link: str | None = None
    place: str | None = None


NOWHERE = Where()


class Undoing(StrEnum):
    """What became of an attempt to undo a cancellation."""

    DONE = "done"
    PASSED = "passed"  # its time has passed
    BOOKED_ANEW = "booked anew"  # another time was agreed with that contact since


def book(
    client: Client,
    contact: Contact | None,
    kind: Kind,
    at: datetime,
    now: datetime,
    where: Where = NOWHERE,
) -> Booking:
    """Books a conversation with a contact at `at`."""
    booking = Booking(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        kind=kind,
        at=at,
        made_at=now,
        link=where.link,
        place=where.place,
    )
    _store(booking, now)
    return booking


def cancel(booking: Booking, now: datetime) -> None:
    """Cancels a booking; a settled or cancelled one stays as it is."""
    if booking.is_open:
        booking.cancelled_at, booking.settled = now, Settled.CANCELLED
        booking.sequence += 1
        _refresh(booking, now)


def undo_cancel(booking: Booking, now: datetime) -> Undoing:
    """Takes the cancellation back, unless its time has passed or another one was booked since.

    A booking that is not cancelled stays as it is. An invitation that was sent with it is newer
    than the one that called it off.
    """
    if booking.cancelled_at is None:
        return Undoing.DONE
    if booking.at <= now:
        return Undoing.PASSED
    since = sa.select(Booking.id).where(
        Booking.client_id == booking.client_id,
        Booking.contact_id.is_not_distinct_from(booking.contact_id),
        Booking.id > booking.id,
        Booking.cancelled_at.is_(None),
    )
    if session.scalar(since.limit(1)) is not None:
        return Undoing.BOOKED_ANEW
    booking.cancelled_at = booking.settled = None
    booking.sequence += 1
    _refresh(booking, now)
    return Undoing.DONE


def confirm(booking: Booking, now: datetime) -> None:
    """Writes down that it happened, as somebody said (idempotent)."""
    if booking.is_open:
        booking.settled_at, booking.settled = now, Settled.HAPPENED
        _refresh(booking, now)


def move(booking: Booking, at: datetime, where: Where, now: datetime) -> Booking:
    """Moves a booking: it ends as moved, and a new one takes its place and its invitation.

    One that is not open any more, or is for that time already, stays as it is.
    """
    if not booking.is_open or booking.at == at:
        booking.link, booking.place = where.link, where.place
        return booking
    booking.settled_at, booking.settled = now, Settled.MOVED
    moved = Booking(
        client_id=booking.client_id,
        contact_id=booking.contact_id,
        kind=booking.kind,
        at=at,
        made_at=now,
        link=where.link,
        place=where.place,
        uid=booking.invitation_uid,
        sequence=booking.sequence + 1,
    )
    booked.keep_in_step(booking, now)
    _store(moved, now)
    return moved


def _store(booking: Booking, now: datetime) -> None:
    session.add(booking)
    _refresh(booking, now)


def _refresh(booking: Booking, now: datetime) -> None:
    booked.keep_in_step(booking, now)
    refresh_due_dates([booking.client_id], now)
