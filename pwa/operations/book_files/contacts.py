"""Loads the contacts of a client with their phone numbers, preferences and needs."""

from typing import Any

from pwa.db import session
from pwa.models import Contact, Need, Preference
from pwa.operations.book_files import sections
from pwa.operations.book_files.client_writer import UNSAVED, ClientWriter
from pwa.operations.book_files.fields import check_object, list_entries
from pwa.operations.book_files.phones import load_phones
from pwa.rules.vocabulary.person_names import parse_name


def load_contacts(writer: ClientWriter) -> None:
    """Write the contacts without what belongs to them; flush before anything refers to them."""
    if "contacts" in writer.entry:
        writer.entry = {**writer.entry, "contacts": _split_names(writer.entry["contacts"])}
    for index, (contact, entry, path) in enumerate(writer.merge_by_ref(sections.CONTACTS, Contact)):
        writer.update(contact, {"position": index})
        phones_changed = load_phones(contact, entry, path, writer.region, writer.references)
        writer.mark_changed(phones_changed)
    contacts = writer.rows[Contact]
    writer.contacts = sorted(contacts, key=lambda row: (row.position, row.id or UNSAVED))


def register_contact_refs(writer: ClientWriter) -> None:
    """Let refs resolve to the ids of the contacts; call it after their flush."""
    for contact in writer.contacts:
        writer.references.contacts[contact.ref] = contact.id
        writer.references.contact_of[contact.id] = contact.ref


def load_needs_and_preferences(writer: ClientWriter) -> None:
    """Write needs and preferences of each contact that the book names. Raises BadBook."""
    by_ref = {contact.ref: contact for contact in writer.contacts}
    writer.rows[Preference] = []
    for path, entry in writer.entries("contacts"):
        contact = by_ref[str(entry["ref"])]
        _load_needs(writer, contact, entry, path)
        _load_preferences(writer, contact, entry, path)
    named = {str(entry["ref"]) for _, entry in writer.entries("contacts")}
    for contact in writer.contacts:
        if contact.ref not in named:
            writer.rows[Preference] += writer.stored.of(Preference, contact.id)


def _split_names(entries: Any) -> Any:
    """The entries with forms of address and the letters after a name in fields of their own."""
    if not isinstance(entries, list):
        return entries
    return [_split_name(entry) if isinstance(entry, dict) else entry for entry in entries]


def _split_name(entry: dict[str, Any]) -> dict[str, Any]:
    name = entry.get("name")
    if not isinstance(name, str):
        return entry
    parts = parse_name(name, reorder=False)
    apart = {"title": parts.title, "suffix": parts.suffix}
    return {**{key: text for key, text in apart.items() if text}, **entry, "name": parts.name}


def _load_needs(writer: ClientWriter, contact: Contact, entry: dict[str, Any], path: str) -> None:
    """Write needs, matched by their words; those that the book leaves out stay."""
    entries = [
        (need_path, {"words": need} if isinstance(need, str) else need)
        for need_path, need in list_entries(entry, "needs", path)
    ]
    stored = writer.stored.of(Need, contact.id)
    for row, columns, _ in writer.match_by_key(sections.NEEDS, entries, stored, ("words",)):
        writer.insert_or_update(Need, row, columns, contact_id=contact.id)


def _load_preferences(
    writer: ClientWriter, contact: Contact, entry: dict[str, Any], path: str
) -> None:
    """Write preferences, matched by `asked_on`; the current one is the last match."""
    stored = sorted(writer.stored.of(Preference, contact.id), key=lambda row: row.is_current)
    entries = list_entries(entry, "preferences", path)
    has_current = entry.get("preference") is not None
    if has_current:
        check_object(entry["preference"], f"{path}.preference")
        entries.append((f"{path}.preference", entry["preference"]))
    if "preference" not in entry:
        stored = [row for row in stored if not row.is_current]
    pairs = writer.match_by_key(sections.PREFERENCE, entries, stored, ("asked_on",))
    if "preference" in entry:
        _demote_current(writer, stored, pairs[-1][0] if has_current else None)
    for index, (row, columns, _) in enumerate(pairs):
        columns["is_current"] = has_current and index == len(pairs) - 1
        if row is None:
            row = Preference(contact_id=contact.id, recorded_at=writer.references.now, **columns)
            session.add(row)
            writer.rows[Preference].append(row)
            writer.mark_changed(True)
        else:
            writer.update(row, columns)
    writer.rows[Preference] += writer.stored.of(Preference, contact.id)


def _demote_current(writer: ClientWriter, stored: list[Any], current: Any | None) -> None:
    """End the stored current preference first: a contact never has two."""
    for row in stored:
        if row.is_current and row is not current:
            row.is_current = False
            session.flush()
            writer.mark_changed(True)
