"""Which days are worked. Public holidays come from outside, behind one small protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

DAY = timedelta(days=1)
_LONGEST_BREAK = 62


class Calendar(Protocol):
    """The working days of one country."""

    def is_working_day(self, day: date) -> bool:
        """False on the country's weekend and its public holidays."""
        ...


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Monday to Friday without holidays, for a country that nobody named."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5


WEEKDAYS = Weekdays()


@dataclass(frozen=True, slots=True)
class Away:
    """A stretch of days, both ends included, in which a client is not to be called."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def away_until(day: date, away: Sequence[Away]) -> date | None:
    """The last day of the block that holds `day`; None when the client is there."""
    for block in away:
        if day in block:
            return block.last
    return None


def later(day: date, days: int = 1) -> date:
    """`day` plus `days`, at most the last day there is."""
    try:
        return day + (DAY if days == 1 else timedelta(days=days))
    except OverflowError:
        return date.max


def is_weekly_rest(day: date, calendar: Calendar) -> bool:
    """Whether `day` is off because of its weekday and not because of a holiday.

    A calendar tells only that a day is off. A weekday that is off two weeks running on either
    side is a weekend; Christmas Day and New Year's Day, a week apart, are not.
    """
    return not any(calendar.is_working_day(day + DAY * step) for step in (-14, -7, 0, 7, 14))


def previous_working_day(day: date, calendar: Calendar) -> date:
    """The last working day before `day`.

    A calendar without one for two months is taken as wrong: then simply the day before.
    """
    candidate = day
    for _ in range(_LONGEST_BREAK):
        candidate -= DAY
        if calendar.is_working_day(candidate):
            return candidate
    return day - DAY


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after `day`.

    A calendar without one for two months is taken as wrong: then simply the next day.
    """
    candidate = day
    for _ in range(_LONGEST_BREAK):
        candidate = later(candidate)
        if calendar.is_working_day(candidate):
            return candidate
    return later(day)
