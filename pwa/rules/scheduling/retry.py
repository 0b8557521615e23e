"""Backoff after a failed call attempt (R21)."""

from datetime import datetime, timedelta

from pwa.rules.scheduling.availability import Availability

PAUSE = timedelta(hours=1)
SHORTEST = timedelta(minutes=15)


def retry_at(last: datetime, reach: Availability) -> datetime | None:
    """The moment of the next attempt after the one at `last` (R21); None without any window.

    Half of what remains of the window later, and at least an hour. With less than an hour left
    half of it is enough; with less than half an hour left it is the next window's opening.
    """
    window = reach.next(last)
    if window is None:
        return None
    if not window.is_open(last):
        return max(window.opens, min(last + PAUSE, window.closes))
    rest = window.closes - last
    pause = max(PAUSE, rest / 2) if rest > PAUSE else rest / 2
    if pause < SHORTEST:
        return reach.next_opening(window.closes)
    return (last + pause).replace(second=0, microsecond=0)
