"""R11: what was not gone through leads the next brief."""

from datetime import date

import pytest

from pwa.rules.commitments.request_coverage import (
    CoveredDay,
    all_covered,
    last_conversation,
    uncovered,
)
from pwa.rules.scheduling.taper import OpenRequest
from tests.rules.build import FRI, MON, TUE, WED

ALARM, PORT, PRINTER = (OpenRequest(n, day) for n, day in ((1, MON), (2, TUE), (3, WED)))


@pytest.mark.parametrize(
    ("case", "requests", "last", "expected"),
    [
        ("never talked: nothing was left out", [ALARM], None, ()),
        ("nothing open", [], CoveredDay(WED), ()),
        ("not covered", [ALARM, PORT], CoveredDay(WED), (1, 2)),
        ("covered", [ALARM, PORT], CoveredDay(WED, frozenset({2})), (1,)),
        ("asked for on that very day", [ALARM, PRINTER], CoveredDay(WED), (1,)),
        ("opened after it", [PRINTER], CoveredDay(TUE), ()),
        ("in the order given", [PORT, ALARM], CoveredDay(FRI), (2, 1)),
    ],
)
def test_uncovered(case, requests, last, expected):
    assert tuple(request.id for request in uncovered(requests, last)) == expected, case


@pytest.mark.parametrize(
    ("case", "requests", "last", "expected"),
    [
        ("nothing open", [], None, True),
        ("never talked", [ALARM], None, False),
        ("every one", [ALARM, PORT], CoveredDay(WED, frozenset({1, 2, 9})), True),
        ("all but one", [ALARM, PORT], CoveredDay(WED, frozenset({1})), False),
        ("opened after it", [PRINTER], CoveredDay(date(2026, 11, 20)), False),
    ],
)
def test_all_covered(case, requests, last, expected):
    assert all_covered(requests, last) is expected, case


@pytest.mark.parametrize(
    ("case", "talks", "expected"),
    [
        ("never talked", [], None),
        ("the latest", [CoveredDay(MON), CoveredDay(TUE)], TUE),
        ("a letter about nothing named", [CoveredDay(MON), CoveredDay(TUE, live=False)], MON),
        (
            "a letter about the alarm",
            [CoveredDay(MON), CoveredDay(TUE, frozenset({1}), live=False)],
            TUE,
        ),
    ],
)
def test_the_last_conversation(case, talks, expected):
    latest = last_conversation(talks)
    assert (latest.day if latest else None) == expected, case
