"""Contacts of a client: add, change, make primary, and remove those without history."""

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
    InteractionContact,
    Need,
    Postponement,
    Promise,
    Recovery,
    ServiceRequest,
)
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.preference_compliance import mark_again
from pwa.operations.clients import wrong_numbers
from pwa.operations.clients.clients import ContactFacts, apply_contact, refresh_keys
from pwa.rules.vocabulary.phones import PhoneNumber
from pwa.rules.vocabulary.timezones import local_day

REFERENCES = (
    Interaction.contact_id,
    InteractionContact.contact_id,
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
    """Adds a contact at the end of the list; the first call counts from today (R25)."""
    last_position = max((contact.position for contact in client.contacts), default=-1)
    today = local_day(now, client.owner.zone)
    contact = apply_contact(Contact(position=last_position + 1, new_since=today), facts)
    client.contacts.append(contact)
    _after_change(client, now)
    return contact


def change(contact: Contact, facts: ContactFacts, now: datetime) -> None:
    """Changes a contact; phone numbers that could not be read are dropped.

    A new time zone is a correction, so compliance is recomputed for earlier interactions too.
    """
    before, number = contact.zone, contact.phone
    apply_contact(contact, facts)
    contact.phone_given = contact.phone_other = None
    wrong_numbers.settle_if_changed(contact, number, now)
    session.flush()
    if contact.zone != before:
        mark_again(contact, None)
    _after_change(contact.client, now)


def make_primary(contact: Contact, now: datetime) -> None:
    """Makes this the primary contact."""
    for colleague in contact.client.contacts:
        colleague.is_primary = colleague is contact
    _after_change(contact.client, now)


def has_history(contact: Contact) -> bool:
    """Whether any stored row refers to the contact."""
    return bool(session.scalar(sa.select(sa.or_(*_references(contact.id)))))


def _references(contact_id: int) -> list[sa.ColumnElement[bool]]:
    return [sa.exists().where(column == contact_id) for column in REFERENCES]


def remove(contact: Contact, now: datetime) -> bool:
    """Deletes the contact. Returns False, unchanged, if it has history."""
    if has_history(contact):
        return False
    client = contact.client
    remaining = [c for c in client.contacts if c is not contact]
    session.delete(contact)
    client.contacts[:] = remaining
    _after_change(client, now)
    return True


def archive(contact: Contact, at: datetime, now: datetime) -> None:
    """The contact left at `at`: off every list; the next one listed is the one to reach.

    The history stays, and so does who was the primary one: `restore` undoes it.
    """
    if contact.archived_at is None:
        contact.archived_at = at
        _after_change(_reloaded(contact), now)


def restore(contact: Contact, now: datetime) -> None:
    """The contact is there after all."""
    if contact.archived_at is not None:
        contact.archived_at = None
        _after_change(_reloaded(contact), now)


def _reloaded(contact: Contact) -> Client:
    """The client, whose list of contacts is read anew."""
    session.flush()
    session.expire(contact.client, ["contacts"])
    return contact.client


def correct_number(contact: Contact, number: PhoneNumber, now: datetime) -> None:
    """Stores the number to dial from now on."""
    wrong_numbers.correct(contact, number, now)
    _after_change(contact.client, now)


def _after_change(client: Client, now: datetime) -> None:
    refresh_keys(client)
    session.flush()
    refresh_due_dates([client.id], now)
