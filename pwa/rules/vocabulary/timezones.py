"""Between moments (UTC) and the days and clock times of a zone.

The answers are kept: a day list asks for the same few zones and days again and again.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=8192)
def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC moment at which the clocks of `zone` show `clock` on `day`.

    A time that the clocks leap over moves forward by the gap (02:30 becomes 03:30); of a time
    that they show twice it is the first.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)


@lru_cache(maxsize=8192)
def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The day that it is in `zone` at the moment `at`."""
    return at.astimezone(zone).date()
