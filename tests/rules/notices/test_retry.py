"""When a push is tried again: 20 seconds, one minute, two, then every five."""

from datetime import UTC, datetime, timedelta

import pytest

from pwa.rules.notices.retry import next_try

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=4)


@pytest.mark.parametrize(
    ("tries", "asked", "chance", "seconds"),
    [
        (1, None, 0.0, 20),
        (2, None, 0.0, 60),
        (3, None, 0.0, 120),
        (4, None, 0.0, 300),
        (40, None, 0.0, 300),
        (1, None, 1.0, 24),
        (2, None, 0.5, 66),
        (1, 5.0, 0.0, 20),
        (1, 600.0, 1.0, 600),
    ],
)
def test_it_waits_longer_each_time_and_as_long_as_it_is_asked_to(tries, asked, chance, seconds):
    assert next_try(NOW, tries, asked, LATER, chance) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("left", "asked", "is_tried"), [(21, None, True), (20, None, False), (60, 90.0, False)]
)
def test_what_is_of_no_use_by_then_is_given_up(left, asked, is_tried):
    again = next_try(NOW, 1, asked, NOW + timedelta(seconds=left), 0.0)
    assert (again is not None) == is_tried
