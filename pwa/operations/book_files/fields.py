"""Rows of the book as lists of fields: one list reads them, and the same list writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pwa.operations.book_files.problems import BadBook, Warnings
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import Value, invalid_value

_LEFT_OUT = object()


@dataclass(frozen=True)
class Field:
    """One field of the book and the column that holds it.

    `name` may have a dot: `compromise.words` is a field of an object. `default` is what a new row
    gets when it is left out or null, called with the names where it is a function. What equals the
    default stays out of an export unless `always`.
    """

    name: str
    column: str
    value: Value
    default: Any = None
    always: bool = False
    required: bool = False

    def fallback(self, names: References) -> Any:
        return self.default(names) if callable(self.default) else self.default


@dataclass(frozen=True)
class Section:
    """A kind of row: its fields, what else may stand in it, and its refs where it has some.

    `identity` names the columns that a ref is made from when the book gives none.
    """

    name: str
    fields: Sequence[Field]
    nested: frozenset[str] = frozenset()
    identity: tuple[str, ...] = ()

    def known(self) -> frozenset[str]:
        return self.nested | {field.name.split(".")[0] for field in self.fields}


def read_columns(
    section: Section, given: Any, place: str, names: References, warnings: Warnings, *, new: bool
) -> dict[str, Any]:
    """The columns that `given` sets: every one for a new row, else those that the book names."""
    check_object(given, place)
    for name in given.keys() - section.known():
        warnings.unknown(section.name, place, name)
    columns: dict[str, Any] = {}
    for field in section.fields:
        found = _lookup(given, field.name, place)
        if found is not _LEFT_OUT and found is not None:
            columns[field.column] = field.value.read(found, f"{place}.{field.name}", names)
        elif field.required:
            raise BadBook(f"{place}: has no {field.name}")
        elif new or found is None:
            columns[field.column] = field.fallback(names)
    return columns


def write_entry(section: Section, row: Any, names: References) -> dict[str, Any]:
    """The row as it stands in the book."""
    out: dict[str, Any] = {}
    for field in section.fields:
        value = getattr(row, field.column)
        default = None if callable(field.default) else field.default
        if not field.always and (value is None or value == default):
            continue
        shown = None if value is None else field.value.write(value, names)
        _set_field(out, field.name, shown)
    return out


def assign_columns(row: Any, columns: dict[str, Any]) -> bool:
    """Set what differs; whether anything did."""
    changed = False
    for column, value in columns.items():
        if getattr(row, column) != value:
            setattr(row, column, value)
            changed = True
    return changed


def check_object(given: Any, place: str) -> None:
    """Raises BadBook unless it is an object."""
    if not isinstance(given, dict):
        raise invalid_value(place, given, "not an object")


def list_entries(given: dict[str, Any], name: str, place: str) -> list[tuple[str, Any]]:
    """The entries of a list with the place of each; none where it is left out."""
    entries = given.get(name)
    where = f"{place}.{name}".lstrip(".")
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise invalid_value(where, entries, "not a list")
    return [(f"{where}[{index}]", entry) for index, entry in enumerate(entries)]


def _lookup(given: dict[str, Any], name: str, place: str) -> Any:
    head, _, rest = name.partition(".")
    found = given.get(head, _LEFT_OUT)
    if not rest or found is _LEFT_OUT or found is None:
        return found
    check_object(found, f"{place}.{head}")
    return found.get(rest, _LEFT_OUT)


def _set_field(out: dict[str, Any], name: str, value: Any) -> None:
    head, _, rest = name.partition(".")
    if rest:
        out.setdefault(head, {})[rest] = value
    else:
        out[head] = value
