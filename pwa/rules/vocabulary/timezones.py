"""Conversion between UTC moments and local days and times.

Cached, as a day list converts the same few zones and days many times.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=8192)
def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC moment of the local time `clock` on `day` in `zone`.

    A time in a daylight-saving gap moves forward by the gap (02:30 becomes 03:30); of an ambiguous
    time it is the first.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)


@lru_cache(maxsize=8192)
def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The local day in `zone` at the moment `at`."""
    return at.astimezone(zone).date()
