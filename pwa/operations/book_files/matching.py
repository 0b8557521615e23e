"""Matches entries of the book with stored rows, by ref or by the columns of a key."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pwa.db import session
from pwa.operations.book_files.fields import Section, assign_columns, read_columns
from pwa.operations.book_files.problems import BadBook, Warnings
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import invalid_value

T = TypeVar("T")
Entries = Sequence[tuple[str, Any]]
Match = tuple[Any | None, dict[str, Any], str]  # the row if there is one, columns, path


def with_ref(section: Section, entry: Any) -> Any:
    """The entry with a ref: its own, else a hash of the fields that identify it."""
    if not isinstance(entry, dict) or entry.get("ref") is not None or not section.identity:
        return entry
    identity = [entry.get(name) for name in section.identity]
    digest = hashlib.sha256(json.dumps(identity, default=str).encode()).hexdigest()
    return {**entry, "ref": digest[:16]}


def match_by_ref(
    section: Section,
    model: type[T],
    entries: Entries,
    existing: Iterable[Any],
    owner: dict[str, Any],
    references: References,
    warnings: Warnings,
) -> Iterator[tuple[T, dict[str, Any], str, bool]]:
    """Yields (row, entry, path, changed) for each entry, the entry's columns written to the row.

    A row is matched by its ref, else inserted with the columns of `owner`. Raises BadBook, also
    for a ref that stands twice.
    """
    known = {row.ref: row for row in existing}
    seen: set[str] = set()
    for path, raw in entries:
        entry = with_ref(section, raw)
        ref = entry.get("ref") if isinstance(entry, dict) else None
        row = known.get(str(ref)) if ref is not None else None
        columns = read_columns(section, entry, path, references, warnings, new=row is None)
        if columns["ref"] in seen:
            raise invalid_value(f"{path}.ref", columns["ref"], "there twice")
        seen.add(columns["ref"])
        if row is None:
            row = model(**owner, **columns)
            session.add(row)
            yield row, entry, path, True
        else:
            yield row, entry, path, assign_columns(row, columns)


def match_by_key(
    section: Section,
    entries: Entries,
    existing: Sequence[Any],
    key: tuple[str, ...],
    references: References,
    warnings: Warnings,
) -> list[Match]:
    """Each entry of a list without refs with the row of the same `key` columns, or None, and the
    columns to set. Of several with the same key, the last entry goes with the last row. Raises
    BadBook."""
    pool: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in existing:
        pool[tuple(getattr(row, column) for column in key)].append(row)
    matches: list[Match] = []
    for path, entry in reversed(entries):
        columns = read_columns(section, entry, path, references, warnings, new=True)
        candidates = pool[tuple(columns[column] for column in key)]
        row = candidates.pop() if candidates else None
        if row is not None:
            columns = read_columns(section, entry, path, references, Warnings(), new=False)
        matches.append((row, columns, path))
    return matches[::-1]


def insert_or_update(
    model: type[Any], row: Any | None, columns: dict[str, Any], **owner: Any
) -> bool:
    """Set `columns` on the row, or insert a new one without a row. Whether anything changed."""
    if row is not None:
        return assign_columns(row, columns)
    session.add(model(**owner, **columns))
    return True


def resolve_ref(ref: Any, path: str, known: dict[str, T], reason: str) -> T:
    """The row of a ref. Raises BadBook: `clients[3].interactions[2].covered[0]: … is {reason}`."""
    if not isinstance(ref, str) or ref not in known:
        raise invalid_value(path, ref, reason)
    return known[ref]


def check_date_order(first: Any, last: Any, path: str) -> None:
    """Raises BadBook when a date range ends before it begins."""
    if first > last:
        raise BadBook(f"{path}: ends before it begins")
