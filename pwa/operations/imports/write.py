"""Writes the changes of an import with a fixed number of statements for each batch."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cadence, Client, Contact, Phone, Preference, User, WrongNumber
from pwa.models.client import new_ref
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.imports.matching import (
    CLIENT_COLUMNS,
    CONTACT_COLUMNS,
    ImportedClient,
    ImportedContact,
)
from pwa.rules.vocabulary.timezones import local_day

CLIENTS: Any = Client.__table__
CONTACTS: Any = Contact.__table__
PHONES: Any = Phone.__table__


def write_clients(
    clients: Iterable[ImportedClient], owners: Mapping[int, User], now: datetime
) -> None:
    """Store touched clients with their contacts, preferences and cadences.

    New clients get no due day yet: see `first_due_dates`.
    """
    touched = [client for client in clients if client.touched]
    _insert_clients([client for client in touched if client.id is None], now)
    _update_clients([client for client in touched if client.id is not None and client.changed])
    _write_contacts(touched, now)
    _write_preferences(touched, now)
    _write_cadences([client for client in touched if client.cadence_changed], owners, now)
    refresh_due_dates([client.id for client in touched if client.has_due_date and client.id], now)
    for client in touched:
        _clear_changes(client)


def _insert_clients(new: list[ImportedClient], now: datetime) -> None:
    if not new:
        return
    by_ref = {new_ref(): client for client in new}
    values = [
        {
            **client.values,
            "ref": ref,
            "name": client.name,
            "match_key": client.key[1],
            "search_key": client.search_key,
            "owner_id": client.owner_id,
            "created_at": now,
        }
        for ref, client in by_ref.items()
    ]
    inserted = session.execute(sa.insert(CLIENTS).returning(CLIENTS.c.id, CLIENTS.c.ref), values)
    for client_id, ref in inserted:
        by_ref[ref].id = client_id
        by_ref[ref].changed = False


def _update_clients(known: list[ImportedClient]) -> None:
    """Update stored clients; their version moves, so that a form opened before is refused."""
    if not known:
        return
    columns: dict[str, Any] = {
        name: sa.bindparam(f"new_{name}") for name in (*CLIENT_COLUMNS, "search_key")
    }
    change = sa.update(CLIENTS).where(CLIENTS.c.id == sa.bindparam("client"))
    session.execute(
        change.values(**columns, version=CLIENTS.c.version + 1),
        [
            {
                "client": client.id,
                "new_search_key": client.search_key,
                **{f"new_{name}": value for name, value in client.values.items()},
            }
            for client in known
        ],
    )


def _write_contacts(clients: list[ImportedClient], now: datetime) -> None:
    changed = [
        (client, contact) for client in clients for contact in client.contacts if contact.changed
    ]
    new = {new_ref(): (client, contact) for client, contact in changed if contact.id is None}
    if new:
        values = [
            {**contact.values, "ref": ref, "client_id": client.id, "position": contact.position}
            for ref, (client, contact) in new.items()
        ]
        inserted = session.execute(
            sa.insert(CONTACTS).returning(CONTACTS.c.id, CONTACTS.c.ref), values
        )
        ids = {ref: contact_id for contact_id, ref in inserted}
    _update_contacts([contact for _, contact in changed if contact.id is not None], now)
    for ref, (_, contact) in new.items():
        contact.id = ids[ref]
    _write_phones([contact for _, contact in changed if contact.phones_changed])


def _write_phones(contacts: list[ImportedContact]) -> None:
    if not contacts:
        return
    session.execute(sa.delete(PHONES).where(PHONES.c.contact_id.in_([row.id for row in contacts])))
    values = [
        {**phone._asdict(), "contact_id": contact.id, "position": position}
        for contact in contacts
        for position, phone in enumerate(contact.phones)
    ]
    if values:
        session.execute(sa.insert(PHONES), values)


def _update_contacts(known: list[ImportedContact], now: datetime) -> None:
    if not known:
        return
    columns: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in CONTACT_COLUMNS}
    session.execute(
        sa.update(CONTACTS).where(CONTACTS.c.id == sa.bindparam("contact")).values(**columns),
        [
            {
                "contact": contact.id,
                **{f"new_{name}": value for name, value in contact.values.items()},
            }
            for contact in known
        ],
    )
    if ids := [contact.id for contact in known if contact.number_found]:
        open_ones = sa.update(WrongNumber).where(WrongNumber.settled_at.is_(None))
        open_ones = open_ones.where(WrongNumber.contact_id.in_(ids))
        session.execute(open_ones.values(settled_at=now))


def _write_preferences(clients: list[ImportedClient], now: datetime) -> None:
    """Write the channels of the list; `asked_on` stays empty, as no contact was asked."""
    changed = [
        contact for client in clients for contact in client.contacts if contact.channel_changed
    ]
    new = [
        {"contact_id": contact.id, "channel": contact.channel, "recorded_at": now}
        for contact in changed
        if contact.preference_id is None
    ]
    if new:
        session.execute(sa.insert(Preference.__table__), new)  # type: ignore[arg-type]  # any FROM
    for contact in changed:
        if contact.preference_id is not None:
            mine = sa.update(Preference).where(Preference.id == contact.preference_id)
            session.execute(mine.values(channel=contact.channel))


def _write_cadences(
    clients: list[ImportedClient], owners: Mapping[int, User], now: datetime
) -> None:
    values = [
        {
            "client_id": client.id,
            "stage": client.stage,
            "since": local_day(now, _zone(owners.get(client.owner_id))),
            "created_at": now,
        }
        for client in clients
    ]
    if values:
        session.execute(sa.insert(Cadence.__table__), values)  # type: ignore[arg-type]  # any FROM


def _zone(owner: User | None) -> ZoneInfo:
    return (
        owner.zone if owner else ZoneInfo("UTC")
    )  # a deactivated owner: the zone no longer matters


def _clear_changes(client: ImportedClient) -> None:
    client.changed = client.cadence_changed = False
    for contact in client.contacts:
        contact.changed = contact.channel_changed = contact.phones_changed = False
