"""Clients that a dry run would write, kept on disk: a long list must not fill the memory."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import asdict

from pwa.operations.imports.matching import ImportedClient, ImportedContact, Key
from pwa.rules.vocabulary.phones import PhoneNumber


class DryRunClients:
    """Clients by key in a temporary SQLite file, deleted on `close`."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")
        self._file.execute("CREATE TABLE clients (key PRIMARY KEY, client) WITHOUT ROWID")

    def close(self) -> None:
        """Close and delete the file."""
        self._file.close()

    def save(self, clients: Iterable[ImportedClient]) -> None:
        """Insert these clients, or replace them by their key."""
        rows = ((_text_key(client.key), json.dumps(asdict(client))) for client in clients)
        self._file.executemany("INSERT OR REPLACE INTO clients VALUES (?, ?)", rows)

    def get(self, wanted: Collection[Key]) -> dict[Key, ImportedClient]:
        """The saved clients with these keys."""
        keys = {_text_key(key): key for key in wanted}
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, client FROM clients WHERE key IN ({marks})"  # noqa: S608 - marks only
        rows = self._file.execute(query, list(keys))
        return {keys[text_key]: _from_json(keys[text_key], text) for text_key, text in rows}


def _text_key(key: Key) -> str:
    return f"{key[0]}|{key[1]}"


def _from_json(key: Key, text: str) -> ImportedClient:
    values = json.loads(text)
    contacts = [ImportedContact(**contact) for contact in values.pop("contacts")]
    for contact in contacts:
        contact.phones = [PhoneNumber(*phone) for phone in contact.phones]
    return ImportedClient(**values | {"key": key, "contacts": contacts})
