"""Imports a list in batches, each a transaction, so that other writes fit in between."""

from collections.abc import Generator, Mapping
from contextlib import closing
from datetime import datetime
from itertools import islice

from pwa.db import session, writing
from pwa.intake import ClientList, Problem, Row
from pwa.models import User
from pwa.operations.clients.search import match_key
from pwa.operations.imports.counts import Counts, Progress, Report, RowResult
from pwa.operations.imports.decisions import ImportDecisions
from pwa.operations.imports.dry_run_clients import DryRunClients
from pwa.operations.imports.first_due_dates import spread_first_due_dates
from pwa.operations.imports.matching import ImportedClient, Key, load_clients, lock_teams
from pwa.operations.imports.merge import merge_client, new_client
from pwa.operations.imports.messages import (
    NO_OWNER,
    OWNER_INSTEAD,
    OWNER_KEPT,
    OWNER_UNKNOWN,
    RowProblems,
)
from pwa.operations.imports.write import write_clients

BATCH = 500
READING = 0.75  # share of the work that reading and writing rows takes; spreading is the rest

Entry = tuple[Row | None, list[Problem]]


def run_import(
    client_list: ClientList,
    decisions: ImportDecisions,
    now: datetime,
    report: Report,
    done: Counts | None = None,
) -> Counts:
    """Import the list. `report` is called within each transaction, before its commit.

    `done` are the counts of a run that was cut off: the import resumes after those rows.
    """
    counts = done or Counts()
    with closing(_batches(client_list, counts.rows)) as batches:
        for batch in batches:
            with writing():
                importing = _Batch(batch, decisions, client_list)
                lock_teams(importing.teams)
                problems = importing.merge(load_clients(importing.wanted), counts)
                write_clients(importing.clients.values(), decisions.owners.by_id, now)
                share = READING * client_list.position / client_list.size
                report(Progress(counts, share, problems))
    spread_first_due_dates(
        decisions.owners.by_id,
        now,
        lambda share: report(Progress(counts, READING + (1 - READING) * share)),
    )
    return counts


def dry_run_import(client_list: ClientList, decisions: ImportDecisions, report: Report) -> Counts:
    """The counts that an import would have; writes nothing. `report` is called outside of
    transactions."""
    counts = Counts()
    with closing(DryRunClients()) as dry_run_clients, closing(_batches(client_list, 0)) as batches:
        for batch in batches:
            importing = _Batch(batch, decisions, client_list)
            known = load_clients(importing.wanted) | dry_run_clients.get(importing.wanted)
            session.commit()  # releases the snapshot of the read
            problems = importing.merge(known, counts)
            dry_run_clients.save(c for c in importing.clients.values() if c.touched)
            report(Progress(counts, client_list.position / client_list.size, problems))
    return counts


def _batches(client_list: ClientList, skip: int) -> Generator[list[Entry], None, None]:
    rows = islice(client_list.rows(), skip, None)
    while batch := list(islice(rows, BATCH)):
        yield batch


class _Batch:
    """Rows of a list, each with its owner, and the clients that they match or create."""

    def __init__(
        self, entries: list[Entry], decisions: ImportDecisions, client_list: ClientList
    ) -> None:
        self.decisions = decisions
        self.headings = _headings(client_list)
        self.entries = [
            (row, problems, self._owner(row) if row else None) for row, problems in entries
        ]
        self.wanted = {_key(row, owner) for row, _, owner in self.entries if row and owner}
        self.clients: dict[Key, ImportedClient] = {}

    @property
    def teams(self) -> set[int]:
        return {team for team, _ in self.wanted}

    def merge(self, known: dict[Key, ImportedClient], counts: Counts) -> list[Problem]:
        """Merge the rows into `known` and count their results. Returns all problems of the rows."""
        self.clients = known
        problems: list[Problem] = []
        for row, row_problems, owner in self.entries:
            problems += row_problems
            if row is None:
                counts.add(RowResult.SKIPPED)
                continue
            merge_problems = RowProblems(row.number, self.headings)
            counts.add(self._merge_row(row, owner, merge_problems))
            problems += merge_problems.problems
        return problems

    def _merge_row(self, row: Row, owner: User | None, problems: RowProblems) -> RowResult:
        if owner is None:
            problems.add("owner", OWNER_UNKNOWN if row.owner else NO_OWNER, value=row.owner or "")
            return RowResult.SKIPPED
        if row.owner and not self.decisions.owners.find(row.owner):
            problems.add("owner", OWNER_INSTEAD, value=row.owner, name=owner.name)
        key = _key(row, owner)
        client = self.clients.get(key)
        if client is None:
            region, zone = self.decisions.region, self.decisions.timezone
            self.clients[key] = new_client(row, key, owner.id, region, zone, problems)
            return RowResult.CREATED
        if client.owner_id != owner.id:
            problems.add("owner", OWNER_KEPT, name=self.decisions.owners.name_of(client.owner_id))
        return RowResult.UPDATED if merge_client(client, row, problems) else RowResult.UNCHANGED

    def _owner(self, row: Row) -> User | None:
        owner = self.decisions.owners.find(row.owner) if row.owner else None
        return owner or self.decisions.owner


def _headings(client_list: ClientList) -> Mapping[str, str]:
    """The heading of each field in the file; of several columns the first."""
    columns = reversed(client_list.columns)
    return {column.field: column.heading for column in columns if column.field}


def _key(row: Row, owner: User) -> Key:
    town = row.town and row.town[:120].rstrip()
    return owner.team_id, match_key(row.company[:200].rstrip(), town)
