"""R21: put off again and again, tried again and again."""

import pytest

from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.day_list.postponements import (
    consecutive_postponements,
    days_unreached,
    deadline_of,
    needs_a_reason,
)
from pwa.rules.day_list.reason import Reason
from pwa.rules.vocabulary.enums import (
    Channel,
    Direction,
    Kind,
    Outcome,
    ReasonCode,
    RowTier,
)
from tests.rules.build import BEN, DANA, MON, OSLO, failed_attempt, oslo


@pytest.mark.parametrize(
    ("case", "postponed", "last", "count"),
    [
        ("never", [], None, 0),
        ("never contacted", [-9, -3], None, 2),
        ("since the last contact", [-9, -3, -1], -5, 2),
        ("at the moment of the contact", [-5, -3], -5, 1),
        ("talked since", [-9, -3], 0, 0),
    ],
)
def test_postponed_in_a_row(case, postponed, last, count):
    moments = [oslo(MON, "09:00", day) for day in postponed]
    assert (
        consecutive_postponements(moments, None if last is None else oslo(MON, "09:00", last))
        == count
    ), case


def at(day, clock="09:00"):
    return oslo(MON, clock, day)


def heard(day, kind=Kind.CALL, outcome=Outcome.SPOKE, contact=DANA, wanted=None):
    return ContactEvent(contact, kind, Direction.OUT, outcome, at(day), wanted)


VAIN = [failed_attempt(Outcome.BUSY, at(-3)), failed_attempt(Outcome.VOICEMAIL, at(-2))]


@pytest.mark.parametrize(
    ("case", "interactions", "days"),
    [
        ("nothing", [], 0),
        ("two days", VAIN, 2),
        ("three days", [*VAIN, failed_attempt(Outcome.NO_ANSWER, at(0))], 3),
        ("twice on one day", [*VAIN, failed_attempt(Outcome.BUSY, at(-2, "15:00"))], 2),
        (
            "a weekend between",
            [failed_attempt(Outcome.BUSY, at(-3)), failed_attempt(Outcome.BUSY, at(0))],
            2,
        ),
        ("not in", [failed_attempt(Outcome.NOT_IN, at(0))], 1),
        ("the day of our clocks", [failed_attempt(Outcome.BUSY, at(0, "00:10"))] + VAIN, 3),
        ("a wrong number", [failed_attempt(Outcome.WRONG_NUMBER, at(0))], 0),
        ("another person", [failed_attempt(Outcome.BUSY, at(0), BEN)], 0),
        ("reached since", [*VAIN, heard(0)], 0),
        ("reached between", [*VAIN, heard(-1), failed_attempt(Outcome.BUSY, at(0))], 1),
        ("reached a colleague", [*VAIN, heard(0, contact=BEN)], 2),
        ("written to who wants calls", [*VAIN, heard(0, Kind.EMAIL, Outcome.WRITTEN)], 2),
        (
            "written to who wants mail",
            [*VAIN, heard(0, Kind.EMAIL, Outcome.WRITTEN, wanted=Channel.EMAIL)],
            0,
        ),
    ],
)
def test_days_unreached(case, interactions, days):
    for order in (interactions, interactions[::-1]):
        assert days_unreached(order, DANA, OSLO) == days, case


def step(tier, reason, at=None):
    return Reason(tier, reason, None, MON, at)


LATE = step(RowTier.CADENCE, ReasonCode.CADENCE_LATE)
OWED = step(RowTier.PROMISE, ReasonCode.PROMISE_DUE)
BOOKED = step(RowTier.BOOKED, ReasonCode.BOOKED, at(0, "15:00"))
WRONG = [step(RowTier.RECOVERY, ReasonCode.RECOVERY, at(0, clock)) for clock in ("14:20", "11:00")]


@pytest.mark.parametrize(
    ("case", "steps", "put_off", "needed"),
    [
        ("a call", [LATE], 1, False),
        ("the third time", [LATE], 2, True),
        ("nothing on the list", [], 0, False),
        ("a promise beside a call", [LATE, OWED], 0, True),
        ("a recovery", WRONG, 0, True),
        ("a booked time", [BOOKED], 0, False),
    ],
)
def test_why_is_asked_where_it_matters(case, steps, put_off, needed):
    assert needs_a_reason(steps, put_off) is needed, case


def test_the_first_deadline_is_the_one_that_is_said():
    assert deadline_of([LATE, BOOKED]) is None
    assert deadline_of([BOOKED, *WRONG]) == at(0, "11:00")
