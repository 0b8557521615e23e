"""Which row is first, and what is left of a day: one answer for every screen and notice (R19, R26).

Used by the list, the digest, the evening, the badge and the board, so that a count is the same
count wherever it is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.enums import RowKind, RowTier
from pwa.rules.vocabulary.timezones import local_day


class Limit(StrEnum):
    """How the time of a row limits it."""

    AT = "at"  # agreed for that time
    BY = "by"  # the deadline of a recovery
    BEFORE = "before"  # the contact's window closes


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left: video calls count as calls. `first` is the row to do now."""

    calls: int
    visits: int
    writes: int
    first: Row | None

    @property
    def total(self) -> int:
        """How many rows are left: the number on the app's icon."""
        return self.calls + self.visits + self.writes


@dataclass(frozen=True, slots=True)
class Progress:
    """A manager's day in numbers, for the ring, the heading, the rows and the board alike.

    `rows` are those that fit the day, `more` are due beyond them. `done` counts who was talked
    with and who was written to, and promises kept.
    """

    done: int
    rows: Sequence[Row]
    more: int = 0

    @property
    def left(self) -> Remaining:
        """What is left, as the heading says it."""
        return remaining(self.rows)

    @property
    def total(self) -> int:
        """What the day has in all: what is done and what is left."""
        return self.done + self.left.total


def first_row(rows: Iterable[Row]) -> Row | None:
    """The first row that can be done now; the first of all if every row waits (R19).

    `rows` are in the order of the list. A recovery leads it, so its deadline beats the window of
    any other row; while its contact cannot be reached, whoever can be reached goes first.
    """
    in_order = tuple(rows)
    return next((row for row in in_order if row.open_now), next(iter(in_order), None))


def remaining(rows: Sequence[Row]) -> Remaining:
    """What is left of the rows of a day."""
    kinds = [row.kind for row in rows]
    writes, visits = kinds.count(RowKind.WRITE), kinds.count(RowKind.VISIT)
    return Remaining(len(kinds) - writes - visits, visits, writes, first_row(rows))


def limit_of(row: Row, now: datetime, zone: ZoneInfo) -> tuple[Limit, datetime] | None:
    """The time on the day of `now` that limits a row, and how; None without any still to come.

    A booked time or a recovery's deadline beats the contact's window.
    """
    limit = _limit(row)
    if limit is None or limit[1] <= now:
        return None
    return limit if local_day(limit[1], zone) == local_day(now, zone) else None


def _limit(row: Row) -> tuple[Limit, datetime] | None:
    if row.at and row.tier is RowTier.BOOKED:
        return Limit.AT, row.at
    if row.at and row.tier is RowTier.RECOVERY:
        return Limit.BY, row.at
    return (Limit.BEFORE, row.window.closes) if row.window else None
