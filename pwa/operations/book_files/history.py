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
from pwa.operations.book_files.fields import Section, check_object, put, read, rows
from pwa.operations.book_files.links import given_rows
from pwa.operations.book_files.matching import Entries, by_key, check_known, check_order, store
from pwa.operations.book_files.postponement_value import read_until
from pwa.operations.book_files.problems import Warnings
from pwa.operations.book_files.values import MOMENT, wrong
from pwa.rules.vocabulary.enums import Kind, Outcome

_USUAL_OUTCOME = {
    Kind.VISIT: Outcome.VISITED,
    Kind.EMAIL: Outcome.WRITTEN,
    Kind.TEXT: Outcome.WRITTEN,
}


def load(hand: ClientWriter) -> None:
    """Write every list of the client; what names rows of another list comes in `link`."""
    hand.merge(sections.REQUESTS, ServiceRequest)
    for row, given, place in hand.merge(sections.INTERACTIONS, Interaction):
        _complete(hand, row, given, place)
    for row, old in _corrections(hand):
        hand.note(put(old, {"superseded_at": row.received_at}))
    for promise, given, place in hand.merge(sections.PROMISES, Promise):
        hand.note(put(promise, {"falls_due": _falls_due(hand, promise, given, place)}))
    hand.merge(sections.BOOKINGS, Booking)
    for recovery, given, place in hand.merge(sections.RECOVERIES, Recovery):
        if "live" in given:
            live = given["live"] and MOMENT.read(given["live"], f"{place}.live", hand.names)
            hand.note(put(recovery, {"live": live}))
    _away(hand)
    _agreements(hand)
    _postponements(hand)
    _moments(hand, team_sections.HANDOVERS, Handover)
    _moments(hand, team_sections.OVERRIDES, WritingOverride)


def link(hand: ClientWriter) -> list[dict[str, int]]:
    """After a flush: corrections, moves of promises; returns what was covered in conversations."""
    for row, old in _corrections(hand):
        hand.note(put(row, {"supersedes_id": old.id}))
    for promise, given, place in given_rows(hand, sections.PROMISES, Promise):
        if "moved" in given:
            _replace_moves(hand, promise, rows(given, "moved", place))
    links.load(hand)
    links.lessons(hand)
    return _covered(hand)


def _complete(hand: ClientWriter, row: Interaction, given: dict[str, Any], place: str) -> None:
    is_new = row.received_at is None
    if is_new and given.get("outcome") is None:
        row.outcome = _USUAL_OUTCOME.get(row.kind, Outcome.SPOKE)
    if given.get("received") is not None:
        received = MOMENT.read(given["received"], f"{place}.received", hand.names)
        hand.note(put(row, {"received_at": received}))
    elif is_new:
        row.received_at = row.at
        row.reached = False


def _away(hand: ClientWriter) -> None:
    """The blocks of the book are all there are."""
    if "away" not in hand.given:
        return
    stored = hand.stored(Away)
    key = ("first_day",)
    pairs = by_key(sections.AWAY, hand.entries("away"), stored, key, hand.names, hand.warnings)
    kept = {id(row) for row, _, _ in pairs}
    for row in stored:
        if id(row) not in kept:
            hand.remove(row)
    for row, columns, place in pairs:
        check_order(columns["first_day"], columns["last_day"], place)
        hand.note(store(Away, row, columns, client_id=hand.client.id))


def _agreements(hand: ClientWriter) -> None:
    """Known by day and stage; `date` is understood for `on`."""
    entries = []
    for place, given in hand.entries("agreements"):
        check_object(given, place)
        entries.append((place, {"on": given.get("date"), **given}))
    stored = hand.stored(Agreement)
    key = ("on", "stage")
    for row, columns, _ in by_key(
        sections.AGREEMENTS, entries, stored, key, hand.names, hand.warnings
    ):
        hand.note(store(Agreement, row, columns, client_id=hand.client.id))


def _postponements(hand: ClientWriter) -> None:
    """Known by the moment they were said."""
    entries = hand.entries("postponements")
    stored = hand.stored(Postponement)
    pairs = by_key(sections.POSTPONEMENTS, entries, stored, ("at",), hand.names, hand.warnings)
    for (place, given), (row, columns, _) in zip(entries, pairs, strict=True):
        if row is None or given.get("until") is not None:
            columns.update(read_until(given.get("until"), f"{place}.until", hand.names))
        hand.note(store(Postponement, row, columns, client_id=hand.client.id))


def _moments(hand: ClientWriter, section: Section, model: type[Any]) -> None:
    """Rows that are known by the moment at which they happened."""
    stored, entries = hand.stored(model), hand.entries(section.name)
    for row, columns, _ in by_key(section, entries, stored, ("at",), hand.names, hand.warnings):
        hand.note(store(model, row, columns, client_id=hand.client.id))


def _by_ref(hand: ClientWriter, model: type[Any]) -> dict[str, Any]:
    return {row.ref: row for row in hand.rows[model]}


def _corrections(hand: ClientWriter) -> Iterator[tuple[Interaction, Interaction]]:
    """Each correction that the book names, with what it corrects."""
    known = _by_ref(hand, Interaction)
    for row, given, place in given_rows(hand, sections.INTERACTIONS, Interaction):
        if given.get("supersedes") is None:
            continue
        where = f"{place}.supersedes"
        old = check_known(given["supersedes"], where, known, "no interaction of this client")
        if old is row:
            raise wrong(where, given["supersedes"], "the interaction itself")
        yield row, old


def _read_moves(hand: ClientWriter, entries: Entries) -> list[dict[str, Any]]:
    return [
        read(sections.MOVES, given, place, hand.names, hand.warnings, new=True)
        for place, given in entries
    ]


def _falls_due(hand: ClientWriter, promise: Promise, given: dict[str, Any], place: str) -> date:
    """The day of its last move, else the day first given."""
    if "moved" in given:
        days = [move["to"] for move in _read_moves(hand, rows(given, "moved", place))]
    else:
        days = [move.to for move in hand.existing.of(PromiseMove, promise.id)]
    return days[-1] if days else promise.due


def _replace_moves(hand: ClientWriter, promise: Promise, entries: Entries) -> None:
    """The moves of the book are all there are, in its order."""
    stored = hand.existing.of(PromiseMove, promise.id)
    moves = _read_moves(replace(hand, warnings=Warnings()), entries)
    for index, columns in enumerate(moves):
        row = stored[index] if index < len(stored) else None
        hand.note(store(PromiseMove, row, columns, promise_id=promise.id))
    for row in stored[len(moves) :]:
        hand.remove(row)


def _covered(hand: ClientWriter) -> list[dict[str, int]]:
    known = _by_ref(hand, ServiceRequest)
    added: list[dict[str, int]] = []
    for row, given, place in given_rows(hand, sections.INTERACTIONS, Interaction):
        if "covered" not in given:
            continue
        refs = rows(given, "covered", place)
        what = "no request of this client"
        wanted = {check_known(ref, where, known, what).id for where, ref in refs}
        present = set(hand.existing.covered.get(row.id, ()))
        added += [{"interaction_id": row.id, "request_id": one} for one in sorted(wanted - present)]
        if gone := present - wanted:
            of_row = covered.c.interaction_id == row.id
            session.execute(sa.delete(covered).where(of_row, covered.c.request_id.in_(gone)))
        hand.note(wanted != present)
    return added
