"""An overloaded day: the rows that fit, and those that would slip (R12)."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.models import User
from pwa.operations.accounts import covers
from pwa.operations.brief.brief import last_words
from pwa.operations.client_state.map_place import MapPlace
from pwa.operations.day_list.day_list import (
    arrange_rows,
    count_unseen,
    load_candidates,
    manager_context,
)
from pwa.operations.day_list.workload import DUE, Workload, workload_of
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.calendar import next_working_day
from pwa.rules.vocabulary.timezones import local_day

FURTHER = 100  # candidates read beyond what fits a day


@dataclass(frozen=True, slots=True)
class SlippingRow:
    """A row that does not fit, and its days of delay on the next working day."""

    row: Row
    days_late: int


@dataclass(frozen=True, slots=True)
class Overload:
    """The rows that fit, and those due that slip to `next_day`; `more` are due beyond them.

    `rest` can wait: missing preferences, quotes and roadmap meetings.
    """

    load: Workload
    fits: tuple[Row, ...]
    slips: tuple[SlippingRow, ...]
    rest: tuple[Row, ...]
    next_day: date
    more: int
    places: dict[int, MapPlace]


def for_manager(user: User, now: datetime) -> Overload:
    """The manager's day with a bounded number of slipping rows."""
    absent = covers.absent_for(user, now)
    candidates = load_candidates(user, now, absent, FURTHER)
    day_list = arrange_rows(candidates, user, now)
    today = local_day(now, user.zone)
    counts = last_words(None, user, absent, now)
    unseen = count_unseen(candidates, counts.due, today, now)
    fits, overflow = day_list.rows[: day_list.fits], day_list.rows[day_list.fits :]
    next_day = next_working_day(today, manager_context(user).calendar)
    return Overload(
        workload_of(day_list, unseen, user.capacity_minutes),
        fits,
        tuple(SlippingRow(row, _late_on(next_day, row)) for row in overflow if row.tier in DUE),
        tuple(row for row in overflow if row.tier not in DUE),
        next_day,
        unseen,
        {row.client_id: candidates[row.client_id].place for row in day_list.rows},
    )


def _late_on(day: date, row: Row) -> int:
    return max(0, (day - row.due).days) if row.due else 0
