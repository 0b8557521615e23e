"""One client of the book while it is being written."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pwa.db import session
from pwa.models import Client, Contact
from pwa.operations.book_files import matching
from pwa.operations.book_files.fields import Section, list_entries
from pwa.operations.book_files.problems import Warnings
from pwa.operations.book_files.references import References
from pwa.operations.book_files.stored_rows import StoredRows

T = TypeVar("T")


@dataclass
class ClientWriter:
    """The client, what the book says of it, and the rows it has by now.

    `region` is for phone numbers written without a country. `rows` holds, once loaded, the rows of
    each model with those that the book does not name.
    """

    client: Client
    given: dict[str, Any]
    place: str
    names: References
    warnings: Warnings
    existing: StoredRows
    region: str
    is_new: bool
    changed: bool
    contacts: list[Contact] = field(default_factory=list)
    rows: dict[type[Any], list[Any]] = field(default_factory=dict)

    def entries(self, name: str) -> list[tuple[str, Any]]:
        return list_entries(self.given, name, self.place)

    def stored(self, model: type[Any]) -> list[Any]:
        """What was there before."""
        return [] if self.is_new else self.existing.of(model, self.client.id)

    def merge(self, section: Section, model: type[T]) -> list[tuple[T, dict[str, Any], str]]:
        """Write the list of that section by ref; each row with its entry and place."""
        stored = self.stored(model)
        owner = {"client_id": self.client.id}
        known, merged = set(map(id, stored)), []
        everything = self.rows[model] = list(stored)
        for row, given, place, changed in matching.match_by_ref(
            section, model, self.entries(section.name), stored, owner, self.names, self.warnings
        ):
            self.changed |= changed
            merged.append((row, given, place))
            if id(row) not in known:
                everything.append(row)
        return merged

    def note(self, changed: bool) -> None:
        """Remember that something of this client changed."""
        self.changed |= changed

    def remove(self, row: Any) -> None:
        session.delete(row)
        self.changed = True
