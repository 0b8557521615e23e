"""Quiet hours: the part of a person's day in which no notice begins by itself (R13, R17)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pwa.rules.vocabulary.timezones import moment


def is_quiet(clock: time, start: time, end: time) -> bool:
    """Whether `clock` lies from `start` on and before `end`, over midnight where end is earlier.

    All three are local times of one person. The same start and end means no quiet hours.
    """
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def first_not_quiet(clock: time, quiet_from: time, quiet_to: time) -> time:
    """`clock`, or where that is quiet the hour at which it no longer is."""
    return quiet_to if is_quiet(clock, quiet_from, quiet_to) else clock


def end_of_quiet(at: datetime, zone: ZoneInfo, quiet_from: time, quiet_to: time) -> datetime:
    """The moment `at`, or where that is quiet on the clocks of `zone` the next one that is not."""
    local = at.astimezone(zone)
    if not is_quiet(local.time(), quiet_from, quiet_to):
        return at
    day = local.date() if local.time() < quiet_to else local.date() + timedelta(days=1)
    return moment(day, quiet_to, zone)
