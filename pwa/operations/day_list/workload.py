"""How much a day asks for, and how many would slip (R12)."""

from dataclasses import dataclass

from pwa.rules.day_list.day_list import DayList
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.vocabulary.enums import RowKind, RowTier

DUE = frozenset({RowTier.RECOVERY, RowTier.BOOKED, RowTier.PROMISE, RowTier.CADENCE})


@dataclass(frozen=True, slots=True)
class Workload:
    """What is due today against what the day has, in minutes; how many would slip.

    What only stands there for when there is time, debts of preference, quotes and roadmap meetings,
    asks for nothing.
    """

    asks: int
    has: int
    slips: int

    @property
    def is_too_much(self) -> bool:
        """Whether somebody who is due would not hear from us today."""
        return self.slips > 0


def workload_of(listed: DayList, unseen: int, capacity_minutes: int) -> Workload:
    """The load of a day; `unseen` are due beyond the rows, each taken as a call."""
    due = [row for row in listed.rows if row.tier in DUE]
    fits = sum(row.tier in DUE for row in listed.rows[: listed.fits])
    asks = sum(row.minutes for row in due) + unseen * USUAL[RowKind.CALL]
    return Workload(asks, capacity_minutes, len(due) - fits + unseen)
