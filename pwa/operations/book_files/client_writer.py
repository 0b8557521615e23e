"""One client of the book while it is being written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pwa.db import session
from pwa.models import Client, Contact
from pwa.operations.book_files import matching
from pwa.operations.book_files.fields import Section, assign_columns, list_entries
from pwa.operations.book_files.problems import Warnings
from pwa.operations.book_files.references import References
from pwa.operations.book_files.stored_rows import StoredRows

T = TypeVar("T")
Columns = tuple[str, ...]
UNSAVED = 1 << 62  # sorts rows without an id after those that have one


@dataclass
class ClientWriter:
    """The client, its entry in the book with the entry's path, and the rows written so far.

    `region` is for phone numbers written without a country. `stored` holds the rows from before
    the load. `rows` holds, once a list is loaded, all rows of a model: those that the book names
    and those that it does not.
    """

    client: Client
    entry: dict[str, Any]
    path: str
    references: References
    warnings: Warnings
    stored: StoredRows
    region: str
    is_new: bool
    changed: bool
    contacts: list[Contact] = field(default_factory=list)
    rows: dict[type[Any], list[Any]] = field(default_factory=dict)

    def entries(self, name: str) -> list[tuple[str, Any]]:
        return list_entries(self.entry, name, self.path)

    def stored_rows(self, model: type[Any]) -> list[Any]:
        """The client's rows of `model` from before the load; none for a new client."""
        return [] if self.is_new else self.stored.of(model, self.client.id)

    def merge_by_ref(self, section: Section, model: type[T]) -> list[tuple[T, dict[str, Any], str]]:
        """Write the list of that section by ref; returns each row with its entry and path."""
        stored = self.stored_rows(model)
        owner = {"client_id": self.client.id}
        known, merged = set(map(id, stored)), []
        all_rows = self.rows[model] = list(stored)
        for row, entry, path, changed in matching.match_by_ref(
            section,
            model,
            self.entries(section.name),
            stored,
            owner,
            self.references,
            self.warnings,
        ):
            self.mark_changed(changed)
            merged.append((row, entry, path))
            if id(row) not in known:
                all_rows.append(row)
        return merged

    def match_by_key(
        self, section: Section, entries: matching.Entries, stored: Sequence[Any], key: Columns
    ) -> list[matching.Match]:
        """Each entry with the stored row of the same `key` columns; see `matching.match_by_key`."""
        return matching.match_by_key(section, entries, stored, key, self.references, self.warnings)

    def update(self, row: Any, columns: dict[str, Any]) -> None:
        self.mark_changed(assign_columns(row, columns))

    def insert_or_update(
        self, model: type[Any], row: Any | None, columns: dict[str, Any], **owner: Any
    ) -> None:
        self.mark_changed(matching.insert_or_update(model, row, columns, **owner))

    def mark_changed(self, changed: bool) -> None:
        """Count the client as changed from now on if `changed`."""
        self.changed |= changed

    def delete(self, row: Any) -> None:
        session.delete(row)
        self.changed = True
