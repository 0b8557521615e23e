"""What was said, asked for, promised, booked and went wrong with a client."""

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
from pwa.operations.book_files import links, sections, team_sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import (
    Section,
    assign_columns,
    check_object,
    list_entries,
    read_columns,
)
from pwa.operations.book_files.links import rows_with_entries
from pwa.operations.book_files.matching import (
    Entries,
    check_date_order,
    insert_or_update,
    match_by_key,
    resolve_ref,
)
from pwa.operations.book_files.postponement_value import read_until
from pwa.operations.book_files.problems import Warnings
from pwa.operations.book_files.values import MOMENT, invalid_value
from pwa.rules.vocabulary.enums import Kind, Outcome

_USUAL_OUTCOME = {
    Kind.VISIT: Outcome.VISITED,
    Kind.EMAIL: Outcome.WRITTEN,
    Kind.TEXT: Outcome.WRITTEN,
}


def load_history(hand: ClientWriter) -> None:
    """Write every list of the client; what names rows of another list comes in `link`."""
    hand.merge(sections.REQUESTS, ServiceRequest)
    for row, given, place in hand.merge(sections.INTERACTIONS, Interaction):
        _fill_interaction(hand, row, given, place)
    for row, old in _corrections(hand):
        hand.note(assign_columns(old, {"superseded_at": row.received_at}))
    for promise, given, place in hand.merge(sections.PROMISES, Promise):
        hand.note(
            assign_columns(promise, {"falls_due": _due_after_moves(hand, promise, given, place)})
        )
    hand.merge(sections.BOOKINGS, Booking)
    for recovery, given, place in hand.merge(sections.RECOVERIES, Recovery):
        if "live" in given:
            live = given["live"] and MOMENT.read(given["live"], f"{place}.live", hand.names)
            hand.note(assign_columns(recovery, {"live": live}))
    _load_away(hand)
    _load_agreements(hand)
    _load_postponements(hand)
    _load_by_moment(hand, team_sections.HANDOVERS, Handover)
    _load_by_moment(hand, team_sections.OVERRIDES, WritingOverride)


def load_history_links(hand: ClientWriter) -> list[dict[str, int]]:
    """After a flush: corrections, moves of promises; returns what was covered in conversations."""
    for row, old in _corrections(hand):
        hand.note(assign_columns(row, {"supersedes_id": old.id}))
    for promise, given, place in rows_with_entries(hand, sections.PROMISES, Promise):
        if "moved" in given:
            _replace_moves(hand, promise, list_entries(given, "moved", place))
    links.load_links(hand)
    links.load_lessons(hand)
    return _load_covered(hand)


def _fill_interaction(
    hand: ClientWriter, row: Interaction, given: dict[str, Any], place: str
) -> None:
    is_new = row.received_at is None
    if is_new and given.get("outcome") is None:
        row.outcome = _USUAL_OUTCOME.get(row.kind, Outcome.SPOKE)
    if given.get("received") is not None:
        received = MOMENT.read(given["received"], f"{place}.received", hand.names)
        hand.note(assign_columns(row, {"received_at": received}))
    elif is_new:
        row.received_at = row.at
        row.reached = False


def _load_away(hand: ClientWriter) -> None:
    """The blocks of the book are all there are."""
    if "away" not in hand.given:
        return
    stored = hand.stored(Away)
    key = ("first_day",)
    pairs = match_by_key(
        sections.AWAY, hand.entries("away"), stored, key, hand.names, hand.warnings
    )
    kept = {id(row) for row, _, _ in pairs}
    for row in stored:
        if id(row) not in kept:
            hand.remove(row)
    for row, columns, place in pairs:
        check_date_order(columns["first_day"], columns["last_day"], place)
        hand.note(insert_or_update(Away, row, columns, client_id=hand.client.id))


