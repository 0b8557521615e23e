"""Sections of a book as lists of fields; the same list reads an entry and writes it."""

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
    gets when it is left out or null; a function is called with the references. A value that equals
    the default stays out of an export unless `always`.
    """

    name: str
    column: str
    value: Value
    default: Any = None
    always: bool = False
    required: bool = False

    def fallback(self, references: References) -> Any:
        return self.default(references) if callable(self.default) else self.default


@dataclass(frozen=True)
class Section:
    """A kind of entry: its fields, and the names of `nested` ones that other code reads.

    `identity` names the fields that a ref is hashed from when the book has none.
    """

    name: str
    fields: Sequence[Field]
    nested: frozenset[str] = frozenset()
    identity: tuple[str, ...] = ()

    def field_names(self) -> frozenset[str]:
        return self.nested | {field.name.split(".")[0] for field in self.fields}


def read_columns(
    section: Section,
    entry: Any,
    path: str,
    references: References,
    warnings: Warnings,
    *,
    new: bool,
) -> dict[str, Any]:
    """The columns that an entry sets: all for a new row, else those of the fields it has.

    Unknown fields are added to `warnings`. Raises BadBook.
    """
    check_object(entry, path)
    for name in entry.keys() - section.field_names():
        warnings.add_unknown_field(section.name, path, name)
    columns: dict[str, Any] = {}
    for field in section.fields:
        raw = _lookup(entry, field.name, path)
        if raw is not _LEFT_OUT and raw is not None:
            columns[field.column] = field.value.read(raw, f"{path}.{field.name}", references)
        elif field.required:
            raise BadBook(f"{path}: has no {field.name}")
        elif new or raw is None:
            columns[field.column] = field.fallback(references)
    return columns


def write_entry(section: Section, row: Any, references: References) -> dict[str, Any]:
    """The row as an entry of the book."""
    entry: dict[str, Any] = {}
    for field in section.fields:
        value = getattr(row, field.column)
        default = None if callable(field.default) else field.default
        if not field.always and (value is None or value == default):
            continue
        written = None if value is None else field.value.write(value, references)
        _set_field(entry, field.name, written)
    return entry


def assign_columns(row: Any, columns: dict[str, Any]) -> bool:
    """Set the columns that differ. Returns whether any did."""
    changed = False
    for column, value in columns.items():
        if getattr(row, column) != value:
            setattr(row, column, value)
            changed = True
    return changed


def check_object(raw: Any, path: str) -> None:
    """Raises BadBook unless `raw` is a JSON object."""
    if not isinstance(raw, dict):
        raise invalid_value(path, raw, "not an object")


def list_entries(entry: dict[str, Any], name: str, path: str) -> list[tuple[str, Any]]:
    """The entries of the list `name` with the path of each; none without one. Raises BadBook."""
    entries = entry.get(name)
    list_path = f"{path}.{name}".lstrip(".")
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise invalid_value(list_path, entries, "not a list")
    return [(f"{list_path}[{index}]", listed) for index, listed in enumerate(entries)]


def _lookup(entry: dict[str, Any], name: str, path: str) -> Any:
    head, _, rest = name.partition(".")
    raw = entry.get(head, _LEFT_OUT)
    if not rest or raw is _LEFT_OUT or raw is None:
        return raw
    check_object(raw, f"{path}.{head}")
    return raw.get(rest, _LEFT_OUT)


def _set_field(entry: dict[str, Any], name: str, value: Any) -> None:
    head, _, rest = name.partition(".")
    if rest:
        entry.setdefault(head, {})[rest] = value
    else:
        entry[head] = value
