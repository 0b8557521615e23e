"""When a push that did not arrive is tried again (R26)."""

from datetime import datetime, timedelta

BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (20, 60, 120, 300))
JITTER = 0.2  # of the rest, so that a service that comes back is not met by all at once


def next_try(
    now: datetime, tries: int, asked: float | None, expires_at: datetime, chance: float
) -> datetime | None:
    """When to try again after `tries` failures; None if it would be of no use by then.

    `asked` is what the push service asked for, in seconds (Retry-After), and is obeyed. `chance` is
    from 0 to 1 and lengthens the rest by up to a fifth.
    """
    rest = BACKOFF[min(tries, len(BACKOFF)) - 1]
    spread = rest * (1 + JITTER * chance)
    again = now + max(spread, timedelta(seconds=asked or 0.0))
    return again if again < expires_at else None
