"""Loads stored clients and contacts that rows of an import may match, by match key."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cadence, Client, Contact, Phone, Preference, Team, User
from pwa.operations.clients import search
from pwa.operations.clients.phone_numbers import digits
from pwa.rules.vocabulary.enums import Channel, Stage
from pwa.rules.vocabulary.person_names import full_name
from pwa.rules.vocabulary.phones import PhoneNumber

Key = tuple[int, str]  # team id and match key
CLIENT_COLUMNS = (
    *("address", "town", "state", "postcode", "country", "timezone", "website"),
    *("latitude", "longitude", "tier", "status"),
)
CONTACT_COLUMNS = (
    *("name", "title", "suffix", "role"),
    *("phone", "extension", "phone_given", "email", "timezone"),
    "number_wrong_since",
)


@dataclass(slots=True)
class ImportedContact:
    """A contact; `values` by column of `CONTACT_COLUMNS`. Without an id it is new.

    `phones` are all numbers, the one to dial among them.
    """

    values: dict[str, Any]
    position: int
    id: int | None = None
    channel: Channel | None = None
    preference_id: int | None = None
    changed: bool = False
    channel_changed: bool = False  # the channel is new and has to be written
    phones: list[PhoneNumber] = field(default_factory=list)
    phones_changed: bool = False
    number_found: bool = False  # the known number was wrong, and the list has another


@dataclass(slots=True)
class ImportedClient:
    """A client; `values` by column of `CLIENT_COLUMNS`. Without an id it is new."""

    key: Key
    name: str
    owner_id: int
    values: dict[str, Any]
    id: int | None = None
    stage: Stage | None = None
    has_due_date: bool = False
    contacts: list[ImportedContact] = field(default_factory=list)
    changed: bool = False
    cadence_changed: bool = False  # the stage is new and has to be written

    @property
    def touched(self) -> bool:
        """Whether any of its rows has to be written."""
        channels_changed = any(contact.channel_changed for contact in self.contacts)
        return self.changed or self.cadence_changed or channels_changed

    @property
    def search_key(self) -> str:
        """The text that a client search reads: its names, town, e-mails and phones."""
        contacts = (
            search.SearchableContact(
                full_name(*(contact.values[part] for part in ("name", "title", "suffix"))),
                contact.values["email"],
                digits(contact.phones),
            )
            for contact in self.contacts
        )
        return search.search_key(self.name, self.values["town"], contacts)


def load_clients(wanted: Collection[Key]) -> dict[Key, ImportedClient]:
    """The stored clients with these keys, with their contacts, in two queries; locks their rows."""
    clients: dict[Key, ImportedClient] = {}
    by_id: dict[int, ImportedClient] = {}
    for row in session.execute(_clients_query(wanted)):
        key = (row.team_id, row.match_key)
        if key not in wanted or key in clients:
            continue
        values = {name: getattr(row, name) for name in CLIENT_COLUMNS}
        has_due_date = row.next_due is not None
        client = ImportedClient(
            key, row.name, row.owner_id, values, row.id, row.stage, has_due_date
        )
        clients[key] = by_id[row.id] = client
    for client_id, contacts in _contacts_by_client(by_id).items():
        by_id[client_id].contacts = contacts
    return clients


def lock_teams(teams: Iterable[int]) -> None:
    """Lock the teams until the transaction ends: one import at a time adds their clients.

    SQLite has no row locks; there a single writer has the same effect.
    """
    query = sa.select(Team.id).where(Team.id.in_(teams)).order_by(Team.id)
    session.execute(query.with_for_update(key_share=True)).all()


def _clients_query(wanted: Collection[Key]) -> sa.Select[Any]:
    columns = (getattr(Client, name) for name in CLIENT_COLUMNS)
    return (
        sa.select(
            Client.id,
            Client.name,
            Client.owner_id,
            Client.match_key,
            Client.next_due,
            User.team_id,
            Cadence.stage,
            *columns,
        )
        .join(User, User.id == Client.owner_id)
        .outerjoin(Cadence, (Cadence.client_id == Client.id) & Cadence.ended_at.is_(None))
        .where(Client.match_key.in_({key for _, key in wanted}))
        .where(User.team_id.in_({team for team, _ in wanted}))
        .order_by(Client.id)
        .with_for_update(of=Client)
    )


def _contacts_by_client(client_ids: Collection[int]) -> dict[int, list[ImportedContact]]:
    columns = (getattr(Contact, name) for name in CONTACT_COLUMNS)
    query = (
        sa.select(
            Contact.id,
            Contact.client_id,
            Contact.position,
            Preference.id.label("preference_id"),
            Preference.channel,
            *columns,
        )
        .outerjoin(Preference, (Preference.contact_id == Contact.id) & Preference.is_current)
        .where(Contact.client_id.in_(client_ids))
        .order_by(Contact.position, Contact.id)
    )
    phones = _phones_by_contact(client_ids)
    contacts: dict[int, list[ImportedContact]] = defaultdict(list)
    for row in session.execute(query) if client_ids else ():
        values = {name: getattr(row, name) for name in CONTACT_COLUMNS}
        contact = ImportedContact(values, row.position, row.id, row.channel, row.preference_id)
        contact.phones = phones[row.id]
        dialled = PhoneNumber(row.phone or "", None, row.extension)
        if row.phone and row.phone not in {phone.number for phone in contact.phones}:
            contact.phones.insert(0, dialled)
        contacts[row.client_id].append(contact)
    return contacts


def _phones_by_contact(client_ids: Collection[int]) -> dict[int, list[PhoneNumber]]:
    query = sa.select(Phone).join(Contact, Contact.id == Phone.contact_id)
    query = query.where(Contact.client_id.in_(client_ids)).order_by(Phone.position, Phone.id)
    phones: dict[int, list[PhoneNumber]] = defaultdict(list)
    for row in session.scalars(query) if client_ids else ():
        phones[row.contact_id].append(row.value)
    return phones
