"""Which conversation a booked time was settled by (R22)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Booking, Client, Contact, Interaction
from pwa.rules.contact import contact_events as rules
from pwa.rules.vocabulary.enums import Channel


def fact(row: Interaction, wanted: Channel | None = None) -> rules.ContactEvent:
    """The row as the rules see it; without a contact it is nobody's (0)."""
    return rules.ContactEvent(
        row.contact_id or 0,
        row.kind,
        row.direction,
        row.outcome,
        row.at,
        wanted,
        asks=row.asks_for_time,
    )


def concerned(contact_id: int | None, contacts: Sequence[Contact]) -> int:
    """The contact concerned, else the primary one: the first listed unless another is marked."""
    if contact_id is not None:
        return contact_id
    primary = next((contact for contact in contacts if contact.is_primary), None)
    return (primary or contacts[0]).id if contacts else 0


def settled(
    booking: Booking, valid: Iterable[rules.ContactEvent], contacts: Sequence[Contact]
) -> datetime | None:
    """When the booked conversation took place, or None. `valid` are not corrected, oldest first."""
    who = concerned(booking.contact_id, contacts)
    settling = (event for event in valid if rules.settles_booking(event, who, booking.at))
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
    earliest = min(booking.at for booking in booked) - rules.BOOKING_LEAD
    interactions = sa.select(Interaction).where(
        Interaction.client_id == client.id,
        Interaction.superseded_at.is_(None),
        Interaction.at >= earliest,
    )
    in_order = interactions.order_by(Interaction.at, Interaction.id)
    valid = [fact(row) for row in session.scalars(in_order)]
    for booking in booked:
        booking.settled_at = settled(booking, valid, client.contacts)
