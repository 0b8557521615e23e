"""Which entry of the book is which row of ours."""

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


def with_ref(section: Section, given: Any, place: str) -> Any:
    """The entry with a ref: its own, else one made from what identifies it, the same every time."""
    if not isinstance(given, dict) or given.get("ref") is not None or not section.identity:
        return given
    facts = [given.get(name) for name in section.identity]
    made = hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()[:16]
    return {**given, "ref": made}


def match_by_ref(
    section: Section,
    model: type[T],
    entries: Entries,
    existing: Iterable[Any],
    owner: dict[str, Any],
    names: References,
    warnings: Warnings,
) -> Iterator[tuple[T, dict[str, Any], str, bool]]:
    """Each entry with its row, found by ref or made as one of `owner`, written as far as its
    fields go: (row, entry, place, changed). Raises BadBook when a ref stands twice."""
    found = {row.ref: row for row in existing}
    seen: set[str] = set()
    for place, raw in entries:
        given = with_ref(section, raw, place)
        ref = given.get("ref") if isinstance(given, dict) else None
        row = found.get(str(ref)) if ref is not None else None
        columns = read_columns(section, given, place, names, warnings, new=row is None)
        if columns["ref"] in seen:
            raise invalid_value(f"{place}.ref", columns["ref"], "there twice")
        seen.add(columns["ref"])
        if row is None:
            row = model(**owner, **columns)
            session.add(row)
            yield row, given, place, True
        else:
            yield row, given, place, assign_columns(row, columns)


def match_by_key(
    section: Section,
    entries: Entries,
    existing: Sequence[Any],
    key: tuple[str, ...],
    names: References,
    warnings: Warnings,
) -> list[tuple[Any | None, dict[str, Any], str]]:
    """Each entry of a list without refs with the row of the same `key` columns, or None, and the
    columns to set. Of several with one key the last goes with the last."""
    pool: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in existing:
        pool[tuple(getattr(row, column) for column in key)].append(row)
    pairs: list[tuple[Any | None, dict[str, Any], str]] = []
    for place, given in reversed(entries):
        columns = read_columns(section, given, place, names, warnings, new=True)
        same = pool[tuple(columns[column] for column in key)]
        row = same.pop() if same else None
        if row is not None:
            columns = read_columns(section, given, place, names, Warnings(), new=False)
        pairs.append((row, columns, place))
    return pairs[::-1]


def insert_or_update(
    model: type[Any], row: Any | None, columns: dict[str, Any], **owner: Any
) -> bool:
    """Write one pair of `by_key`: a new row, or the present one. Whether anything changed."""
    if row is not None:
        return assign_columns(row, columns)
    session.add(model(**owner, **columns))
    return True


def resolve_ref(given: Any, place: str, known: dict[str, T], what: str) -> T:
    """What a ref stands for. Raises BadBook: `clients[3].interactions[2].covered[0]: …`."""
    if not isinstance(given, str) or given not in known:
        raise invalid_value(place, given, what)
    return known[given]


def check_date_order(first: Any, last: Any, place: str) -> None:
    """Raises BadBook when a stretch of days ends before it begins."""
    if first > last:
        raise BadBook(f"{place}: ends before it begins")
