"""R12 and Definitions: an imported book is spread, never all today."""

from collections import Counter
from datetime import date, timedelta

import pytest

from pwa.rules.scheduling.spread import Newcomer, first_due_days
from pwa.rules.vocabulary.calendar import WEEKDAYS
from pwa.rules.vocabulary.enums import Stage, Tier
from tests.rules.build import FRI, MON, SAT, SUN, THU, TUE, WED, Holidays

NEXT_MON = MON + timedelta(days=7)


def spread(
    count, stage=Stage.WEEKLY, start=MON, capacity=240, planned=None, tier=Tier.C, calendar=WEEKDAYS
):
    newcomers = [Newcomer(tier, stage)] * count
    return Counter(first_due_days(newcomers, start, calendar, capacity, planned or {}))


@pytest.mark.parametrize(
    ("case", "due_days", "expected"),
    [
        ("evenly over the week", spread(10), dict.fromkeys((MON, TUE, WED, THU, FRI), 2)),
        (
            "not on holidays",
            spread(8, calendar=Holidays(TUE)),
            dict.fromkeys((MON, WED, THU, FRI), 2),
        ),
        (
            "from a Sunday on",
            spread(5, start=SUN),
            {NEXT_MON + timedelta(days=n): 1 for n in range(5)},
        ),
        (
            "less where much is due already",
            spread(9, capacity=40, planned={TUE: 30, WED: 40}),
            {MON: 3, TUE: 1, THU: 3, FRI: 2},
        ),
        (
            "full days are left out",
            spread(4, capacity=10, planned={WED: 10}),
            {MON: 1, TUE: 1, THU: 1, FRI: 1},
        ),
        (
            "too many: evenly all the same",
            spread(50, capacity=20),
            dict.fromkeys((MON, TUE, WED, THU, FRI), 10),
        ),
        ("daily: two days at least", spread(4, Stage.DAILY), {MON: 2, TUE: 2}),
        ("twice a week on a Friday", spread(4, Stage.TWICE_WEEKLY, FRI), {FRI: 2, NEXT_MON: 2}),
        ("nobody", spread(0), {}),
    ],
)
def test_spread(case, due_days, expected):
    assert due_days == expected, case


def test_five_hundred_monthly_clients_fit_a_month_of_days():
    due_days = spread(500, Stage.MONTHLY)
    assert len(due_days) == 22 and max(due_days.values()) <= 24
    assert all(MON <= day < date(2026, 12, 23) for day in due_days)


def test_a_before_b_before_c_and_otherwise_as_given():
    tiers = [Tier.C, Tier.B, Tier.A, Tier.C, Tier.A]
    newcomers = [Newcomer(tier, Stage.WEEKLY) for tier in tiers]
    assert first_due_days(newcomers, MON, WEEKDAYS, 240, {}) == [THU, WED, MON, FRI, TUE]


def test_denser_stages_choose_first_and_leave_less():
    newcomers = [Newcomer(Tier.C, Stage.MONTHLY)] * 17 + [Newcomer(Tier.C, Stage.WEEKLY)] * 5
    due_days = first_due_days(newcomers, MON, WEEKDAYS, 10, {})
    assert sorted(due_days[17:]) == [MON, TUE, WED, THU, FRI]
    assert all(day < date(2026, 12, 23) for day in due_days)
    assert len(set(due_days)) == 22
    assert not {SAT, SUN} & set(due_days)


def test_fifty_thousand_are_dealt_in_one_go():
    assert sum(spread(50_000, Stage.QUARTERLY).values()) == 50_000