def _load_agreements(hand: ClientWriter) -> None:
    """Known by day and stage; `date` is understood for `on`."""
    entries = []
    for place, given in hand.entries("agreements"):
        check_object(given, place)
        entries.append((place, {"on": given.get("date"), **given}))
    stored = hand.stored(Agreement)
    key = ("on", "stage")
    for row, columns, _ in match_by_key(
        sections.AGREEMENTS, entries, stored, key, hand.names, hand.warnings
    ):
        hand.note(insert_or_update(Agreement, row, columns, client_id=hand.client.id))


def _load_postponements(hand: ClientWriter) -> None:
    """Known by the moment they were said."""
    entries = hand.entries("postponements")
    stored = hand.stored(Postponement)
    pairs = match_by_key(
        sections.POSTPONEMENTS, entries, stored, ("at",), hand.names, hand.warnings
    )
    for (place, given), (row, columns, _) in zip(entries, pairs, strict=True):
        if row is None or given.get("until") is not None:
            columns.update(read_until(given.get("until"), f"{place}.until", hand.names))
        hand.note(insert_or_update(Postponement, row, columns, client_id=hand.client.id))


def _load_by_moment(hand: ClientWriter, section: Section, model: type[Any]) -> None:
    """Rows that are known by the moment at which they happened."""
    stored, entries = hand.stored(model), hand.entries(section.name)
    for row, columns, _ in match_by_key(
        section, entries, stored, ("at",), hand.names, hand.warnings
    ):
        hand.note(insert_or_update(model, row, columns, client_id=hand.client.id))


def _rows_by_ref(hand: ClientWriter, model: type[Any]) -> dict[str, Any]:
    return {row.ref: row for row in hand.rows[model]}


def _corrections(hand: ClientWriter) -> Iterator[tuple[Interaction, Interaction]]:
    """Each correction that the book names, with what it corrects."""
    known = _rows_by_ref(hand, Interaction)
    for row, given, place in rows_with_entries(hand, sections.INTERACTIONS, Interaction):
        if given.get("supersedes") is None:
            continue
        where = f"{place}.supersedes"
        old = resolve_ref(given["supersedes"], where, known, "no interaction of this client")
        if old is row:
            raise invalid_value(where, given["supersedes"], "the interaction itself")
        yield row, old


def _read_moves(hand: ClientWriter, entries: Entries) -> list[dict[str, Any]]:
    return [
        read_columns(sections.MOVES, given, place, hand.names, hand.warnings, new=True)
        for place, given in entries
    ]


def _due_after_moves(
    hand: ClientWriter, promise: Promise, given: dict[str, Any], place: str
) -> date:
    """The day of its last move, else the day first given."""
    if "moved" in given:
        days = [move["to"] for move in _read_moves(hand, list_entries(given, "moved", place))]
    else:
        days = [move.to for move in hand.existing.of(PromiseMove, promise.id)]
    return days[-1] if days else promise.due


def _replace_moves(hand: ClientWriter, promise: Promise, entries: Entries) -> None:
    """The moves of the book are all there are, in its order."""
    stored = hand.existing.of(PromiseMove, promise.id)
    moves = _read_moves(replace(hand, warnings=Warnings()), entries)
    for index, columns in enumerate(moves):
        row = stored[index] if index < len(stored) else None
        hand.note(insert_or_update(PromiseMove, row, columns, promise_id=promise.id))
    for row in stored[len(moves) :]:
        hand.remove(row)


def _load_covered(hand: ClientWriter) -> list[dict[str, int]]:
    known = _rows_by_ref(hand, ServiceRequest)
    added: list[dict[str, int]] = []
    for row, given, place in rows_with_entries(hand, sections.INTERACTIONS, Interaction):
        if "covered" not in given:
            continue
        refs = list_entries(given, "covered", place)
        what = "no request of this client"
        wanted = {resolve_ref(ref, where, known, what).id for where, ref in refs}
        present = set(hand.existing.covered.get(row.id, ()))
        added += [{"interaction_id": row.id, "request_id": one} for one in sorted(wanted - present)]
        if gone := present - wanted:
            of_row = covered.c.interaction_id == row.id
            session.execute(sa.delete(covered).where(of_row, covered.c.request_id.in_(gone)))
        hand.note(wanted != present)
    return added
