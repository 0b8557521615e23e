"""Promises: status by the day the client expects (R17), lateness and kept ratio (R18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pwa.rules.vocabulary.calendar import Calendar, previous_working_day


class PromiseStatus(StrEnum):
    """The status of a promise (R17). MOVED is open with a later day that the client knows."""

    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    MOVED = "moved"
    OPEN = "open"

    @property
    def is_miss(self) -> bool:
        """Whether the client's expected day passed without it."""
        return self is PromiseStatus.LATE or self is PromiseStatus.BROKEN


@dataclass(frozen=True, slots=True)
class Move:
    """A new due day of a promise.

    `told` is the day the client was told, None for not told; `on` the day of the move, None for
    unknown.
    """

    to: date
    told: date | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """A promise: its first due day, the day it was kept, and its moves in order."""

    due: date
    kept: date | None = None
    moves: Sequence[Move] = ()


def expected_date(due: date, moves: Iterable[Move], today: date = date.max) -> date:
    """The day on which the client expects the promise (R17), as known on `today`.

    A move counts only if the client was told before the day that they expected until then.
    """
    known = due
    for move in moves:
        if move.told and move.told <= today and move.told < known:
            known = move.to
    return known


def working_due_date(due: date, moves: Sequence[Move], today: date) -> date:
    """The day to work to (R17): the last move's, or the client's expected day if earlier."""
    made = [move for move in moves if move.on is None or move.on <= today]
    last = made[-1].to if made else due
    return min(last, expected_date(due, made, today))


def status_of(due: date, moves: Sequence[Move], kept: date | None, today: date) -> PromiseStatus:
    """The status of a promise as known on `today` (R17), in days of the manager's zone.

    KEPT by the client's expected day, LATE after it. BROKEN if still open after that day, also
    when moved without telling them in time. MOVED if open with a move that they know of, else
    OPEN. A promise kept after `today` is still open.
    """
    known = expected_date(due, moves, today)
    if kept and kept <= today:
        return PromiseStatus.KEPT if kept <= known else PromiseStatus.LATE
    if known < today:
        return PromiseStatus.BROKEN
    return PromiseStatus.MOVED if known != due else PromiseStatus.OPEN


def days_late(due: date, moves: Iterable[Move], kept: date | None, today: date) -> int:
    """Calendar days from the client's expected day to `kept`, or to `today` if open (R18).

    At least 0.
    """
    end = kept if kept and kept <= today else today
    return max(0, (end - expected_date(due, moves, today)).days)


def kept_ratio(promises: Iterable[PromiseTerms], today: date) -> tuple[int, int]:
    """The number of promises kept in time, and of all kept, late or broken (R18).

    Promises that are open and not yet due count in neither.
    """
    statuses = [status_of(p.due, p.moves, p.kept, today) for p in promises]
    settled = [s for s in statuses if s is PromiseStatus.KEPT or s.is_miss]
    return settled.count(PromiseStatus.KEPT), len(settled)


def reminder_date(due: date, calendar: Calendar) -> date:
    """The working day before `due` (R17): the Friday for a Monday or a weekend day."""
    return previous_working_day(due, calendar)
