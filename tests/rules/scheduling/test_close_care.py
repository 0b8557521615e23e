"""R12: what close care costs, planned for and shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pwa.rules.commitments.request_coverage import CoveredDay
from pwa.rules.scheduling.cadence import CadenceAgreement, IntensificationTerms
from pwa.rules.scheduling.close_care import Care, is_close, weekly_care
from pwa.rules.vocabulary.enums import Stage
from pwa.rules.vocabulary.settings import DEFAULTS
from tests.rules.build import FRI, MON

LONG_AGO = date(2026, 1, 1)
FOR_A_WEEK = IntensificationTerms(Stage.DAILY, FRI, "migration", since=MON)


@pytest.mark.parametrize(
    ("case", "agreement", "expected"),
    [
        ("daily", CadenceAgreement(Stage.DAILY, LONG_AGO), True),
        ("twice a week", CadenceAgreement(Stage.TWICE_WEEKLY, LONG_AGO), True),
        ("weekly", CadenceAgreement(Stage.WEEKLY, LONG_AGO), False),
        ("intensified to daily", CadenceAgreement(Stage.WEEKLY, LONG_AGO, FOR_A_WEEK), True),
        (
            "intensified to weekly",
            CadenceAgreement(Stage.QUARTERLY, LONG_AGO, IntensificationTerms(Stage.WEEKLY)),
            True,
        ),
        (
            "it is over",
            CadenceAgreement(Stage.WEEKLY, LONG_AGO, IntensificationTerms(Stage.DAILY, MON)),
            False,
        ),
    ],
)
def test_close_care(case, agreement, expected):
    assert is_close(agreement, FRI) is expected, case


@pytest.mark.parametrize(
    ("case", "agreement", "usual", "planned"),
    [
        ("five calls of ten", CadenceAgreement(Stage.DAILY, LONG_AGO), 10, 50),
        ("five calls of twenty", CadenceAgreement(Stage.DAILY, LONG_AGO), 20, 100),
        ("never less than half an hour", CadenceAgreement(Stage.TWICE_WEEKLY, LONG_AGO), 10, 30),
        ("two visits", CadenceAgreement(Stage.TWICE_WEEKLY, LONG_AGO), 45, 90),
        ("intensified", CadenceAgreement(Stage.WEEKLY, LONG_AGO, FOR_A_WEEK), 9, 45),
        (
            "one visit a week",
            CadenceAgreement(Stage.MONTHLY, LONG_AGO, IntensificationTerms(Stage.WEEKLY)),
            45,
            45,
        ),
    ],
)
def test_what_a_week_is_planned_with(case, agreement, usual, planned):
    assert weekly_care(agreement, [], usual, FRI) == Care(planned, 0), case


def test_the_least_is_for_an_administrator_to_say():
    numbers = replace(DEFAULTS, care_minutes=60)
    assert weekly_care(CadenceAgreement(Stage.DAILY, LONG_AGO), [], 10, FRI, numbers) == Care(60, 0)


def test_what_was_had_is_by_the_week_over_four_weeks():
    talks = [CoveredDay(FRI - timedelta(days=n), minutes=38) for n in (0, 7, 14, 27, 28)]
    assert weekly_care(CadenceAgreement(Stage.DAILY, LONG_AGO), talks, 10, FRI) == Care(50, 38)


def test_close_care_that_began_this_week_is_not_spread_over_four():
    talks = [
        CoveredDay(MON - timedelta(days=7), minutes=40),
        CoveredDay(MON, minutes=20),
        CoveredDay(FRI, minutes=15),
    ]
    assert weekly_care(
        CadenceAgreement(Stage.WEEKLY, LONG_AGO, FOR_A_WEEK), talks, 10, FRI
    ) == Care(50, 35)


def test_no_close_care_has_no_hours():
    assert weekly_care(CadenceAgreement(Stage.WEEKLY, LONG_AGO), [], 10, FRI) is None
