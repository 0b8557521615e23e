"""Quiet hours: local times at which no notification is sent by itself (R13, R17)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pwa.rules.vocabulary.timezones import moment


def is_quiet(clock: time, start: time, end: time) -> bool:
    """Whether the local time `clock` is in the half-open range from `start` to `end`.

    The range wraps midnight if `end` is before `start`; it is empty if they are equal.
    """
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def first_not_quiet(clock: time, quiet_from: time, quiet_to: time) -> time:
    """`clock`, or `quiet_to` if `clock` is in quiet hours."""
    return quiet_to if is_quiet(clock, quiet_from, quiet_to) else clock


def end_of_quiet(at: datetime, zone: ZoneInfo, quiet_from: time, quiet_to: time) -> datetime:
    """The moment `at`, or the end of the quiet hours that it falls into in `zone`."""
    local = at.astimezone(zone)
    if not is_quiet(local.time(), quiet_from, quiet_to):
        return at
    day = local.date() if local.time() < quiet_to else local.date() + timedelta(days=1)
    return moment(day, quiet_to, zone)
