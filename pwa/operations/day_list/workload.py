"""The workload of a day against its capacity, and how many rows would slip (R12)."""

from dataclasses import dataclass

from pwa.rules.day_list.day_list import DayList
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.vocabulary.enums import RowKind, RowTier

DUE = frozenset({RowTier.RECOVERY, RowTier.BOOKED, RowTier.PROMISE, RowTier.CADENCE})


@dataclass(frozen=True, slots=True)
class Workload:
    """Minutes due today (`asks`) against the capacity (`has`), and how many rows would slip.

    Rows that can wait (missing preferences, quotes, roadmap meetings) are not counted.
    """

    asks: int
    has: int
    slips: int

    @property
    def is_too_much(self) -> bool:
        """Whether a client who is due would slip."""
        return self.slips > 0


def workload_of(day_list: DayList, unseen: int, capacity_minutes: int) -> Workload:
    """The workload of a day; `unseen` clients due beyond the rows count as a usual call each."""
    due = [row for row in day_list.rows if row.tier in DUE]
    fits = sum(row.tier in DUE for row in day_list.rows[: day_list.fits])
    asks = sum(row.minutes for row in due) + unseen * USUAL[RowKind.CALL]
    return Workload(asks, capacity_minutes, len(due) - fits + unseen)
