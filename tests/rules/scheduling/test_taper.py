"""R9: a slower cadence is earned, offered, agreed, and never set silently."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pwa.rules.commitments.request_coverage import CoveredDay
from pwa.rules.scheduling.cadence import CadenceAgreement, IntensificationTerms, next_due
from pwa.rules.scheduling.taper import (
    OpenRequest,
    Reply,
    next_slower,
    offered_stage,
    on_schedule_streak,
)
from pwa.rules.vocabulary.calendar import WEEKDAYS, Away
from pwa.rules.vocabulary.enums import Priority, Stage
from pwa.rules.vocabulary.settings import DEFAULTS
from tests.rules.build import FRI, MON, SUN, THU, TUE, WED, Holidays

NEXT_MON, NEXT_TUE = date(2026, 11, 30), date(2026, 12, 1)
DAILY = CadenceAgreement(Stage.DAILY, MON)
ONE = replace(DEFAULTS, offer_after_daily=1)
KEPT = (MON, TUE)
ALARM = OpenRequest(1, date(2026, 11, 16), Priority.LOW)


def talks(*days: date, covered: frozenset[int] = frozenset()) -> list[CoveredDay]:
    return [CoveredDay(day, covered) for day in days]


def offered(
    agreement: CadenceAgreement = DAILY,
    days: tuple[date, ...] = KEPT,
    wanted: frozenset[int] | None = None,
    **facts: Any,
) -> Stage | None:
    """What is offered on Wednesday, after two daily conversations and with nothing open."""
    arguments: dict[str, Any] = {
        "talks": talks(*days),
        "requests_open": [],
        "recoveries_open": 0,
        "answers": [],
        "today": WED,
        "calendar": WEEKDAYS,
        **facts,
    }
    return offered_stage(agreement, **arguments, days=wanted)


def test_two_daily_conversations_on_schedule_earn_twice_a_week():
    assert offered() is Stage.TWICE_WEEKLY


@pytest.mark.parametrize(
    ("case", "facts"),
    [
        ("one is not enough", {"days": (MON,), "today": TUE}),
        ("a day counts once", {"talks": talks(MON), "today": TUE}),
        ("never talked", {"days": ()}),
        ("a recovery is open", {"recoveries_open": 1}),
        (
            "a high request is open, though gone through",
            {
                "requests_open": [replace(ALARM, priority=Priority.HIGH)],
                "talks": talks(*KEPT, covered=frozenset({1})),
            },
        ),
        (
            "a medium one",
            {
                "requests_open": [replace(ALARM, priority=Priority.MEDIUM)],
                "talks": talks(*KEPT, covered=frozenset({1})),
            },
        ),
        ("a low one was not gone through", {"requests_open": [ALARM]}),
        (
            "one was opened after the last conversation",
            {
                "requests_open": [ALARM, OpenRequest(2, WED, Priority.LOW)],
                "talks": talks(*KEPT, covered=frozenset({1})),
            },
        ),
        (
            "gone through, but not in the last one",
            {
                "requests_open": [ALARM],
                "talks": [*talks(MON, covered=frozenset({1})), *talks(TUE)],
            },
        ),
        ("the present one is late", {"today": THU}),
        ("one was late", {"days": (MON, WED), "today": THU}),
        ("the first was late", {"days": (TUE, WED), "today": THU}),
        ("they said not yet", {"answers": [Reply(TUE, Stage.TWICE_WEEKLY, declined=True)]}),
        ("it was agreed only now", {"answers": [Reply(MON, Stage.DAILY)]}),
        (
            "intensified",
            {
                "agreement": CadenceAgreement(
                    Stage.TWICE_WEEKLY, MON, IntensificationTerms(Stage.DAILY, FRI)
                ),
                "numbers": replace(DEFAULTS, offer_after_twice_weekly=1),
            },
        ),
        ("those before its start do not count", {"agreement": CadenceAgreement(Stage.DAILY, TUE)}),
        ("those still to come do not count", {"days": (MON, TUE), "today": MON}),
    ],
)
def test_nothing_is_offered(case, facts):
    assert offered(**facts) is None, case


@pytest.mark.parametrize(
    ("case", "facts"),
    [
        (
            "every open one gone through, and it can wait",
            {"requests_open": [ALARM], "talks": talks(*KEPT, covered=frozenset({1}))},
        ),
        (
            "over the weekend",
            {"agreement": CadenceAgreement(Stage.DAILY, THU), "days": (THU, FRI), "today": SUN},
        ),
        ("a holiday between", {"days": (MON, WED), "today": THU, "calendar": Holidays(TUE)}),
        ("away between", {"days": (MON, THU), "today": FRI, "away": [Away(TUE, WED)]}),
        (
            "a day they do not want",
            {"days": (MON, WED), "today": WED, "wanted": frozenset({0, 2, 4})},
        ),
        ("late once, then kept", {"days": (MON, WED, THU, FRI), "today": FRI}),
        (
            "not yet, long ago",
            {"answers": [Reply(date(2026, 11, 20), Stage.WEEKLY, declined=True)]},
        ),
        ("an administrator asks for one only", {"days": (MON,), "today": TUE, "numbers": ONE}),
    ],
)
def test_it_is_offered(case, facts):
    assert offered(**facts) is Stage.TWICE_WEEKLY, case


@pytest.mark.parametrize(
    ("stage", "allowed", "expected"),
    [
        (Stage.TWICE_WEEKLY, False, Stage.WEEKLY),
        (Stage.WEEKLY, False, None),
        (Stage.WEEKLY, True, Stage.FORTNIGHTLY),
        (Stage.FORTNIGHTLY, False, None),
        (Stage.FORTNIGHTLY, True, Stage.MONTHLY),
        (Stage.MONTHLY, True, Stage.QUARTERLY),
        (Stage.QUARTERLY, True, None),
    ],
)
def test_below_weekly_only_where_an_administrator_allows_it(stage, allowed, expected):
    numbers = replace(
        DEFAULTS, below_weekly=allowed, offer_after_weekly=1, offer_after_twice_weekly=1
    )
    assert offered(CadenceAgreement(stage, MON), numbers=numbers) is expected


def test_weekly_and_slower_have_a_day_of_grace():
    weekly = CadenceAgreement(Stage.WEEKLY, MON)
    assert on_schedule_streak(weekly, talks(TUE, date(2026, 12, 2)), [], WEEKDAYS) == 2
    assert on_schedule_streak(weekly, talks(TUE, date(2026, 12, 3)), [], WEEKDAYS) == 0


def test_conversations_of_a_denser_time_count_for_nothing_and_break_nothing():
    dense = IntensificationTerms(Stage.DAILY, FRI, "migration", since=TUE)
    twice = CadenceAgreement(Stage.TWICE_WEEKLY, MON, dense)
    assert on_schedule_streak(twice, talks(MON, TUE, WED, THU, FRI, NEXT_MON), [], WEEKDAYS) == 2


def test_the_first_is_due_as_the_one_before_the_cadence_says():
    """The list showed Thursday, three days after Monday: nobody was late on Thursday."""
    assert (
        on_schedule_streak(CadenceAgreement(Stage.TWICE_WEEKLY, TUE), talks(MON, THU), [], WEEKDAYS)
        == 1
    )
    assert (
        on_schedule_streak(CadenceAgreement(Stage.TWICE_WEEKLY, TUE), talks(THU), [], WEEKDAYS) == 0
    )


def test_after_quarterly_there_is_nothing_slower():
    assert [next_slower(stage) for stage in Stage] == [*list(Stage)[1:], None]


def test_the_office_manager_who_was_called_daily_then_twice_a_week_then_weekly():
    story = Story(Stage.DAILY, MON)
    story.talk(1)
    assert story.offered() is None
    story.talk(1)
    assert story.offered() is Stage.TWICE_WEEKLY
    story.talk(1)
    story.answer(Stage.TWICE_WEEKLY)

    for _ in range(4):
        assert story.offered() is None
        story.talk(1)
    assert story.offered() is Stage.WEEKLY
    story.talk(1)
    story.answer(Stage.WEEKLY, declined=True)

    for _ in range(4):
        assert story.offered() is None
        story.talk(1)
    assert story.offered() is Stage.WEEKLY
    story.talk(1)
    story.answer(Stage.WEEKLY)

    story.talk(12)
    assert story.offered() is None
    story.numbers = replace(DEFAULTS, below_weekly=True)
    assert story.offered() is Stage.FORTNIGHTLY


class Story:
    """A client who is called on every day on which a call is due, and what they answer."""

    def __init__(self, stage: Stage, since: date) -> None:
        self.agreement = CadenceAgreement(stage, since)
        self.today = since - timedelta(days=1)
        self.talks: list[CoveredDay] = []
        self.answers: list[Reply] = []
        self.numbers = DEFAULTS

    def talk(self, times: int) -> None:
        for _ in range(times):
            last = self.talks[-1].day if self.talks else None
            self.today = next_due(self.agreement.stage, last, self.agreement.since, WEEKDAYS)
            self.talks.append(CoveredDay(self.today))

    def answer(self, stage: Stage, declined: bool = False) -> None:
        self.answers.append(Reply(self.today, stage, declined))
        if not declined:
            self.agreement = CadenceAgreement(stage, self.today)

    def offered(self) -> Stage | None:
        facts: dict[str, Any] = {"today": self.today, "calendar": WEEKDAYS}
        return offered_stage(
            self.agreement, self.talks, [], 0, self.answers, **facts, numbers=self.numbers
        )
