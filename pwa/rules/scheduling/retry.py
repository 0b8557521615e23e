"""When somebody who was not reached is tried again (R21)."""

from datetime import datetime, timedelta

from pwa.rules.scheduling.availability import Availability

PAUSE = timedelta(hours=1)
SHORTEST = timedelta(minutes=15)


def retry_at(last: datetime, reach: Availability) -> datetime | None:
    """The next moment for a try after the one at `last`; None when no window is in sight.

    Half way through what remains of the window, and not within the hour. Where less than an hour
    remains half way will do, and with less than half an hour it is the next window's beginning.
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
