"""R17, R18: what became of a promise, how many were kept, and when to warn."""

from datetime import date, timedelta

import pytest

from pwa.rules.commitments.promises import (
    Move,
    PromiseStatus,
    PromiseTerms,
    days_late,
    expected_date,
    kept_ratio,
    reminder_date,
    status_of,
    working_due_date,
)
from tests.rules.build import FRI, MON, SAT, SUN, THU, TUE, WED, Holidays

KEPT, LATE, BROKEN, MOVED, OPEN = PromiseStatus
NEXT = MON + timedelta(days=7)


@pytest.mark.parametrize(
    ("case", "moves", "kept", "today", "expected"),
    [
        # Given for Wednesday.
        ("open before its day", [], None, TUE, OPEN),
        ("open on its day", [], None, WED, OPEN),
        ("open the day after", [], None, THU, BROKEN),
        ("kept before its day", [], TUE, THU, KEPT),
        ("kept on its day", [], WED, THU, KEPT),
        ("kept the day after", [], THU, FRI, LATE),
        ("kept tomorrow, seen from its day", [], THU, WED, OPEN),
        ("kept on Friday, seen from Thursday", [], FRI, THU, BROKEN),
        # Moved to Friday.
        ("moved, told the day before", [Move(FRI, TUE)], None, THU, MOVED),
        ("moved, told the day before, its day", [Move(FRI, TUE)], None, FRI, MOVED),
        ("moved, told the day before, then gone", [Move(FRI, TUE)], None, SAT, BROKEN),
        ("moved, told, and kept on the new day", [Move(FRI, TUE)], FRI, SAT, KEPT),
        ("moved, told, and kept after it", [Move(FRI, TUE)], SAT, SUN, LATE),
        ("moved, told on the day itself", [Move(FRI, WED)], None, THU, BROKEN),
        ("moved, told on the day, before it is over", [Move(FRI, WED)], None, WED, OPEN),
        ("moved, told on the day, and kept as said", [Move(FRI, WED)], FRI, SAT, LATE),
        ("moved, told afterwards", [Move(FRI, THU)], None, THU, BROKEN),
        ("moved, told afterwards, kept as said", [Move(FRI, THU)], FRI, FRI, LATE),
        ("moved and never told", [Move(FRI)], None, THU, BROKEN),
        ("moved and not told yet", [Move(FRI)], None, TUE, OPEN),
        ("moved, not told, and kept in time after all", [Move(FRI)], WED, FRI, KEPT),
        ("moved and not told, kept on the new day", [Move(FRI)], FRI, FRI, LATE),
        ("told on Tuesday, seen from Monday", [Move(FRI, TUE)], None, MON, OPEN),
        # More than one move.
        ("moved twice, told in time", [Move(FRI, TUE), Move(NEXT, THU)], None, SAT, MOVED),
        ("told of the first only", [Move(FRI, TUE), Move(NEXT)], None, SAT, BROKEN),
        ("told of the second only", [Move(FRI), Move(NEXT, TUE)], None, SAT, MOVED),
        ("told of the second too late", [Move(FRI), Move(NEXT, THU)], None, FRI, BROKEN),
        ("too late once stays too late", [Move(FRI, WED), Move(NEXT, THU)], None, THU, BROKEN),
        ("brought forward and told", [Move(TUE, MON)], None, WED, BROKEN),
        ("brought forward and kept", [Move(TUE, MON)], TUE, WED, KEPT),
        ("brought forward in silence", [Move(TUE)], None, WED, OPEN),
    ],
)
def test_what_became_of_a_promise(case, moves, kept, today, expected):
    assert status_of(WED, moves, kept, today) is expected, case


@pytest.mark.parametrize(
    ("case", "moves", "today", "expected"),
    [
        ("never moved", [], SAT, WED),
        ("moved, told", [Move(FRI, TUE)], WED, FRI),
        ("moved in silence", [Move(FRI)], WED, WED),
        ("told too late", [Move(FRI, WED)], WED, WED),
        ("told of the first only", [Move(FRI, TUE), Move(NEXT)], WED, FRI),
        ("brought forward in silence", [Move(TUE)], MON, TUE),
        ("moved on a later day than this", [Move(FRI, TUE, TUE)], MON, WED),
    ],
)
def test_we_work_to_the_day_the_client_expects_or_an_earlier_one(case, moves, today, expected):
    assert working_due_date(WED, moves, today) == expected, case


def test_the_day_known_is_the_last_one_told_in_time():
    moves = [Move(FRI, TUE), Move(NEXT, THU), Move(date(2026, 12, 24), None)]
    assert expected_date(WED, moves) == NEXT
    assert expected_date(WED, moves, today=WED) == FRI
    assert expected_date(WED, moves, today=MON) == WED


@pytest.mark.parametrize(
    ("moves", "kept", "today", "days"),
    [
        ([], WED, FRI, 0),
        ([], FRI, NEXT, 2),
        ([], None, FRI, 2),
        ([], None, WED, 0),
        ([Move(FRI, TUE)], SAT, NEXT, 1),
        ([Move(FRI, WED)], FRI, NEXT, 2),
    ],
)
def test_how_late_is_counted_from_the_day_they_expected_it(moves, kept, today, days):
    assert days_late(WED, moves, kept, today) == days


def test_the_ledger_counts_what_was_kept_or_has_passed():
    promises = [
        PromiseTerms(WED, kept=TUE),
        PromiseTerms(WED, kept=WED),
        PromiseTerms(WED, kept=FRI),
        PromiseTerms(WED),
        PromiseTerms(SAT),
        PromiseTerms(FRI),
        PromiseTerms(WED, moves=[Move(SAT, TUE)]),
        PromiseTerms(WED, FRI, [Move(FRI, TUE)]),
        PromiseTerms(SAT, kept=THU),
        PromiseTerms(WED, FRI, [Move(FRI)]),
    ]
    assert kept_ratio(promises, FRI) == (4, 7)
    assert kept_ratio([], FRI) == (0, 0)


@pytest.mark.parametrize(
    ("due", "holidays", "expected"),
    [
        (WED, (), TUE),
        (NEXT, (), FRI),
        (SUN, (), FRI),
        (SAT, (), FRI),
        (WED, (TUE, MON), date(2026, 11, 20)),
    ],
)
def test_the_warning_comes_on_the_working_day_before(due, holidays, expected):
    assert reminder_date(due, Holidays(*holidays)) == expected
