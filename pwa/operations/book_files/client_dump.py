"""Writes a client as an entry of the book."""

from collections.abc import Iterable
from typing import Any

from pwa.models import (
    Agreement,
    Away,
    Booking,
    Cadence,
    Client,
    Contact,
    Handover,
    Intensification,
    Interaction,
    Lesson,
    Need,
    Postponement,
    Preference,
    Promise,
    PromiseMove,
    Recovery,
    ServiceRequest,
    WritingOverride,
    WrongNumber,
)
from pwa.operations.book_files import (
    derived_columns,
    history_sections,
    links,
    sections,
    team_sections,
)
from pwa.operations.book_files.booking_values import write_booking
from pwa.operations.book_files.fields import Section, write_entry
from pwa.operations.book_files.outcomes import write_undone
from pwa.operations.book_files.participants import write_participants
from pwa.operations.book_files.phones import dump_phones
from pwa.operations.book_files.postponement_value import write_until
from pwa.operations.book_files.references import References
from pwa.operations.book_files.stored_rows import StoredRows


def dump_client(row: Client, stored: StoredRows, references: References) -> dict[str, Any]:
    """The entry of a client with its lists; empty lists are left out, except contacts."""
    contacts = stored.of(Contact, row.id)
    references.contact_of.update({contact.id: contact.ref for contact in contacts})
    lists = {
        **_cadences(row, stored, references),
        "away": _entries(sections.AWAY, stored.of(Away, row.id), references),
        "interactions": _interactions(row, stored, references),
        "requests": _entries(
            history_sections.REQUESTS, stored.of(ServiceRequest, row.id), references
        ),
        "promises": [
            _promise(promise, stored, references) for promise in stored.of(Promise, row.id)
        ],
        "bookings": [write_booking(booking, references) for booking in stored.of(Booking, row.id)],
        "recoveries": _recoveries(row, stored, references),
        "agreements": _entries(
            history_sections.AGREEMENTS, stored.of(Agreement, row.id), references
        ),
        "postponements": [
            _postponement(postponement, references)
            for postponement in stored.of(Postponement, row.id)
        ],
    }
    lists |= {
        "handovers": _entries(team_sections.HANDOVERS, stored.of(Handover, row.id), references),
        "overrides": _entries(
            team_sections.OVERRIDES, stored.of(WritingOverride, row.id), references
        ),
    }
    entry = write_entry(sections.CLIENTS, row, references)
    entry["contacts"] = [_contact(contact, stored, references) for contact in contacts]
    return entry | {name: entries for name, entries in lists.items() if entries}


def _entries(section: Section, rows: Iterable[Any], references: References) -> list[dict[str, Any]]:
    return [write_entry(section, row, references) for row in rows]


def _contact(row: Contact, stored: StoredRows, references: References) -> dict[str, Any]:
    preferences = stored.of(Preference, row.id)
    current = next((row for row in preferences if row.is_current), None)
    earlier = [row for row in preferences if not row.is_current]
    nested = {
        "needs": _entries(sections.NEEDS, stored.of(Need, row.id), references),
        "preference": current and write_entry(sections.PREFERENCE, current, references),
        "preferences": _entries(sections.PREFERENCE, earlier, references),
        "wrong_numbers": _entries(
            sections.WRONG_NUMBERS, stored.of(WrongNumber, row.id), references
        ),
    }
    entry = write_entry(sections.CONTACTS, row, references)
    entry |= dump_phones(row)
    entry |= {name: value for name, value in nested.items() if value}
    return entry | write_undone(row, entry, stored)


def _cadences(row: Client, stored: StoredRows, references: References) -> dict[str, Any]:
    """The current cadence with its intensification, and the lists of earlier ones of both."""
    cadences = stored.of(Cadence, row.id)
    current = next((cadence for cadence in cadences if cadence.ended_at is None), None)
    ended = [cadence for cadence in cadences if cadence.ended_at]
    intensifications = [
        _intensification(intensification, current, references)
        for intensification in stored.of(Intensification, row.id)
    ]
    applies = next((entry for entry in reversed(intensifications) if "ended" not in entry), None)
    entry = write_entry(sections.CADENCE, current, references) if current else {}
    if applies and current:
        entry["intensified"] = applies
    return {
        "cadence": entry,
        "cadences": _entries(sections.CADENCE, ended, references),
        "intensifications": [entry for entry in intensifications if entry is not applies],
    }


def _intensification(
    row: Intensification, current: Cadence | None, references: References
) -> dict[str, Any]:
    entry = write_entry(sections.INTENSIFIED, row, references)
    since = row.created_at.astimezone(references.zone).date()
    if current is None or since != current.since:
        entry["since"] = since.isoformat()
    return entry


def _interactions(row: Client, stored: StoredRows, references: References) -> list[dict[str, Any]]:
    interactions = stored.of(Interaction, row.id)
    refs = {interaction.id: interaction.ref for interaction in interactions}
    request_refs = {request.id: request.ref for request in stored.of(ServiceRequest, row.id)}
    entries = []
    for interaction in interactions:
        entry = write_entry(history_sections.INTERACTIONS, interaction, references)
        if interaction.received_at != interaction.at:
            entry["received"] = interaction.received_at.astimezone(references.zone).isoformat()
        if interaction.supersedes_id:
            entry["supersedes"] = refs[interaction.supersedes_id]
        entry |= links.dump_links(interaction, row.id, stored)
        if lessons := stored.of(Lesson, interaction.id):
            entry["lesson"] = write_entry(team_sections.LESSON, lessons[0], references)
        if interaction.also:
            entry["contacts"] = write_participants(interaction, references)
        if covered_ids := stored.covered.get(interaction.id):
            entry["covered"] = [request_refs[request_id] for request_id in covered_ids]
        entries.append(entry)
    return entries


def _promise(row: Promise, stored: StoredRows, references: References) -> dict[str, Any]:
    entry = write_entry(history_sections.PROMISES, row, references)
    moves = _entries(history_sections.MOVES, stored.of(PromiseMove, row.id), references)
    return entry | ({"moved": moves} if moves else {})


def _postponement(row: Postponement, references: References) -> dict[str, Any]:
    entry = write_entry(history_sections.POSTPONEMENTS, row, references)
    return {**entry, "until": write_until(row, references)}


def _recoveries(row: Client, stored: StoredRows, references: References) -> list[dict[str, Any]]:
    """`live` is null where a later conversation could settle the recovery but did not (R15)."""
    entries = []
    events = derived_columns.valid_contact_events(stored.of(Interaction, row.id))
    contacts = stored.of(Contact, row.id)
    for recovery in stored.of(Recovery, row.id):
        entry = write_entry(history_sections.RECOVERIES, recovery, references)
        entry |= links.dump_links(recovery, row.id, stored)
        if recovery.live is not None:
            entry["live"] = recovery.live.astimezone(references.zone).isoformat()
        elif derived_columns.first_live_conversation(recovery, events, contacts):
            entry["live"] = None
        entries.append(entry)
    return entries
