"""Writes what an import changed: a few statements for a batch, however many rows it has."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cadence, Client, Contact, Preference, User
from pwa.models.client import new_ref
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.imports.matching import PERSON, PLACE, ImportedClient, ImportedContact
from pwa.rules.vocabulary.timezones import local_day

PLACES: Any = Client.__table__
PEOPLE: Any = Contact.__table__


def write_clients(
    places: Iterable[ImportedClient], owners: Mapping[int, User], now: datetime
) -> None:
    """Store these clients with their contacts. New ones get no due day yet: see `spreading`."""
    touched = [one for one in places if one.touched]
    _insert_clients([one for one in touched if one.id is None], now)
    _update_clients([one for one in touched if one.id is not None and one.changed])
    _write_contacts(touched)
    _write_preferences(touched, now)
    _write_cadences([one for one in touched if one.paced], owners, now)
    refresh_due_dates([one.id for one in touched if one.due and one.id], now)
    for one in touched:
        _clear_changes(one)


def _insert_clients(new: list[ImportedClient], now: datetime) -> None:
    if not new:
        return
    by_ref = {new_ref(): one for one in new}
    values = [
        {
            **one.values,
            "ref": ref,
            "name": one.name,
            "match_key": one.key[1],
            "search_key": one.search_key,
            "owner_id": one.owner_id,
            "created_at": now,
        }
        for ref, one in by_ref.items()
    ]
    made = session.execute(sa.insert(PLACES).returning(PLACES.c.id, PLACES.c.ref), values)
    for client_id, ref in made:
        by_ref[ref].id = client_id
        by_ref[ref].changed = False


def _update_clients(known: list[ImportedClient]) -> None:
    """Write known clients anew; whoever has one of them open hears of it by its version."""
    if not known:
        return
    columns: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in (*PLACE, "search_key")}
    change = sa.update(PLACES).where(PLACES.c.id == sa.bindparam("client"))
    session.execute(
        change.values(**columns, version=PLACES.c.version + 1),
        [
            {
                "client": one.id,
                "new_search_key": one.search_key,
                **{f"new_{name}": value for name, value in one.values.items()},
            }
            for one in known
        ],
    )


def _write_contacts(places: list[ImportedClient]) -> None:
    changed = [(place, one) for place in places for one in place.people if one.changed]
    new = {new_ref(): (place, one) for place, one in changed if one.id is None}
    if new:
        values = [
            {**one.values, "ref": ref, "client_id": place.id, "position": one.position}
            for ref, (place, one) in new.items()
        ]
        made = session.execute(sa.insert(PEOPLE).returning(PEOPLE.c.id, PEOPLE.c.ref), values)
        numbers = {ref: contact_id for contact_id, ref in made}
    _update_contacts([one for _, one in changed if one.id is not None])
    for ref, (_, one) in new.items():
        one.id = numbers[ref]


def _update_contacts(known: list[ImportedContact]) -> None:
    if not known:
        return
    columns: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in PERSON}
    session.execute(
        sa.update(PEOPLE).where(PEOPLE.c.id == sa.bindparam("contact")).values(**columns),
        [
            {"contact": one.id, **{f"new_{name}": value for name, value in one.values.items()}}
            for one in known
        ],
    )


def _write_preferences(places: list[ImportedClient], now: datetime) -> None:
    """A channel from the list is known, though nobody has asked yet: `asked_on` stays empty."""
    asking = [one for place in places for one in place.people if one.asks]
    new = [
        {"contact_id": one.id, "channel": one.channel, "recorded_at": now}
        for one in asking
        if one.preference_id is None
    ]
    if new:
        session.execute(sa.insert(Preference.__table__), new)  # type: ignore[arg-type]  # any FROM
    for one in asking:
        if one.preference_id is not None:
            mine = sa.update(Preference).where(Preference.id == one.preference_id)
            session.execute(mine.values(channel=one.channel))


def _write_cadences(
    places: list[ImportedClient], owners: Mapping[int, User], now: datetime
) -> None:
    values = [
        {
            "client_id": one.id,
            "stage": one.stage,
            "since": local_day(now, _zone(owners.get(one.owner_id))),
            "created_at": now,
        }
        for one in places
    ]
    if values:
        session.execute(sa.insert(Cadence.__table__), values)  # type: ignore[arg-type]  # any FROM


def _zone(owner: User | None) -> ZoneInfo:
    return owner.zone if owner else ZoneInfo("UTC")  # someone who left: their day no longer counts


def _clear_changes(place: ImportedClient) -> None:
    place.changed = place.paced = False
    for person in place.people:
        person.changed = person.asks = False
