"""One client as it stands in the book."""

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
)
from pwa.operations.book_files import derived_columns, links, sections, team_sections
from pwa.operations.book_files.fields import Section, write_entry
from pwa.operations.book_files.postponement_value import write_until
from pwa.operations.book_files.references import References
from pwa.operations.book_files.stored_rows import StoredRows


def dump_client(row: Client, stored: StoredRows, names: References) -> dict[str, Any]:
    """The client with everything below it; lists that are empty are left out, but for contacts."""
    contacts = stored.of(Contact, row.id)
    names.contact_of.update({one.id: one.ref for one in contacts})
    lists = {
        **_cadences(row, stored, names),
        "away": _entries(sections.AWAY, stored.of(Away, row.id), names),
        "interactions": _interactions(row, stored, names),
        "requests": _entries(sections.REQUESTS, stored.of(ServiceRequest, row.id), names),
        "promises": [_promise(one, stored, names) for one in stored.of(Promise, row.id)],
        "bookings": _entries(sections.BOOKINGS, stored.of(Booking, row.id), names),
        "recoveries": _recoveries(row, stored, names),
        "agreements": _entries(sections.AGREEMENTS, stored.of(Agreement, row.id), names),
        "postponements": [
            {**write_entry(sections.POSTPONEMENTS, one, names), "until": write_until(one, names)}
            for one in stored.of(Postponement, row.id)
        ],
    }
    lists |= {
        "handovers": _entries(team_sections.HANDOVERS, stored.of(Handover, row.id), names),
        "overrides": _entries(team_sections.OVERRIDES, stored.of(WritingOverride, row.id), names),
    }
    shown = write_entry(sections.CLIENTS, row, names)
    shown["contacts"] = [_contact(one, stored, names) for one in contacts]
    return shown | {name: entries for name, entries in lists.items() if entries}


def _entries(section: Section, rows: Iterable[Any], names: References) -> list[dict[str, Any]]:
    return [write_entry(section, row, names) for row in rows]


def _phone_text(row: Contact) -> str | None:
    """As it was written, where everybody reads that as the same number."""
    written = row.phone_given or ""
    return (written or None) if written.startswith("+") or not row.phone else row.phone


def _contact(row: Contact, stored: StoredRows, names: References) -> dict[str, Any]:
    answers = stored.of(Preference, row.id)
    shown = write_entry(sections.CONTACTS, row, names)
    more = {
        "phone": _phone_text(row),
        "phone_other": row.phone_other,
        "needs": _entries(sections.NEEDS, stored.of(Need, row.id), names),
        "preference": next(
            (write_entry(sections.PREFERENCE, one, names) for one in answers if one.is_current),
            None,
        ),
        "preferences": _entries(
            sections.PREFERENCE, (one for one in answers if not one.is_current), names
        ),
    }
    return shown | {name: value for name, value in more.items() if value}


def _cadences(row: Client, stored: StoredRows, names: References) -> dict[str, Any]:
    """The current cadence with the intensification that applies, and the earlier ones of both."""
    cadences = stored.of(Cadence, row.id)
    current = next((one for one in cadences if one.ended_at is None), None)
    dense = [_intensification(one, current, names) for one in stored.of(Intensification, row.id)]
    applies = next((one for one in reversed(dense) if "ended" not in one), None)
    cadence = write_entry(sections.CADENCE, current, names) if current else {}
    if applies and current:
        cadence["intensified"] = applies
    return {
        "cadence": cadence,
        "cadences": _entries(sections.CADENCE, (one for one in cadences if one.ended_at), names),
        "intensifications": [one for one in dense if one is not applies],
    }


def _intensification(
    row: Intensification, current: Cadence | None, names: References
) -> dict[str, Any]:
    shown = write_entry(sections.INTENSIFIED, row, names)
    began = row.created_at.astimezone(names.zone).date()
    if current is None or began != current.since:
        shown["since"] = began.isoformat()
    return shown


def _interactions(row: Client, stored: StoredRows, names: References) -> list[dict[str, Any]]:
    rows = stored.of(Interaction, row.id)
    refs = {one.id: one.ref for one in rows}
    requests = {one.id: one.ref for one in stored.of(ServiceRequest, row.id)}
    shown = []
    for one in rows:
        entry = write_entry(sections.INTERACTIONS, one, names)
        if one.received_at != one.at:
            entry["received"] = one.received_at.astimezone(names.zone).isoformat()
        if one.supersedes_id:
            entry["supersedes"] = refs[one.supersedes_id]
        entry |= links.dump_links(one, row.id, stored)
        if lesson := stored.of(Lesson, one.id):
            entry["lesson"] = write_entry(team_sections.LESSON, lesson[0], names)
        if covered := stored.covered.get(one.id):
            entry["covered"] = [requests[request_id] for request_id in covered]
        shown.append(entry)
    return shown


def _promise(row: Promise, stored: StoredRows, names: References) -> dict[str, Any]:
    shown = write_entry(sections.PROMISES, row, names)
    moves = _entries(sections.MOVES, stored.of(PromiseMove, row.id), names)
    return shown | ({"moved": moves} if moves else {})


def _recoveries(row: Client, stored: StoredRows, names: References) -> list[dict[str, Any]]:
    """`live` stands there as null where we talked since, but not about that."""
    shown = []
    said = derived_columns.valid_contact_events(stored.of(Interaction, row.id))
    for one in stored.of(Recovery, row.id):
        entry = write_entry(sections.RECOVERIES, one, names) | links.dump_links(one, row.id, stored)
        if one.live is not None:
            entry["live"] = one.live.astimezone(names.zone).isoformat()
        elif derived_columns.first_live_conversation(one, said, stored.of(Contact, row.id)):
            entry["live"] = None
        shown.append(entry)
    return shown
