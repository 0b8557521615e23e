"""The people at a client: added, changed, put first, and taken away when nothing ties them in."""

from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import (
    Agreement,
    Booking,
    Cadence,
    Client,
    Contact,
    Interaction,
    Need,
    Postponement,
    Promise,
    Recovery,
    ServiceRequest,
)
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.preference_compliance import mark_again
from pwa.operations.clients.clients import ContactFacts, refresh_keys
from pwa.rules.vocabulary.timezones import local_day

TIES = (
    Interaction.contact_id,
    Promise.contact_id,
    ServiceRequest.contact_id,
    Booking.contact_id,
    Recovery.contact_id,
    Cadence.agreed_with_id,
    Agreement.contact_id,
    Postponement.contact_id,
    Need.contact_id,
)


def add(client: Client, facts: ContactFacts, now: datetime) -> Contact:
    """One more person there, after the others: a first impression from today on (R25)."""
    last = max((contact.position for contact in client.contacts), default=-1)
    today = local_day(now, client.owner.zone)
    contact = Contact(**vars(facts), position=last + 1, new_since=today)
    client.contacts.append(contact)
    _changed(client, now)
    return contact


def change(contact: Contact, facts: ContactFacts, now: datetime) -> None:
    """Say these facts of the contact; a number that was none is forgotten once it is mended.

    Another zone corrects the one we had: what was said before is judged by their clocks as well.
    """
    before = contact.zone
    for name, value in vars(facts).items():
        setattr(contact, name, value)
    contact.phone_given = None
    session.flush()
    if contact.zone != before:
        mark_again(contact, None)
    _changed(contact.client, now)


def make_primary(contact: Contact, now: datetime) -> None:
    """Make this the one to reach where nobody in particular is concerned."""
    for other in contact.client.contacts:
        other.is_primary = other is contact
    _changed(contact.client, now)


def has_history(contact: Contact) -> bool:
    """Whether anything was said with, promised to or agreed with them."""
    return bool(session.scalar(sa.select(sa.or_(*_ties(contact.id)))))


def _ties(contact_id: int) -> list[sa.ColumnElement[bool]]:
    return [sa.exists().where(column == contact_id) for column in TIES]


def remove(contact: Contact, now: datetime) -> bool:
    """Take the contact away. False, and nothing done, when there is history to keep."""
    if has_history(contact):
        return False
    client = contact.client
    others = [other for other in client.contacts if other is not contact]
    session.delete(contact)
    client.contacts[:] = others
    _changed(client, now)
    return True


def _changed(client: Client, now: datetime) -> None:
    refresh_keys(client)
    session.flush()
    refresh_due_dates([client.id], now)
