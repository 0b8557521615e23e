"""The circuit breaker of a push service: nothing waits for one that does not answer (R26)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

THRESHOLD = 5  # failures in a row
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Breaker:
    """The state of one push service: `failures` in a row, and until when it is left alone."""

    failures: int = 0
    opened_at: datetime | None = None
    open_until: datetime | None = None


CLOSED = Breaker()  # once the service has answered, whatever it said of the push itself


def after_failure(breaker: Breaker, now: datetime) -> Breaker:
    """The breaker after no answer, or an answer that the service itself is out of order.

    The fifth in a row opens it for half a minute, each further one for twice as long.
    """
    failures = breaker.failures + 1
    if failures < THRESHOLD:
        return replace(breaker, failures=failures)
    if breaker.open_until and now < breaker.open_until:  # was on its way when it opened
        return breaker
    rest = min(LONGEST_REST, FIRST_REST * 2 ** min(failures - THRESHOLD, 10))
    return Breaker(failures, breaker.opened_at or now, now + rest)


def room(breaker: Breaker, in_flight: int, most: int, now: datetime) -> int:
    """How many more pushes may be on their way to the service.

    None while the breaker is open; a single one, to see whether it answers again, after that. An
    end further ahead than the longest rest is from before the clock was set back.
    """
    if breaker.open_until is None:
        return max(0, most - in_flight)
    if now < breaker.open_until <= now + LONGEST_REST:
        return 0
    return 1 if in_flight == 0 else 0
