"""Whether we did what we said we would do, by the day the client knew of (R17, R18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pwa.rules.vocabulary.calendar import Calendar, previous_working_day


class PromiseStatus(StrEnum):
    """What became of a promise (R17). Moved is still open, on a later day that the client knows."""

    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    MOVED = "moved"
    OPEN = "open"

    @property
    def is_miss(self) -> bool:
        """Whether the client waited in vain for it."""
        return self is PromiseStatus.LATE or self is PromiseStatus.BROKEN


@dataclass(frozen=True, slots=True)
class Move:
    """Another day for a promise. `told` is the day the client heard of it; None: they did not.

    `on` is the day we moved it; None where nobody wrote that down.
    """

    to: date
    told: date | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """A promise: the day first given, the day it was kept, and its moves in their order."""

    due: date
    kept: date | None = None
    moves: Sequence[Move] = ()


def expected_date(due: date, moves: Iterable[Move], today: date = date.max) -> date:
    """The day by which the client expects it (R17).

    A move counts when they were told before the day that they expected until then. One that they
    were not told of, or heard of on that day or later, changes nothing for them: they waited. What
    happened after `today` is not known yet.
    """
    known = due
    for move in moves:
        if move.told and move.told <= today and move.told < known:
            known = move.to
    return known


def working_due_date(due: date, moves: Sequence[Move], today: date) -> date:
    """The day on which it has to be done or said: that of the last move, or the earlier one that
    the client still expects, having heard of no other (R17)."""
    made = [move for move in moves if move.on is None or move.on <= today]
    last = made[-1].to if made else due
    return min(last, expected_date(due, made, today))


def status_of(due: date, moves: Sequence[Move], kept: date | None, today: date) -> PromiseStatus:
    """What has become of a promise at the end of `today`'s knowledge (R17).

    All days are those of the manager's zone. Kept on or before the day the client expects it is
    KEPT, later is LATE. Open with that day gone is BROKEN, also when we moved it without telling
    them in time; the day itself is not gone yet. Open with a move that they know of is MOVED, else
    OPEN. Something kept after `today` is still open on `today`.
    """
    known = expected_date(due, moves, today)
    if kept and kept <= today:
        return PromiseStatus.KEPT if kept <= known else PromiseStatus.LATE
    if known < today:
        return PromiseStatus.BROKEN
    return PromiseStatus.MOVED if known != due else PromiseStatus.OPEN


def days_late(due: date, moves: Iterable[Move], kept: date | None, today: date) -> int:
    """Calendar days between the day the client expected it and the day it came (R18), else 0.

    One that is still open is as late as it is `today`.
    """
    came = kept if kept and kept <= today else today
    return max(0, (came - expected_date(due, moves, today)).days)


def kept_ratio(promises: Iterable[PromiseTerms], today: date) -> tuple[int, int]:
    """How many were kept in time, of how many (R18).

    Of those that were kept, in time or late, and those that are broken. What is open and not yet
    due counts on neither side.
    """
    found = [status_of(one.due, one.moves, one.kept, today) for one in promises]
    settled = [one for one in found if one is PromiseStatus.KEPT or one.is_miss]
    return settled.count(PromiseStatus.KEPT), len(settled)


def reminder_date(due: date, calendar: Calendar) -> date:
    """The working day before (R17): for a Monday the Friday, for a Sunday too."""
    return previous_working_day(due, calendar)
