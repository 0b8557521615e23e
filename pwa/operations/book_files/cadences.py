"""Loads the current cadence of a client, its earlier ones, and its intensifications."""

from datetime import date, datetime, time
from typing import Any

from pwa.db import session
from pwa.models import Cadence, Intensification
from pwa.operations.book_files import sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import check_object
from pwa.operations.book_files.matching import Entries, Match
from pwa.operations.book_files.values import DAY
from pwa.rules.scheduling.cadence import usual_stage


def load_cadences(writer: ClientWriter, since: date) -> None:
    """Write cadences and intensifications. A new client without a cadence gets the stage of its
    tier from the day `since`. Raises BadBook."""
    entry = writer.entry.get("cadence")
    if entry is None and writer.is_new:
        entry = {}
    current: list[tuple[str, Any]] = []
    if entry is not None:
        check_object(entry, f"{writer.path}.cadence")
        current = [(f"{writer.path}.cadence", _with_defaults(writer, entry, since))]
    if current or writer.entries("cadences"):
        _merge_cadences(writer, current)
    if (entry is not None and "intensified" in entry) or writer.entries("intensifications"):
        _merge_intensifications(writer, entry or {})


def _with_defaults(writer: ClientWriter, entry: dict[str, Any], since: date) -> dict[str, Any]:
    """The entry with stage and start filled in, from the stored cadence, else the defaults."""
    present = next((row for row in writer.stored_rows(Cadence) if row.ended_at is None), None)
    stage = present.stage if present else usual_stage(writer.client.tier)
    start = present.since if present else since
    filled = {name: value for name, value in entry.items() if value is not None}
    return {**entry, "stage": stage.value, "since": start.isoformat(), **filled}


def _merge_cadences(writer: ClientWriter, current: Entries) -> None:
    """Write cadences, matched by the day they began."""
    entries = [*writer.entries("cadences"), *current]
    stored = sorted(writer.stored_rows(Cadence), key=lambda row: row.ended_at is None)
    matches = writer.match_by_key(sections.CADENCE, entries, stored, ("since",))
    _write_versions(writer, Cadence, matches, stored, bool(current), bool(current))


def _merge_intensifications(writer: ClientWriter, entry: dict[str, Any]) -> None:
    """Write intensifications, matched by stage and reason."""
    entries = writer.entries("intensifications")
    intensified = entry.get("intensified")
    if intensified is not None:
        entries.append((f"{writer.path}.cadence.intensified", intensified))
    stored = sorted(writer.stored_rows(Intensification), key=lambda row: row.ended_at is None)
    key = ("stage", "reason")
    matches = writer.match_by_key(sections.INTENSIFIED, entries, stored, key)
    for (path, intensification), (row, columns, _) in zip(entries, matches, strict=True):
        if row is None or intensification.get("since") is not None:
            columns["created_at"] = _intensified_at(writer, intensification, path)
    _write_versions(
        writer, Intensification, matches, stored, intensified is not None, "intensified" in entry
    )


def _intensified_at(writer: ClientWriter, intensification: dict[str, Any], path: str) -> datetime:
    """The start of an intensification: its own first day, else that of the cadence."""
    since = intensification.get("since")
    day = DAY.read(since, f"{path}.since", writer.references) if since else _cadence_start(writer)
    return datetime.combine(day, time(0), writer.references.zone)


def _cadence_start(writer: ClientWriter) -> Any:
    rows = writer.rows.get(Cadence) or writer.stored_rows(Cadence)
    return next(
        (row.since for row in reversed(rows) if row.ended_at is None), writer.references.today
    )


def _write_versions(
    writer: ClientWriter,
    model: type[Any],
    matches: list[Match],
    stored: list[Any],
    current: bool,
    replaces: bool,
) -> None:
    """Write matched rows; where `current`, the last of them is the one that applies.

    Where it `replaces`, any other row that applied ends first: a client never has two cadences.
    """
    keep = matches[-1][0] if current else None
    for row in stored:
        if replaces and row is not keep and row.ended_at is None:
            writer.update(row, {"ended_at": writer.references.now})
            session.flush()
    all_rows = writer.rows[model] = list(stored)
    for index, (row, columns, _) in enumerate(matches):
        if current and index == len(matches) - 1:
            columns["ended_at"] = None
        elif row is None:
            columns["ended_at"] = columns["ended_at"] or writer.references.now
        if row is None:
            row = model(
                client_id=writer.client.id, **{"created_at": writer.references.now, **columns}
            )
            session.add(row)
            all_rows.append(row)
            writer.mark_changed(True)
        else:
            writer.update(row, columns)
