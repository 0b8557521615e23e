"""Which conversation a booked time was settled by (R22)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from pwa.db import session
from pwa.models import Booking, Client, Contact, Interaction
from pwa.rules.contact import contact_events as rules
from pwa.rules.vocabulary.enums import Channel, Settled

DAY = timedelta(days=1)


def fact(
    row: Interaction, wanted: Channel | None = None, contact_id: int | None = None
) -> rules.ContactEvent:
    """The row as the rules see it; without a contact it is nobody's (0).

    `contact_id` names a further contact who took part.
    """
    return rules.ContactEvent(
        contact_id or row.contact_id or 0,
        row.kind,
        row.direction,
        row.outcome,
        row.at,
        wanted,
        asks=row.asks_for_time,
    )


def facts(row: Interaction) -> list[rules.ContactEvent]:
    """The row once for each contact who took part."""
    return [fact(row), *(fact(row, contact_id=also.contact_id) for also in row.also)]


def concerned(contact_id: int | None, contacts: Sequence[Contact]) -> int:
    """The contact concerned, else the primary one: the first listed unless another is marked."""
    if contact_id is not None:
        return contact_id
    primary = next((contact for contact in contacts if contact.is_primary), None)
    return (primary or contacts[0]).id if contacts else 0


def settled(
    booking: Booking,
    valid: Iterable[rules.ContactEvent],
    contacts: Sequence[Contact],
    zone: ZoneInfo,
) -> datetime | None:
    """When the booked conversation took place, or None. `valid` are not corrected, oldest first."""
    who = concerned(booking.contact_id, contacts)
    booked = rules.BookedTime(who, booking.kind, booking.at, booking.made_at)
    settling = (event for event in valid if rules.settles_booking(event, booked, zone))
    return next((event.at for event in settling), None)


def settle_bookings(client: Client) -> None:
    """Settle what is booked with a client by the first conversation that does, if there is one."""
    query = sa.select(Booking).where(
        Booking.client_id == client.id,
        Booking.settled_at.is_(None),
        Booking.cancelled_at.is_(None),
    )
    booked = session.scalars(query).all()
    if not booked:
        return
    interactions = sa.select(Interaction).where(
        Interaction.client_id == client.id,
        Interaction.superseded_at.is_(None),
        Interaction.outcome.in_(rules.REACHED),
        Interaction.at >= min(booking.at for booking in booked) - DAY,
    )
    in_order = interactions.order_by(Interaction.at, Interaction.id)
    rows = session.scalars(in_order.options(selectinload(Interaction.also)))
    valid = [event for row in rows for event in facts(row)]
    for booking in booked:
        settle(booking, settled(booking, valid, client.contacts, client.owner.zone))


def settle(booking: Booking, happened_at: datetime | None) -> None:
    """Writes down that a booking took place, if it did."""
    if happened_at is not None:
        booking.settled_at, booking.settled = happened_at, Settled.HAPPENED
