"""Wrong numbers and contacts who left: as the book says, else as its interactions tell (R21)."""

from collections.abc import Iterator
from typing import Any

from pwa.models import Contact, Interaction, WrongNumber
from pwa.operations.book_files import sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import list_entries
from pwa.operations.book_files.stored_rows import StoredRows
from pwa.rules.vocabulary.enums import Direction, Kind, Outcome


def load_wrong_numbers(writer: ClientWriter) -> None:
    """Write the wrong numbers of each contact; call it after the interactions."""
    entries = {str(entry["ref"]): (entry, path) for path, entry in writer.entries("contacts")}
    for contact in writer.contacts:
        entry, path = entries.get(contact.ref, ({}, ""))
        stored = writer.stored.of(WrongNumber, contact.id)
        if "wrong_numbers" in entry:
            numbers = list_entries(entry, "wrong_numbers", path)
            pairs = writer.match_by_key(sections.WRONG_NUMBERS, numbers, stored, ("at",))
            for row, columns, _ in pairs:
                writer.insert_or_update(WrongNumber, row, columns, contact_id=contact.id)
            _write_state(writer, contact, [columns for _, columns, _ in pairs])
        elif not stored and (told := list(_told_by_calls(writer, contact))):
            for columns in told:
                writer.insert_or_update(WrongNumber, None, columns, contact_id=contact.id)
            _write_state(writer, contact, told)


def _write_state(writer: ClientWriter, contact: Contact, rows: list[dict[str, Any]]) -> None:
    since = [columns["at"] for columns in rows if not columns.get("settled_at")]
    writer.update(contact, {"number_wrong_since": min(since, default=None)})


def _told_by_calls(writer: ClientWriter, contact: Contact) -> Iterator[dict[str, Any]]:
    """A call that reached somebody else; the next call with another outcome had a right number."""
    calls = [
        row
        for row in _valid(writer, contact)
        if row.kind is Kind.CALL and row.direction is Direction.OUT
    ]
    wrong: Interaction | None = None
    for call in calls:
        if call.outcome is Outcome.WRONG_NUMBER:
            wrong = wrong or call
        elif wrong is not None:
            yield {"number": None, "at": wrong.at, "settled_at": call.at}
            wrong = None
    if wrong is not None:
        yield {"number": contact.phone, "at": wrong.at, "settled_at": None}


def archive_who_left(writer: ClientWriter) -> None:
    """Archive the contacts of whom a new interaction says so, where the book does not say it."""
    stated = {str(entry["ref"]) for _, entry in writer.entries("contacts") if "archived" in entry}
    known = set(map(id, writer.stored_rows(Interaction)))
    for contact in writer.contacts:
        if contact.ref in stated or contact.archived_at is not None:
            continue
        last = next(reversed(_valid(writer, contact)), None)
        if last is not None and last.outcome is Outcome.LEFT and id(last) not in known:
            writer.update(contact, {"archived_at": last.at})


def _valid(writer: ClientWriter, contact: Contact) -> list[Interaction]:
    """The interactions with a contact that no correction superseded, oldest first."""
    rows = writer.rows[Interaction]
    of_contact = (r for r in rows if r.contact_id == contact.id and r.superseded_at is None)
    return sorted(of_contact, key=lambda row: row.at)


def write_undone(row: Contact, entry: dict[str, Any], stored: StoredRows) -> dict[str, Any]:
    """What an interaction tells and was undone since, said openly: they did not leave, no number
    was wrong."""
    outcomes = {
        interaction.outcome
        for interaction in stored.of(Interaction, row.client_id)
        if interaction.contact_id == row.id and interaction.superseded_at is None
    }
    undone: dict[str, Any] = {}
    if Outcome.LEFT in outcomes and row.archived_at is None:
        undone["archived"] = None
    if Outcome.WRONG_NUMBER in outcomes and "wrong_numbers" not in entry:
        undone["wrong_numbers"] = []
    return undone
