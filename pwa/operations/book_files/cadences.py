"""The cadence of a client, its earlier ones, and what makes it denser for a while."""

from datetime import datetime, time
from typing import Any

from pwa.db import session
from pwa.models import Cadence, Intensification
from pwa.operations.book_files import sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import assign_columns, check_object
from pwa.operations.book_files.matching import Entries, match_by_key
from pwa.operations.book_files.values import DAY
from pwa.rules.scheduling.cadence import usual_stage

Pairs = list[tuple[Any, dict[str, Any], str]]


def load_cadences(hand: ClientWriter, since: Any) -> None:
    """Write the rhythm. A client without one gets the stage of its tier from the day `since`."""
    given = hand.given.get("cadence")
    if given is None and hand.is_new:
        given = {}
    current: list[tuple[str, Any]] = []
    if given is not None:
        check_object(given, f"{hand.place}.cadence")
        current = [(f"{hand.place}.cadence", _with_defaults(hand, given, since))]
    if current or hand.entries("cadences"):
        _merge_cadences(hand, current)
    if (given is not None and "intensified" in given) or hand.entries("intensifications"):
        _merge_intensifications(hand, given or {})


def _with_defaults(hand: ClientWriter, given: dict[str, Any], since: Any) -> dict[str, Any]:
    """With stage and start: as they are where a cadence is there already, else the usual ones."""
    present = next((row for row in hand.stored(Cadence) if row.ended_at is None), None)
    stage = present.stage if present else usual_stage(hand.client.tier)
    start = present.since if present else since
    filled = {name: value for name, value in given.items() if value is not None}
    return {**given, "stage": stage.value, "since": start.isoformat(), **filled}


def _merge_cadences(hand: ClientWriter, current: Entries) -> None:
    """Cadences are known by the day they began."""
    entries = [*hand.entries("cadences"), *current]
    stored = sorted(hand.stored(Cadence), key=lambda row: row.ended_at is None)
    pairs = match_by_key(sections.CADENCE, entries, stored, ("since",), hand.names, hand.warnings)
    _write_versions(hand, Cadence, pairs, stored, bool(current), bool(current))


def _merge_intensifications(hand: ClientWriter, given: dict[str, Any]) -> None:
    """Intensifications are known by stage and reason."""
    entries = hand.entries("intensifications")
    dense = given.get("intensified")
    if dense is not None:
        entries.append((f"{hand.place}.cadence.intensified", dense))
    stored = sorted(hand.stored(Intensification), key=lambda row: row.ended_at is None)
    key = ("stage", "reason")
    pairs = match_by_key(sections.INTENSIFIED, entries, stored, key, hand.names, hand.warnings)
    for (place, entry), (row, columns, _) in zip(entries, pairs, strict=True):
        if row is None or entry.get("since") is not None:
            columns["created_at"] = _intensified_at(hand, entry, place)
    _write_versions(hand, Intensification, pairs, stored, dense is not None, "intensified" in given)


def _intensified_at(hand: ClientWriter, entry: dict[str, Any], place: str) -> datetime:
    """An intensification counts from its own first day, else from that of the cadence."""
    own = entry.get("since")
    day = DAY.read(own, f"{place}.since", hand.names) if own else _cadence_start(hand)
    return datetime.combine(day, time(0), hand.names.zone)


def _cadence_start(hand: ClientWriter) -> Any:
    rows = hand.rows.get(Cadence) or hand.stored(Cadence)
    return next((row.since for row in reversed(rows) if row.ended_at is None), hand.names.today)


def _write_versions(
    hand: ClientWriter,
    model: type[Any],
    pairs: Pairs,
    stored: list[Any],
    current: bool,
    replaces: bool,
) -> None:
    """Where `current`, the last pair is the one that applies. Where it `replaces`, whatever else
    applied has ended: it makes room first, because a client never has two cadences."""
    keep = pairs[-1][0] if current else None
    for row in stored:
        if replaces and row is not keep and row.ended_at is None:
            hand.note(assign_columns(row, {"ended_at": hand.names.now}))
            session.flush()
    everything = hand.rows[model] = list(stored)
    for index, (row, columns, _) in enumerate(pairs):
        if current and index == len(pairs) - 1:
            columns["ended_at"] = None
        elif row is None:
            columns["ended_at"] = columns["ended_at"] or hand.names.now
        if row is None:
            row = model(client_id=hand.client.id, **{"created_at": hand.names.now, **columns})
            session.add(row)
            everything.append(row)
            hand.note(True)
        else:
            hand.note(assign_columns(row, columns))
