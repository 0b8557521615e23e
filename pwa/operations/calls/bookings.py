"""Booked conversations, with the reminders ahead of them."""

from datetime import datetime

from pwa.db import session
from pwa.models import Booking, Client, Contact
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices import booked
from pwa.rules.vocabulary.enums import Kind


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
