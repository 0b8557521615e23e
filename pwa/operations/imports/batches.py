"""Imports a list batch by batch: each is one unit of work, so that others write in between."""

from collections.abc import Generator, Mapping
from contextlib import closing
from datetime import datetime
from itertools import islice

from pwa.db import session, writing
from pwa.intake import ClientList, Problem, Row
from pwa.models import User
from pwa.operations.clients.search import match_key
from pwa.operations.imports.counts import Counts, Progress, Report, RowResult
from pwa.operations.imports.decisions import Decided
from pwa.operations.imports.drafts import Drafts
from pwa.operations.imports.first_due_dates import spread
from pwa.operations.imports.matching import ImportPlace, Key, load, lock
from pwa.operations.imports.merge import merge_place, new_place
from pwa.operations.imports.messages import (
    NO_OWNER,
    OWNER_INSTEAD,
    OWNER_KEPT,
    OWNER_UNKNOWN,
    Notes,
)
from pwa.operations.imports.write import write

BATCH = 500
READING = 0.75  # the part of the work that reading and writing rows is; spreading is the rest

Entry = tuple[Row | None, list[Problem]]


def run(
    clients: ClientList, decided: Decided, now: datetime, report: Report, done: Counts | None = None
) -> Counts:
    """Import the list. `report` is called inside each unit of work, before it is committed.

    `done` are the counts of an earlier run that was cut off: it goes on where that one stopped.
    """
    counts = done or Counts()
    with closing(_batches(clients, counts.rows)) as batches:
        for batch in batches:
            with writing():
                importing = _Batch(batch, decided, clients)
                lock(importing.teams)
                problems = importing.merge(load(importing.wanted), counts)
                write(importing.places.values(), decided.owners.by_id, now)
                share = READING * clients.position / clients.size
                report(Progress(counts, share, problems))
    spread(
        decided.owners.by_id,
        now,
        lambda share: report(Progress(counts, READING + (1 - READING) * share)),
    )
    return counts


def try_out(clients: ClientList, decided: Decided, report: Report) -> Counts:
    """What `run` would do, nothing written. `report` is called between units of work."""
    counts = Counts()
    with closing(Drafts()) as drafts, closing(_batches(clients, 0)) as batches:
        for batch in batches:
            importing = _Batch(batch, decided, clients)
            known = load(importing.wanted) | drafts.get(importing.wanted)
            session.commit()  # lets go of the snapshot that was read
            problems = importing.merge(known, counts)
            drafts.put(one for one in importing.places.values() if one.touched)
            report(Progress(counts, clients.position / clients.size, problems))
    return counts


def _batches(clients: ClientList, skip: int) -> Generator[list[Entry], None, None]:
    rows = islice(clients.rows(), skip, None)
    while batch := list(islice(rows, BATCH)):
        yield batch


class _Batch:
    """Some rows, each with the manager it falls to, and the clients they are about."""

    def __init__(self, entries: list[Entry], decided: Decided, clients: ClientList) -> None:
        self.decided = decided
        self.headings = _headings(clients)
        self.entries = [
            (row, problems, self._owner(row) if row else None) for row, problems in entries
        ]
        self.wanted = {_key(row, owner) for row, _, owner in self.entries if row and owner}
        self.places: dict[Key, ImportPlace] = {}

    @property
    def teams(self) -> set[int]:
        return {team for team, _ in self.wanted}

    def merge(self, known: dict[Key, ImportPlace], counts: Counts) -> list[Problem]:
        """Count what becomes of each row and return all that is to say about them."""
        self.places = known
        said: list[Problem] = []
        for row, problems, owner in self.entries:
            said += problems
            if row is None:
                counts.add(RowResult.SKIPPED)
                continue
            notes = Notes(row.number, self.headings)
            counts.add(self._merge_row(row, owner, notes))
            said += notes.problems
        return said

    def _merge_row(self, row: Row, owner: User | None, notes: Notes) -> RowResult:
        if owner is None:
            notes.add("owner", OWNER_UNKNOWN if row.owner else NO_OWNER, value=row.owner or "")
            return RowResult.SKIPPED
        if row.owner and not self.decided.owners.named(row.owner):
            notes.add("owner", OWNER_INSTEAD, value=row.owner, name=owner.name)
        key = _key(row, owner)
        place = self.places.get(key)
        if place is None:
            region, zone = self.decided.region, self.decided.timezone
            self.places[key] = new_place(row, key, owner.id, region, zone, notes)
            return RowResult.CREATED
        if place.owner_id != owner.id:
            notes.add("owner", OWNER_KEPT, name=self.decided.owners.name_of(place.owner_id))
        return RowResult.UPDATED if merge_place(place, row, notes) else RowResult.UNCHANGED

    def _owner(self, row: Row) -> User | None:
        named = self.decided.owners.named(row.owner) if row.owner else None
        return named or self.decided.owner


def _headings(clients: ClientList) -> Mapping[str, str]:
    """What each field is called in the file, its first column counting."""
    return {each.field: each.heading for each in reversed(clients.columns) if each.field}


def _key(row: Row, owner: User) -> Key:
    town = row.town and row.town[:120].rstrip()
    return owner.team_id, match_key(row.company[:200].rstrip(), town)
