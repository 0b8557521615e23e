"""Availability: when a contact may be called, in their own time zone (R4).

A day's window is half open. If its opening falls into a daylight-saving gap it opens later by the
gap, and closes later too if nothing would be left; of an ambiguous time the first counts. So
every day has exactly one window.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pwa.rules.vocabulary.calendar import (
    DAY,
    WEEKDAYS,
    Away,
    Calendar,
    away_until,
    is_weekly_rest,
    later,
)
from pwa.rules.vocabulary.enums import Channel
from pwa.rules.vocabulary.timezones import local_day, moment

OPENS = time(8)
CLOSES = time(17)
_MIDNIGHT = time(0)
# From here on a daylight-saving gap may carry a window past midnight.
_LATE = time(21)
_SEARCH_DAYS = 62
_LAST_DAY = date.max - timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AvailabilityPreference:
    """A contact's preferred channel, weekdays and hours; None where not stated."""

    channel: Channel | None = None
    days: frozenset[int] | None = None
    start: time | None = None
    end: time | None = None
    asked_on: date | None = None


UNKNOWN = AvailabilityPreference()


@dataclass(frozen=True, slots=True)
class CallWindow:
    """A half-open interval in UTC, from `opens` on and before `closes`."""

    opens: datetime
    closes: datetime

    def is_open(self, at: datetime) -> bool:
        return self.opens <= at < self.closes


@dataclass(frozen=True, slots=True)
class Availability:
    """A contact's availability: time zone, preferred hours, holidays, away blocks."""

    zone: ZoneInfo
    preference: AvailabilityPreference = UNKNOWN
    calendar: Calendar = WEEKDAYS
    away: Sequence[Away] = ()

    def on(self, day: date) -> CallWindow | None:
        """The window that opens on `day` in their zone; None if `day` is not a day to call.

        A stated weekday overrides the weekend, but not a holiday or an away block.
        """
        if not self.wants(day):
            return None
        return clock_window(day, *hours_of(self.preference), self.zone)

    def wants(self, day: date) -> bool:
        """Whether `day` in their zone is a day to call (R4)."""
        if self.away and away_until(day, self.away) is not None:
            return False
        days = self.preference.days
        if days and day.weekday() not in days:
            return False
        return self.calendar.is_working_day(day) or bool(
            days and is_weekly_rest(day, self.calendar)
        )

    def next(self, after: datetime) -> CallWindow | None:
        """The window open at `after`, or the next one to open.

        None without any within two months outside away blocks.
        """
        start, end = hours_of(self.preference)
        first = local_day(after, self.zone)
        if end <= start or end > _LATE:
            first -= DAY
        for day in self._days(first):
            if self.wants(day):
                window = clock_window(day, start, end, self.zone)
                if window.closes > after:
                    return window
        return None

    def open_at(self, at: datetime) -> bool:
        """Whether they can be called at `at`."""
        window = self.next(at)
        return window is not None and window.is_open(at)

    def next_opening(self, after: datetime) -> datetime | None:
        """`after` itself if a window is open then, else the next opening, or None."""
        window = self.next(after)
        return None if window is None else max(window.opens, after)

    def _days(self, day: date) -> Iterator[date]:
        for _ in range(_SEARCH_DAYS):
            last = away_until(day, self.away) if self.away else None
            day = day if last is None else later(last)
            if day > _LAST_DAY:
                return
            yield day
            day = later(day)


def hours_of(preference: AvailabilityPreference) -> tuple[time, time]:
    """Start and end as local times; what was not stated defaults to 8 and 17 (R4).

    "After six" alone lasts until midnight, "before seven" alone begins at midnight. An end at or
    before the start is on the next day.
    """
    start, end = preference.start, preference.end
    if start is None:
        start = OPENS if end is None or end > OPENS else _MIDNIGHT
    if end is None:
        end = CLOSES if start < CLOSES else _MIDNIGHT
    return start, end


@lru_cache(maxsize=8192)
def clock_window(day: date, start: time, end: time, zone: ZoneInfo) -> CallWindow:
    """The window from `start` to `end` in local time of `zone`, opening on `day`."""
    opens = moment(day, start, zone)
    closes = moment(day if end > start else day + DAY, end, zone)
    if closes <= opens:
        closes += _gap(day, start, zone)
    return CallWindow(opens, closes)


def _gap(day: date, clock: time, zone: ZoneInfo) -> timedelta:
    """The length of the daylight-saving gap at `clock` on `day`."""
    before = datetime.combine(day, clock, zone)
    after = before.replace(fold=1)
    return (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
