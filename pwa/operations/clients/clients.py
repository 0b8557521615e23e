"""Clients entered by hand: add, change, find duplicates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Away, Cadence, Client, Contact, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.preference_compliance import mark_again
from pwa.operations.clients.phone_numbers import digits, load_numbers, set_numbers
from pwa.operations.clients.search import SearchableContact, match_key, search_key
from pwa.rules.vocabulary.enums import Stage, Tier
from pwa.rules.vocabulary.phones import PhoneNumber

NUMBERS = {"phones", "dialled"}  # of `ContactFacts`: rows, and what they say on the contact
NO_COLUMNS = {"away", "position"}  # of `ClientFacts`: kept as rows, and as two columns


@dataclass(frozen=True)
class ClientFacts:
    """The editable fields of a client; `position` is latitude, longitude in degrees."""

    name: str
    town: str | None = None
    address: str | None = None
    country: str | None = None
    timezone: str | None = None
    tier: Tier | None = None
    away: tuple[tuple[date, date], ...] = field(default=())
    position: tuple[float, float] | None = None


@dataclass(frozen=True)
class ContactFacts:
    """The editable fields of a contact. `phones` are in their order; without `dialled` the first
    is the one to dial."""

    name: str
    title: str | None = None
    suffix: str | None = None
    role: str | None = None
    phones: tuple[PhoneNumber, ...] = ()
    dialled: PhoneNumber | None = None
    email: str | None = None
    timezone: str | None = None
    difficult: bool = False


def add(
    owner: User, facts: ClientFacts, contact: ContactFacts, stage: Stage, now: datetime
) -> Client:
    """Adds a new client of `owner`: the first call is due within two working days (R25)."""
    today = now.astimezone(owner.zone).date()
    client = Client(owner=owner, new_since=today, created_at=now)
    _apply(client, facts)
    client.contacts.append(apply_contact(Contact(), contact))
    refresh_keys(client)
    session.add(client)
    session.flush()
    session.add(
        Cadence(client_id=client.id, stage=stage, since=today, made_by_id=owner.id, created_at=now)
    )
    refresh_due_dates([client.id], now)
    return client


def change(client: Client, facts: ClientFacts, now: datetime) -> None:
    """Changes a client. A new time zone recomputes compliance, as in `contacts.change`."""
    before = {contact: contact.zone for contact in client.contacts}
    _apply(client, facts)
    session.flush()
    for contact, zone in before.items():
        if contact.zone != zone:
            mark_again(contact, None)
    refresh_keys(client)
    refresh_due_dates([client.id], now)


def _apply(client: Client, facts: ClientFacts) -> None:
    for name in vars(facts).keys() - NO_COLUMNS:
        setattr(client, name, getattr(facts, name))
    client.latitude, client.longitude = facts.position or (None, None)
    stored = {(block.first_day, block.last_day): block for block in client.away}
    for deleted in set(stored) - set(facts.away):
        session.delete(stored[deleted])
    client.away[:] = [
        stored.get(block) or Away(first_day=block[0], last_day=block[1])
        for block in sorted(set(facts.away))
    ]


def apply_contact(contact: Contact, facts: ContactFacts) -> Contact:
    """Gives the contact these facts."""
    for name in vars(facts).keys() - NUMBERS:
        setattr(contact, name, getattr(facts, name))
    set_numbers(contact, facts.phones, facts.dialled)
    return contact


def refresh_keys(client: Client) -> None:
    """Updates the search and match keys after the client or any of its contacts changed."""
    load_numbers(client)
    client.search_key = search_key(client.name, client.town, _searchable(client.contacts))
    client.match_key = match_key(client.name, client.town)


def _searchable(contacts: Sequence[Contact]) -> list[SearchableContact]:
    return [SearchableContact(c.full_name, c.email, digits(c.numbers)) for c in contacts]


def find_duplicate(owner: User, name: str, town: str | None) -> Client | None:
    """A client of `owner` with the same match key: one company in one town is one client."""
    same = Client.match_key == match_key(name, town)
    return session.scalar(sa.select(Client).where(Client.owner_id == owner.id, same).limit(1))


def owns_any(user: User) -> bool:
    """Whether the user's book holds a client, whatever its status."""
    return bool(session.scalar(sa.select(sa.exists().where(Client.owner_id == user.id))))
