"""Letters that a user sent: stored as written interactions with their words (R2, R3)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa.db import session
from pwa.models import Booking, Client, Contact, Interaction, User
from pwa.operations.calls.record import CallOutcome, record
from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was sent; `key` is the idempotency key of its form."""

    kind: Kind
    text: str
    key: str
    at: datetime


def keep(
    client: Client,
    contact: Contact | None,
    user: User,
    letter: Letter,
    now: datetime,
    *,
    recap_of: Interaction | None = None,
) -> Interaction:
    """Stores a sent letter. Call it in a transaction that has the client locked."""
    outcome = CallOutcome(
        ref=letter.key,
        kind=letter.kind,
        direction=Direction.OUT,
        outcome=Outcome.WRITTEN,
        at=letter.at,
        note=letter.text,
        recap_of=recap_of,
    )
    return record(client, contact, user, outcome, now)


def writing_channel_of(contact: Contact | None) -> Channel | None:
    """The contact's preferred channel, if it is a written one."""
    preferred = contact.preference.channel if contact and contact.preference else None
    return preferred if preferred and preferred.is_writing else None


def next_booking(client_id: int, contact_id: int | None, now: datetime) -> Booking | None:
    """The next booked time with a contact, or with nobody in particular."""
    query = sa.select(Booking).where(Booking.client_id == client_id, Booking.at > now)
    query = query.where(Booking.settled_at.is_(None), Booking.cancelled_at.is_(None))
    column = Booking.contact_id
    query = query.where(column.is_(None) if contact_id is None else column == contact_id)
    query = query.options(joinedload(Booking.contact)).order_by(Booking.at).limit(1)
    return session.scalar(query)
