"""Writes a book into the database, as one unit of work of the caller."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Client, Team, User, covered
from pwa.operations.book_files import (
    accounts,
    cadences,
    contacts,
    derived_columns,
    history,
    sections,
    stored_rows,
)
from pwa.operations.book_files.cadence_starts import cadence_start_days
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import (
    assign_columns,
    check_object,
    list_entries,
    read_columns,
)
from pwa.operations.book_files.problems import BadBook, Warnings
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import invalid_value
from pwa.operations.client_state import due_dates

VERSION = 1
BATCH = 200
SETTLE_BATCH = 1000
TOP = frozenset({"version", "teams", "users", "clients", "covers", "numbers"})

Progress = Callable[[int, int], object]
Entries = list[tuple[str, Any]]


@dataclass
class LoadResult:
    """How many clients were created, changed or already so, and what the book had beyond us."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OwnerDefaults:
    """What a client takes from its owner."""

    zone: ZoneInfo
    region: str


def load(
    book: Any, now: datetime, region: str, progress: Progress = lambda _done, _all: None
) -> LoadResult:
    """Write a book of version 1. Call it in a unit of work: after BadBook nothing may be kept.

    `region` is the country of phone numbers where neither client nor team has one. `progress` is
    told (clients done, clients in all).
    """
    check_version(book)
    warnings, names = Warnings(), References(now)
    for name in book.keys() - TOP:
        warnings.unknown("", "", name)
    accounts.load_accounts(book, names, warnings)
    homes = _owner_defaults(region)
    clients = list_entries(book, "clients", "")
    _check_refs(clients)
    since = cadence_start_days(clients, names)
    loaded, ids = LoadResult(), []
    for start in range(0, len(clients), BATCH):
        batch = clients[start : start + BATCH]
        hands = _load_batch(batch, names, homes, warnings, since)
        ids += [hand.client.id for hand in hands]
        _count_clients(loaded, hands)
        progress(start + len(batch), len(clients))
    for start in range(0, len(ids), SETTLE_BATCH):
        due_dates.refresh_due_dates(ids[start : start + SETTLE_BATCH], now)
    loaded.warnings = warnings.lines()
    return loaded


def check_version(book: Any) -> None:
    """Raises BadBook for what is no book of this version."""
    check_object(book, "the book")
    if book.get("version") != VERSION or isinstance(book["version"], bool):
        raise BadBook(f"version: “{book.get('version')}” is not {VERSION}")


def _check_refs(clients: Entries) -> None:
    seen: set[str] = set()
    for place, given in clients:
        check_object(given, place)
        if (ref := str(given.get("ref"))) in seen:
            raise invalid_value(f"{place}.ref", ref, "there twice")
        seen.add(ref)


def _owner_defaults(region: str) -> dict[int, OwnerDefaults]:
    query = sa.select(User.id, User.timezone, Team.region, Team.country).join(Team)
    return {
        user_id: OwnerDefaults(ZoneInfo(zone), of_team or country or region)
        for user_id, zone, of_team, country in session.execute(query)
    }


def _load_batch(
    batch: Entries,
    names: References,
    homes: dict[int, OwnerDefaults],
    warnings: Warnings,
    since: dict[str, date],
) -> Sequence[ClientWriter]:
    """Each step is flushed before the next one needs its ids."""
    hands = list(_client_writers(batch, names, homes, warnings))
    session.flush()
    for hand in hands:
        contacts.load_contacts(hand)
    session.flush()
    for hand in hands:
        contacts.register_contact_refs(hand)
        contacts.load_needs_and_preferences(hand)
        cadences.load_cadences(hand, since.get(hand.client.ref, hand.names.today))
        history.load_history(hand)
        derived_columns.write_derived_columns(hand)
    session.flush()
    added = [pair for hand in hands for pair in history.load_history_links(hand)]
    if added:
        session.execute(sa.insert(covered), added)
    session.flush()
    derived_columns.write_search_keys(hands)
    return hands


def _client_writers(
    batch: Entries, names: References, homes: dict[int, OwnerDefaults], warnings: Warnings
) -> Iterator[ClientWriter]:
    known = stored_rows.clients_by_ref([str(given.get("ref")) for _, given in batch])
    stored = stored_rows.load_stored_rows([client.id for client in known.values()])
    for place, given in batch:
        client = known.get(str(given.get("ref")))
        is_new = client is None
        columns = read_columns(sections.CLIENTS, given, place, names, warnings, new=is_new)
        changed = is_new
        if client is None:
            client = Client(created_at=names.now, **columns)
            session.add(client)
        else:
            _audit_reassignment(client, columns["owner_id"], names)
            changed = assign_columns(client, columns)
        home = homes[client.owner_id]
        of_client = replace(
            names, contacts={}, contact_of={}, zone=home.zone, owner_id=client.owner_id
        )
        region = client.country or home.region
        yield ClientWriter(
            client, given, place, of_client, warnings, stored, region, is_new, changed
        )


def _audit_reassignment(client: Client, owner_id: int, names: References) -> None:
    """A reassignment is always a row with who, when and why."""
    if client.owner_id != owner_id:
        details = {"from": client.owner_id, "to": owner_id, "why": "the book that was loaded"}
        session.add(
            Audit(
                at=names.now,
                action="reassigned",
                subject="client",
                subject_id=client.id,
                details=details,
            )
        )


def _count_clients(loaded: LoadResult, hands: Sequence[ClientWriter]) -> None:
    for hand in hands:
        if hand.is_new:
            loaded.created += 1
        elif hand.changed:
            loaded.updated += 1
        else:
            loaded.unchanged += 1
