"""The breaker of a push service, failure by failure."""

from datetime import UTC, datetime, timedelta

import pytest

from pwa.rules.notices.breaker import (
    CLOSED,
    FIRST_REST,
    LONGEST_REST,
    THRESHOLD,
    Breaker,
    after_failure,
    room,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def failed(times: int, breaker: Breaker = CLOSED) -> tuple[Breaker, datetime]:
    """The breaker after so many failures, each as soon as it is asked, and when the last was."""
    now = NOW
    for _ in range(times):
        now = max(now, breaker.open_until or now)
        breaker = after_failure(breaker, now)
    return breaker, now


@pytest.mark.parametrize(
    ("failures", "rest"),
    [
        (THRESHOLD - 1, None),
        (THRESHOLD, FIRST_REST),
        (THRESHOLD + 1, 2 * FIRST_REST),
        (THRESHOLD + 2, 4 * FIRST_REST),
        (THRESHOLD + 4, LONGEST_REST),
        (THRESHOLD + 500, LONGEST_REST),
    ],
)
def test_it_opens_for_longer_and_longer(failures, rest):
    breaker, now = failed(failures)
    assert breaker.open_until == (now + rest if rest else None)


def test_what_was_on_its_way_when_it_opened_prolongs_nothing():
    breaker, _ = failed(THRESHOLD)
    assert after_failure(breaker, NOW + SECOND) == breaker


def test_it_says_since_when_it_is_open():
    assert failed(THRESHOLD + 3)[0].opened_at == NOW


OPEN = Breaker(THRESHOLD, NOW, NOW + FIRST_REST)


@pytest.mark.parametrize(
    ("breaker", "in_flight", "at", "left"),
    [
        (CLOSED, 0, NOW, 100),
        (CLOSED, 99, NOW, 1),
        (CLOSED, 100, NOW, 0),
        (CLOSED, 130, NOW, 0),
        (Breaker(THRESHOLD - 1), 0, NOW, 100),
        (OPEN, 0, NOW, 0),
        (OPEN, 0, NOW + FIRST_REST - SECOND, 0),
        (OPEN, 0, NOW + FIRST_REST, 1),  # one, to see whether it answers again
        (OPEN, 1, NOW + FIRST_REST, 0),
        (OPEN, 0, NOW - timedelta(days=1), 1),  # the clock was set back
    ],
)
def test_how_many_may_be_on_their_way(breaker, in_flight, at, left):
    assert room(breaker, in_flight, 100, at) == left
