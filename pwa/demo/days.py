"""Days and moments of the demo, counted from the day it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Today:
    """The moment of loading, with days relative to it in Oslo."""

    now: datetime

    @property
    def day(self) -> date:
        return self.now.astimezone(OSLO).date()

    @property
    def worked(self) -> date:
        """Today, or the Friday before: what is due on a weekend was due then."""
        return last_working_day(self.day)

    def ago(self, days: int) -> date:
        """A working day about that long before the last one worked."""
        return last_working_day(self.worked - DAY * days)

    def ahead(self, days: int) -> date:
        """A working day about that far ahead, always after today."""
        day = self.day + DAY * days
        while day.weekday() >= 5 or day <= self.day:
            day += DAY
        return day


def last_working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - DAY * max(0, day.weekday() - 4)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of the day in Oslo."""
    return datetime.combine(day, time(hour, minute), OSLO)
