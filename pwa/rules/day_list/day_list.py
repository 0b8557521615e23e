"""The day list: the rows, their order, and how many fit the day (R4, R19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest
from typing import Any

from pwa.rules.day_list.client_state import ClientState, ManagerContext
from pwa.rules.day_list.reason import FAR_FUTURE
from pwa.rules.day_list.row import Row, row_for
from pwa.rules.vocabulary.enums import ReasonCode, RowTier

DEBTS_A_DAY = 3
CANNOT_WAIT = frozenset({RowTier.RECOVERY, RowTier.BOOKED})


@dataclass(frozen=True, slots=True)
class DayList:
    """The rows in order; the first `fits` rows fit the day's capacity."""

    rows: tuple[Row, ...]
    fits: int

    @property
    def more(self) -> int:
        """The number of rows that do not fit."""
        return len(self.rows) - self.fits


def rows(clients: Iterable[ClientState], manager: ManagerContext, now: datetime) -> list[Row]:
    """The row of each client that has one, in input order."""
    return [row for client in clients if (row := row_for(client, manager, now)) is not None]


def arrange(rows: Iterable[Row], capacity_minutes: int, debts: int = DEBTS_A_DAY) -> DayList:
    """The sorted day list (R19), with at most `debts` rows for missing preferences (R4).

    Those due soonest stay. The sort key of a row depends on the row alone.
    """
    ordered = sorted(_with_few_debts(rows, debts), key=sort_key)
    return DayList(tuple(ordered), _fitting(ordered, capacity_minutes))


def sort_key(row: Row) -> tuple[Any, ...]:
    """Sort key of the list (R19): tier, then the order within the tier, then name.

    Recoveries sort by deadline and bookings by time. Other tiers: reachable now before later, the
    window that closes first, then the earliest ready time, then lateness times weight.
    """
    tier = row.tier
    if tier is RowTier.RECOVERY or tier is RowTier.BOOKED:
        inside: tuple[Any, ...] = (row.at or FAR_FUTURE,)
    else:
        inside = (ReasonCode.ROADMAP in (row.reason, row.step.of), *_reachable(row), -row.need)
    return (tier.rank, *inside, row.client_name.casefold(), row.client_id)


def _reachable(row: Row) -> tuple[bool, datetime, datetime]:
    return (
        not row.open_now,
        FAR_FUTURE if row.open_now else row.waits_until or FAR_FUTURE,
        row.window.closes if row.window else FAR_FUTURE,
    )


def _with_few_debts(rows: Iterable[Row], debts: int) -> list[Row]:
    kept: list[Row] = []
    owed: list[Row] = []
    for row in rows:
        (owed if row.tier is RowTier.PREFERENCE else kept).append(row)
    return kept + nsmallest(max(0, debts), owed, key=_soonest)


def _soonest(row: Row) -> tuple[date, str, int]:
    return (row.due or date.max, row.client_name.casefold(), row.client_id)


def _fitting(rows: list[Row], capacity_minutes: int) -> int:
    """The number of leading rows within the capacity, at least 1; `CANNOT_WAIT` always fits."""
    spent = fits = 0
    for row in rows:
        spent += row.minutes
        if row.tier not in CANNOT_WAIT and spent > capacity_minutes and fits:
            break
        fits += 1
    return fits
