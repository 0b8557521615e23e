"""The clients that a trial would make, put aside on disk: a long list must not fill the memory."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import asdict

from pwa.operations.imports.matching import ImportedClient, ImportedContact, Key


class DryRunClients:
    """Clients by key in a temporary file that vanishes with this object."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")
        self._file.execute("CREATE TABLE drafts (key PRIMARY KEY, place) WITHOUT ROWID")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def put(self, places: Iterable[ImportedClient]) -> None:
        """Remember these, in place of what was known of them."""
        rows = ((_name(one.key), json.dumps(asdict(one))) for one in places)
        self._file.executemany("INSERT OR REPLACE INTO drafts VALUES (?, ?)", rows)

    def get(self, wanted: Collection[Key]) -> dict[Key, ImportedClient]:
        """Those of the wanted clients that were put here."""
        names = {_name(key): key for key in wanted}
        marks = ",".join("?" * len(names))
        query = f"SELECT key, place FROM drafts WHERE key IN ({marks})"  # noqa: S608 - marks only
        found = self._file.execute(query, list(names))
        return {names[name]: _restored(names[name], text) for name, text in found}


def _name(key: Key) -> str:
    return f"{key[0]}|{key[1]}"


def _restored(key: Key, text: str) -> ImportedClient:
    values = json.loads(text)
    people = [ImportedContact(**one) for one in values.pop("people")]
    return ImportedClient(**values | {"key": key, "people": people})
