"""Loads a client's interactions, requests, promises, bookings, recoveries and the like."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import (
    Agreement,
    Away,
    Booking,
    Handover,
    Interaction,
    Postponement,
    Promise,
    PromiseMove,
    Recovery,
    ServiceRequest,
    WritingOverride,
    covered,
)
from pwa.operations.book_files import history_sections, links, sections, team_sections
from pwa.operations.book_files.booking_values import load_settled
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import (
    Section,
    check_object,
    list_entries,
    read_columns,
)
from pwa.operations.book_files.links import rows_with_entries
from pwa.operations.book_files.matching import (
    Entries,
    check_date_order,
    resolve_ref,
)
from pwa.operations.book_files.participants import load_participants
from pwa.operations.book_files.postponement_value import read_until
from pwa.operations.book_files.problems import Warnings
from pwa.operations.book_files.values import MOMENT, invalid_value
from pwa.rules.vocabulary.enums import Kind, Outcome

_USUAL_OUTCOME = {
    Kind.VISIT: Outcome.VISITED,
    Kind.EMAIL: Outcome.WRITTEN,
    Kind.TEXT: Outcome.WRITTEN,
}


def load_history(writer: ClientWriter) -> None:
    """Write every list of the client; `load_history_links` writes the refs between them."""
    writer.merge_by_ref(history_sections.REQUESTS, ServiceRequest)
    for row, entry, path in writer.merge_by_ref(history_sections.INTERACTIONS, Interaction):
        _fill_interaction(writer, row, entry, path)
        load_participants(writer, row, entry, path)
    for row, old in _corrections(writer):
        writer.update(old, {"superseded_at": row.received_at})
    for promise, entry, path in writer.merge_by_ref(history_sections.PROMISES, Promise):
        writer.update(promise, {"falls_due": _due_after_moves(writer, promise, entry, path)})
    for booking, entry, path in writer.merge_by_ref(history_sections.BOOKINGS, Booking):
        load_settled(writer, booking, entry, path)
    for recovery, entry, path in writer.merge_by_ref(history_sections.RECOVERIES, Recovery):
        if "live" in entry:
            live = entry["live"] and MOMENT.read(entry["live"], f"{path}.live", writer.references)
            writer.update(recovery, {"live": live})
    _load_away(writer)
    _load_agreements(writer)
    _load_postponements(writer)
    _load_by_moment(writer, team_sections.HANDOVERS, Handover)
    _load_by_moment(writer, team_sections.OVERRIDES, WritingOverride)


def load_history_links(writer: ClientWriter) -> list[dict[str, int]]:
    """Write refs between the client's rows and moves of promises; call it after a flush.

    Returns the new rows of the `covered` table: requests covered in interactions.
    """
    for row, old in _corrections(writer):
        writer.update(row, {"supersedes_id": old.id})
    for promise, entry, path in rows_with_entries(writer, history_sections.PROMISES, Promise):
        if "moved" in entry:
            _replace_moves(writer, promise, list_entries(entry, "moved", path))
    links.load_links(writer)
    links.load_lessons(writer)
    return _load_covered(writer)


def _fill_interaction(
    writer: ClientWriter, row: Interaction, entry: dict[str, Any], path: str
) -> None:
    is_new = row.received_at is None
    if is_new and entry.get("outcome") is None:
        row.outcome = _USUAL_OUTCOME.get(row.kind, Outcome.SPOKE)
    if entry.get("received") is not None:
        received = MOMENT.read(entry["received"], f"{path}.received", writer.references)
        writer.update(row, {"received_at": received})
    elif is_new:
        row.received_at = row.at
        row.reached = False


def _load_away(writer: ClientWriter) -> None:
    """Replace the away blocks as a whole, matched by their first day."""
    if "away" not in writer.entry:
        return
    stored = writer.stored_rows(Away)
    key = ("first_day",)
    pairs = writer.match_by_key(sections.AWAY, writer.entries("away"), stored, key)
    kept = {id(row) for row, _, _ in pairs}
    for row in stored:
        if id(row) not in kept:
            writer.delete(row)
    for row, columns, path in pairs:
        check_date_order(columns["first_day"], columns["last_day"], path)
        writer.insert_or_update(Away, row, columns, client_id=writer.client.id)


def _load_agreements(writer: ClientWriter) -> None:
    """Write agreements, matched by day and stage; `date` is read as `on`."""
    entries = []
    for path, entry in writer.entries("agreements"):
        check_object(entry, path)
        entries.append((path, {"on": entry.get("date"), **entry}))
    stored = writer.stored_rows(Agreement)
    key = ("on", "stage")
    for row, columns, _ in writer.match_by_key(history_sections.AGREEMENTS, entries, stored, key):
        writer.insert_or_update(Agreement, row, columns, client_id=writer.client.id)


def _load_postponements(writer: ClientWriter) -> None:
    """Write postponements, matched by `at`."""
    entries = writer.entries("postponements")
    stored = writer.stored_rows(Postponement)
    pairs = writer.match_by_key(history_sections.POSTPONEMENTS, entries, stored, ("at",))
    for (path, entry), (row, columns, _) in zip(entries, pairs, strict=True):
        if row is None or entry.get("until") is not None:
            columns.update(read_until(entry.get("until"), f"{path}.until", writer.references))
        writer.insert_or_update(Postponement, row, columns, client_id=writer.client.id)


def _load_by_moment(writer: ClientWriter, section: Section, model: type[Any]) -> None:
    """Write the rows of a section, matched by `at`."""
    stored, entries = writer.stored_rows(model), writer.entries(section.name)
    for row, columns, _ in writer.match_by_key(section, entries, stored, ("at",)):
        writer.insert_or_update(model, row, columns, client_id=writer.client.id)


def _rows_by_ref(writer: ClientWriter, model: type[Any]) -> dict[str, Any]:
    return {row.ref: row for row in writer.rows[model]}


def _corrections(writer: ClientWriter) -> Iterator[tuple[Interaction, Interaction]]:
    """Each interaction that corrects another one, with the one it supersedes. Raises BadBook."""
    known = _rows_by_ref(writer, Interaction)
    for row, entry, path in rows_with_entries(writer, history_sections.INTERACTIONS, Interaction):
        if entry.get("supersedes") is None:
            continue
        ref_path = f"{path}.supersedes"
        old = resolve_ref(entry["supersedes"], ref_path, known, "no interaction of this client")
        if old is row:
            raise invalid_value(ref_path, entry["supersedes"], "the interaction itself")
        yield row, old


def _read_moves(writer: ClientWriter, entries: Entries) -> list[dict[str, Any]]:
    return [
        read_columns(
            history_sections.MOVES, entry, path, writer.references, writer.warnings, new=True
        )
        for path, entry in entries
    ]


def _due_after_moves(
    writer: ClientWriter, promise: Promise, entry: dict[str, Any], path: str
) -> date:
    """The day of its last move, else the day first promised."""
    if "moved" in entry:
        days = [move["to"] for move in _read_moves(writer, list_entries(entry, "moved", path))]
    else:
        days = [move.to for move in writer.stored.of(PromiseMove, promise.id)]
    return days[-1] if days else promise.due


def _replace_moves(writer: ClientWriter, promise: Promise, entries: Entries) -> None:
    """Replace the moves of a promise as a whole, in the order of the book."""
    stored = writer.stored.of(PromiseMove, promise.id)
    moves = _read_moves(replace(writer, warnings=Warnings()), entries)
    for index, columns in enumerate(moves):
        row = stored[index] if index < len(stored) else None
        writer.insert_or_update(PromiseMove, row, columns, promise_id=promise.id)
    for row in stored[len(moves) :]:
        writer.delete(row)


def _load_covered(writer: ClientWriter) -> list[dict[str, int]]:
    """Delete the `covered` rows that the book no longer names; returns those to insert."""
    known = _rows_by_ref(writer, ServiceRequest)
    added: list[dict[str, int]] = []
    for row, entry, path in rows_with_entries(writer, history_sections.INTERACTIONS, Interaction):
        if "covered" not in entry:
            continue
        refs = list_entries(entry, "covered", path)
        unknown = "no request of this client"
        wanted = {resolve_ref(ref, ref_path, known, unknown).id for ref_path, ref in refs}
        present = set(writer.stored.covered.get(row.id, ()))
        new_ids = sorted(wanted - present)
        added += [{"interaction_id": row.id, "request_id": new_id} for new_id in new_ids]
        if removed := present - wanted:
            of_row = covered.c.interaction_id == row.id
            session.execute(sa.delete(covered).where(of_row, covered.c.request_id.in_(removed)))
        writer.mark_changed(wanted != present)
    return added
