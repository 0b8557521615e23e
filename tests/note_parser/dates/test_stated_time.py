"""The day and the time that a sentence names, whatever it is about."""

from datetime import date, datetime, time

import pytest

from pwa.note_parser import stated_time

FRIDAY = datetime.fromisoformat("2026-11-20T10:40+01:00")


@pytest.mark.parametrize(
    ("text", "deadline", "expected"),
    [
        ("lovely weather", False, (None, None)),
        ("Tuesday the router would have to be there", True, (date(2026, 11, 24), None)),
        ("we might meet on Tuesday at ten", False, (date(2026, 11, 24), time(10))),
        ("Thursday or Friday", True, (date(2026, 11, 27), None)),
        ("Thursday or Friday", False, (date(2026, 11, 26), None)),
        ("yesterday", True, (None, None)),
    ],
)
def test_the_day_and_the_time(text, deadline, expected):
    assert stated_time(text, FRIDAY, deadline=deadline) == expected
