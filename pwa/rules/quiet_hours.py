"""Quiet hours: the part of a person's day in which no notice begins by itself."""

from datetime import time


def is_quiet(clock: time, start: time, end: time) -> bool:
    """Whether `clock` lies from `start` on and before `end`, over midnight where end is earlier.

    All three are local times of one person. The same start and end means no quiet hours.
    """
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end
