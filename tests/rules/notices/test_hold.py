"""What a page in use holds back, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from pwa.rules.notices.hold import hold_until
from pwa.rules.vocabulary.notice_kind import NoticeKind as K

NOW = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.mark.parametrize(
    ("kind", "due", "useful", "used", "held"),
    [
        (K.PROMISE, 0, 7200, 0, 60),
        (K.PROMISE, 0, 7200, -20, 40),  # until a minute after the last touch
        (K.PROMISE, -45, 7200, 0, 15),  # a minute in all
        (K.PROMISE, -60, 7200, 0, None),
        (K.PROMISE, 0, 7200, -60, None),
        (K.PROMISE, 0, 7200, None, None),
        (K.PROMISE, 0, 7200, 30, None),  # before the clock was set back
        (K.BOOKED, 0, 600, 0, 60),  # of use for five minutes after the booked time
        (K.BOOKED, 0, 450, 0, 30),  # no nearer than two minutes
        (K.BOOKED, 0, 420, 0, None),
        (K.RECOVERY, 0, 120, 0, None),  # its deadline
        (K.TEST, 0, 300, 0, None),
    ],
)
def test_it_is_held_while_a_page_is_in_use_a_minute_at_most(kind, due, useful, used, held):
    used_at = None if used is None else NOW + seconds(used)
    end = hold_until(kind, NOW + seconds(due), NOW + seconds(useful), used_at, NOW)
    assert end == (None if held is None else NOW + seconds(held))
