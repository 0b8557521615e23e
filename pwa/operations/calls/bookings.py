"""Booked conversations, with the reminders ahead of them."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Booking, Client, Contact
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices import booked
from pwa.rules.vocabulary.enums import Kind


class Undoing(StrEnum):
    """What became of an attempt to undo a cancellation."""

    DONE = "done"
    PASSED = "passed"  # its time has passed
    BOOKED_ANEW = "booked anew"  # another time was agreed with that contact since


def book(
    client: Client, contact: Contact | None, kind: Kind, at: datetime, now: datetime
) -> Booking:
    """Books a conversation with a contact at `at`."""
    booking = Booking(
        client_id=client.id, contact_id=contact.id if contact else None, kind=kind, at=at
    )
    session.add(booking)
    booked.keep_in_step(booking, now)
    refresh_due_dates([client.id], now)
    return booking


def cancel(booking: Booking, now: datetime) -> None:
    """Cancels a booking; a settled or cancelled one stays as it is."""
    if booking.settled_at is None and booking.cancelled_at is None:
        booking.cancelled_at = now
        booked.keep_in_step(booking, now)
        refresh_due_dates([booking.client_id], now)


def undo_cancel(booking: Booking, now: datetime) -> Undoing:
    """Takes the cancellation back, unless its time has passed or another one was booked since.

    A booking that is not cancelled stays as it is.
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
    booking.cancelled_at = None
    booked.keep_in_step(booking, now)
    refresh_due_dates([booking.client_id], now)
    return Undoing.DONE
