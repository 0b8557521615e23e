"""Writes a book into the database, within the caller's transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Booking, Client, Team, User, covered
from pwa.operations.book_files import (
    accounts,
    cadences,
    contacts,
    derived_columns,
    history,
    outcomes,
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
TOP_LEVEL_FIELDS = frozenset({"version", "teams", "users", "clients", "covers", "numbers"})

Progress = Callable[[int, int], object]
Entries = list[tuple[str, Any]]


@dataclass
class LoadResult:
    """Numbers of clients by outcome, and a warning for each field that was ignored.

    `rebooked` are the ids of the managers whose bookings may have changed.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: list[str] = field(default_factory=list)
    rebooked: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class OwnerDefaults:
    """Zone and phone region that a client takes from its owner."""

    zone: ZoneInfo
    region: str


def load(
    book: Any, now: datetime, region: str, progress: Progress = lambda _done, _all: None
) -> LoadResult:
    """Write a book of version 1. Raises BadBook: then the caller's transaction rolls back.

    `region` is the country of phone numbers where neither client nor team has one. `progress` is
    called with (clients done, clients in all) after each batch.
    """
    check_version(book)
    warnings, references = Warnings(), References(now)
    for name in book.keys() - TOP_LEVEL_FIELDS:
        warnings.add_unknown_field("", "", name)
    accounts.load_accounts(book, references, warnings)
    owner_defaults = _owner_defaults(region)
    clients = list_entries(book, "clients", "")
    _check_refs(clients)
    starts = cadence_start_days(clients, references)
    totals, ids = LoadResult(), []
    for start in range(0, len(clients), BATCH):
        batch = clients[start : start + BATCH]
        writers = _load_batch(batch, references, owner_defaults, warnings, starts)
        ids += [writer.client.id for writer in writers]
        changed = [writer for writer in writers if writer.changed and writer.rows.get(Booking)]
        totals.rebooked |= {writer.client.owner_id for writer in changed}
        _count_clients(totals, writers)
        progress(start + len(batch), len(clients))
    for start in range(0, len(ids), SETTLE_BATCH):
        due_dates.refresh_due_dates(ids[start : start + SETTLE_BATCH], now)
    totals.warnings = warnings.lines()
    return totals


def check_version(book: Any) -> None:
    """Raises BadBook unless it is a book of version 1."""
    check_object(book, "the book")
    if book.get("version") != VERSION or isinstance(book["version"], bool):
        raise BadBook(f"version: “{book.get('version')}” is not {VERSION}")


def _check_refs(clients: Entries) -> None:
    seen: set[str] = set()
    for path, entry in clients:
        check_object(entry, path)
        if (ref := str(entry.get("ref"))) in seen:
            raise invalid_value(f"{path}.ref", ref, "there twice")
        seen.add(ref)


def _owner_defaults(region: str) -> dict[int, OwnerDefaults]:
    query = sa.select(User.id, User.timezone, Team.region, Team.country).join(Team)
    return {
        user_id: OwnerDefaults(ZoneInfo(zone), team_region or country or region)
        for user_id, zone, team_region, country in session.execute(query)
    }


def _load_batch(
    batch: Entries,
    references: References,
    owner_defaults: dict[int, OwnerDefaults],
    warnings: Warnings,
    starts: dict[str, date],
) -> Sequence[ClientWriter]:
    """Write one batch of clients; each step is flushed before the next needs its ids."""
    writers = list(_client_writers(batch, references, owner_defaults, warnings))
    session.flush()
    for writer in writers:
        contacts.load_contacts(writer)
    session.flush()
    for writer in writers:
        contacts.register_contact_refs(writer)
        contacts.load_needs_and_preferences(writer)
        cadences.load_cadences(writer, starts.get(writer.client.ref, writer.references.today))
        history.load_history(writer)
        outcomes.load_wrong_numbers(writer)
        outcomes.archive_who_left(writer)
        derived_columns.write_derived_columns(writer)
    session.flush()
    added = [pair for writer in writers for pair in history.load_history_links(writer)]
    if added:
        session.execute(sa.insert(covered), added)
    session.flush()
    derived_columns.write_search_keys(writers)
    return writers


def _client_writers(
    batch: Entries,
    references: References,
    owner_defaults: dict[int, OwnerDefaults],
    warnings: Warnings,
) -> Iterator[ClientWriter]:
    known = stored_rows.clients_by_ref([str(entry.get("ref")) for _, entry in batch])
    stored = stored_rows.load_stored_rows([client.id for client in known.values()])
    for path, entry in batch:
        client = known.get(str(entry.get("ref")))
        is_new = client is None
        columns = read_columns(sections.CLIENTS, entry, path, references, warnings, new=is_new)
        changed = is_new
        if client is None:
            client = Client(created_at=references.now, **columns)
            session.add(client)
        else:
            _audit_reassignment(client, columns["owner_id"], references)
            changed = assign_columns(client, columns)
        defaults = owner_defaults[client.owner_id]
        client_references = replace(
            references, contacts={}, contact_of={}, zone=defaults.zone, owner_id=client.owner_id
        )
        region = client.country or defaults.region
        yield ClientWriter(
            client, entry, path, client_references, warnings, stored, region, is_new, changed
        )


def _audit_reassignment(client: Client, owner_id: int, references: References) -> None:
    """Add an audit row if the book moves the client to another owner."""
    if client.owner_id != owner_id:
        details = {"from": client.owner_id, "to": owner_id, "why": "the book that was loaded"}
        session.add(
            Audit(
                at=references.now,
                action="reassigned",
                subject="client",
                subject_id=client.id,
                details=details,
            )
        )


def _count_clients(totals: LoadResult, writers: Sequence[ClientWriter]) -> None:
    for writer in writers:
        if writer.is_new:
            totals.created += 1
        elif writer.changed:
            totals.updated += 1
        else:
            totals.unchanged += 1
