"""Loads the contacts of a client with their phone numbers, preferences and needs."""

from typing import Any

from pwa.db import session
from pwa.models import Contact, Need, Preference
from pwa.operations.book_files import sections
from pwa.operations.book_files.client_writer import UNSAVED, ClientWriter
from pwa.operations.book_files.fields import check_object, list_entries
from pwa.operations.book_files.problems import BadBook
from pwa.operations.book_files.values import invalid_value
from pwa.operations.clients.phone_numbers import NotAPhone, e164

_LONGEST_PHONE = {"phone": 60, "phone_other": 20}


def load_contacts(writer: ClientWriter) -> None:
    """Write the contacts without what belongs to them; flush before anything refers to them."""
    for index, (contact, entry, path) in enumerate(writer.merge_by_ref(sections.CONTACTS, Contact)):
        writer.update(contact, {"position": index, **_phone_columns(entry, path, writer.region)})
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


def _phone_columns(entry: dict[str, Any], path: str, region: str) -> dict[str, Any]:
    """The phone columns that the entry sets: E.164, with the first as written where it differs."""
    columns: dict[str, Any] = {}
    for name, longest in _LONGEST_PHONE.items():
        if name not in entry:
            continue
        written = entry[name]
        if written is not None and not isinstance(written, (str, int)):
            raise invalid_value(f"{path}.{name}", written, "not text")
        written = str(written or "").strip() or None
        number = _e164_or_none(written, region) if written else None
        if written and not number and len(written) > longest:
            raise BadBook(f"{path}.{name}: is longer than {longest} characters")
        if name == "phone":
            columns["phone_given"] = written if written != number else None
            columns["phone"] = number
        else:
            columns[name] = number or written
    return columns


def _e164_or_none(written: str, region: str) -> str | None:
    try:
        return e164(written, region)
    except NotAPhone:
        return None


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
