"""Working days and away blocks; public holidays come from outside by the `Calendar` protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

DAY = timedelta(days=1)
_LONGEST_BREAK = 62


class Calendar(Protocol):
    """The working days of one country."""

    def is_working_day(self, day: date) -> bool:
        """False on the country's weekend and public holidays."""
        ...


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Monday to Friday without holidays, for an unknown country."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5


WEEKDAYS = Weekdays()


@dataclass(frozen=True, slots=True)
class Away:
    """An away block, both days included, in which a client is not called."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def away_until(day: date, away: Sequence[Away]) -> date | None:
    """The last day of the away block that holds `day`; None without one."""
    for block in away:
        if day in block:
            return block.last
    return None


def later(day: date, days: int = 1) -> date:
    """`day` plus `days`, at most `date.max`."""
    try:
        return day + (DAY if days == 1 else timedelta(days=days))
    except OverflowError:
        return date.max


def is_weekly_rest(day: date, calendar: Calendar) -> bool:
    """Whether `day` is off as a weekend day and not as a holiday.

    A calendar only tells that a day is off: a weekday that is off in the two weeks before and
    after is a weekend; Christmas Day and New Year's Day, a week apart, are not.
    """
    return not any(calendar.is_working_day(day + DAY * step) for step in (-14, -7, 0, 7, 14))


def previous_working_day(day: date, calendar: Calendar) -> date:
    """The last working day before `day`; the day before if there is none for two months."""
    candidate = day
    for _ in range(_LONGEST_BREAK):
        candidate -= DAY
        if calendar.is_working_day(candidate):
            return candidate
    return day - DAY


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after `day`; the next day if there is none for two months."""
    candidate = day
    for _ in range(_LONGEST_BREAK):
        candidate = later(candidate)
        if calendar.is_working_day(candidate):
            return candidate
    return later(day)
