"""R8, R10 and the definitions of due, late, on schedule and quiet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.rules.scheduling.cadence import (
    CadenceAgreement,
    IntensificationTerms,
    effective_due,
    effective_stage,
    is_overdue,
    lateness,
    next_due,
    on_schedule,
    usable_from,
    usual_stage,
    weighted_lateness,
)
from pwa.rules.scheduling.intensification import (
    ended_intensification,
    ending_intensification,
    ends_intensification,
)
from pwa.rules.vocabulary.calendar import WEEKDAYS, Away, is_weekly_rest, next_working_day
from pwa.rules.vocabulary.enums import Stage, Tier
from tests.rules.build import FRI, MON, SAT, SUN, THU, TUE, WED, Holidays

LONG_AGO = date(2026, 1, 1)
CHRISTMAS = Holidays(date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("case", "stage", "last", "expected"),
    [
        ("daily: the next working day", Stage.DAILY, MON, TUE),
        ("daily over the weekend", Stage.DAILY, FRI, date(2026, 11, 30)),
        ("twice a week: three days later", Stage.TWICE_WEEKLY, MON, THU),
        ("twice a week into the weekend", Stage.TWICE_WEEKLY, WED, date(2026, 11, 30)),
        ("weekly", Stage.WEEKLY, MON, date(2026, 11, 30)),
        ("fortnightly", Stage.FORTNIGHTLY, MON, date(2026, 12, 7)),
        ("monthly", Stage.MONTHLY, MON, date(2026, 12, 23)),
        ("monthly from the 31st", Stage.MONTHLY, date(2027, 5, 31), date(2027, 6, 30)),
        ("monthly from 31 January", Stage.MONTHLY, date(2028, 1, 31), date(2028, 2, 29)),
        ("quarterly over the year's end", Stage.QUARTERLY, date(2026, 11, 30), date(2027, 3, 1)),
        ("into Christmas", Stage.WEEKLY, date(2026, 12, 17), date(2026, 12, 28)),
        ("never contacted: the start day", Stage.WEEKLY, None, LONG_AGO),
        ("contact on a Sunday counts from Sunday", Stage.WEEKLY, SUN, date(2026, 12, 7)),
    ],
)
def test_next_due(case, stage, last, expected):
    assert next_due(stage, last, LONG_AGO, CHRISTMAS) == expected, case


@pytest.mark.parametrize(
    ("case", "day", "away", "days", "expected"),
    [
        ("an away block is skipped", MON, [Away(MON, WED)], None, THU),
        ("and the weekend behind it", MON, [Away(MON, FRI)], None, date(2026, 11, 30)),
        ("blocks that touch", MON, [Away(TUE, WED), Away(MON, MON)], None, THU),
        ("a day the contact does not want", MON, [], {2, 3}, WED),
        ("wanted but away", MON, [Away(WED, WED)], {2, 3}, THU),
        ("only weekends wanted: their word wins", MON, [], {5, 6}, SAT),
        ("only Sundays wanted", MON, [], {6}, SUN),
        ("no day named is any day", MON, [], set(), MON),
        ("every day named keeps the weekend off", SAT, [], set(range(7)), date(2026, 11, 30)),
        ("half a year away", MON, [Away(MON, date(2027, 5, 21))], None, date(2027, 5, 24)),
        ("away for good", MON, [Away(MON, date.max)], None, MON),
    ],
)
def test_usable_day(case, day, away, days, expected):
    wanted = None if days is None else frozenset(days)
    assert usable_from(day, WEEKDAYS, away, wanted) == expected, case


def test_a_calendar_without_working_days_does_not_search_for_ever():
    class Never:
        def is_working_day(self, day: date) -> bool:
            return False

    assert usable_from(MON, Never()) == MON
    assert next_working_day(MON, Never()) == TUE


def test_christmas_and_new_year_are_no_weekend():
    assert not is_weekly_rest(date(2026, 12, 25), CHRISTMAS)
    assert is_weekly_rest(SAT, CHRISTMAS)


def test_a_denser_stage_counts_from_the_last_contact_too():
    assert next_due(Stage.DAILY, MON - timedelta(days=20), MON, WEEKDAYS) == date(2026, 11, 4)


DENSE = CadenceAgreement(
    Stage.WEEKLY, LONG_AGO, IntensificationTerms(Stage.DAILY, THU, "migration")
)


@pytest.mark.parametrize(
    ("case", "agreement", "last", "today", "expected", "intensified"),
    [
        ("dense while it lasts", DENSE, MON, MON, TUE, True),
        ("still dense on the last day", DENSE, WED, THU, THU, True),
        ("the last dense call leads back", DENSE, THU, THU, date(2026, 12, 3), False),
        ("time alone ends it", DENSE, MON, FRI, date(2026, 11, 30), False),
        (
            "without an end it stands",
            CadenceAgreement(Stage.WEEKLY, LONG_AGO, IntensificationTerms(Stage.DAILY)),
            MON,
            FRI,
            TUE,
            True,
        ),
        (
            "a sparser one changes nothing",
            CadenceAgreement(Stage.DAILY, LONG_AGO, IntensificationTerms(Stage.WEEKLY)),
            MON,
            MON,
            TUE,
            False,
        ),
    ],
)
def test_intensified(case, agreement, last, today, expected, intensified):
    due = effective_due(agreement, last, today, WEEKDAYS)
    assert (due.day, due.intensified is not None) == (expected, intensified), case


def begun(since: date, until: date | None = THU, stage: Stage = Stage.WEEKLY) -> CadenceAgreement:
    return CadenceAgreement(
        stage, LONG_AGO, IntensificationTerms(Stage.DAILY, until, "migration", since)
    )


@pytest.mark.parametrize(
    ("case", "agreement", "last", "today", "expected"),
    [
        ("never due before it began", begun(WED), date(2026, 11, 19), WED, WED),
        ("nor when never contacted", begun(WED), None, WED, WED),
        ("begun on a Sunday", begun(SUN, None), FRI, SUN, date(2026, 11, 30)),
        ("begun before the last contact", begun(MON), TUE, TUE, WED),
        ("looked at before it began", begun(WED), date(2026, 11, 20), TUE, date(2026, 11, 27)),
    ],
)
def test_an_intensification_is_due_from_its_first_day_on(case, agreement, last, today, expected):
    assert effective_due(agreement, last, today, WEEKDAYS).day == expected, case


@pytest.mark.parametrize(
    ("case", "agreement", "today", "expected"),
    [
        ("another would follow", begun(MON), WED, False),
        ("the next would come after the end", begun(MON), THU, True),
        ("over the weekend", begun(MON, SUN), FRI, True),
        ("it stands for good", begun(MON, None), FRI, False),
        ("it is over", begun(MON), FRI, False),
        ("no denser than what is agreed", begun(MON, THU, Stage.DAILY), THU, False),
    ],
)
def test_the_last_dense_conversation(case, agreement, today, expected):
    assert ends_intensification(agreement, today, WEEKDAYS) is expected, case


@pytest.mark.parametrize(
    ("case", "agreement", "last", "today", "expected"),
    [
        ("its last day is still dense", begun(MON), WED, THU, False),
        ("said aloud afterwards", begun(MON), WED, FRI, True),
        ("also when the last was on the last day", begun(MON), THU, SAT, True),
        ("never talked", begun(MON), None, FRI, True),
        ("once it was talked about no more", begun(MON), FRI, SAT, False),
        ("ended before it began", begun(MON, date(2026, 11, 20)), None, FRI, False),
        ("without an end", begun(MON, None), MON, FRI, False),
    ],
)
def test_its_end_is_said_aloud_until_the_next_conversation(case, agreement, last, today, expected):
    assert (ended_intensification(agreement, last, today) is not None) is expected, case


@pytest.mark.parametrize(
    ("case", "agreement", "last", "today", "expected"),
    [
        ("nothing to say", begun(MON), TUE, WED, None),
        ("it ends with today's conversation", begun(MON), WED, THU, False),
        ("which was held already", begun(MON), THU, THU, None),
        ("it is over", begun(MON), THU, FRI, True),
        ("and was talked about", begun(MON), FRI, FRI, None),
    ],
)
def test_what_is_to_be_said_of_closer_care_today(case, agreement, last, today, expected):
    mentioned = ending_intensification(agreement, last, today, WEEKDAYS)
    assert (mentioned and mentioned[1]) == expected, case


def test_the_stage_of_a_day():
    assert effective_stage(DENSE, THU) is Stage.DAILY
    assert effective_stage(DENSE, FRI) is Stage.WEEKLY


@pytest.mark.parametrize(
    ("stage", "days"),
    list(zip(Stage, (1, 3, 7, 14, 30, 91), strict=True)),
)
def test_lateness_is_days_by_the_stage_and_need_weighs_it(stage, days):
    late = lateness(MON, MON + timedelta(days=91), stage)
    assert late == 91 / days
    assert [weighted_lateness(late, tier) for tier in Tier] == [3 * late, 2 * late, late]
    assert lateness(TUE, MON, stage) == 0


@pytest.mark.parametrize(
    ("tier", "stage"),
    [
        (Tier.A, Stage.WEEKLY),
        (Tier.B, Stage.FORTNIGHTLY),
        (Tier.C, Stage.QUARTERLY),
        (None, Stage.MONTHLY),
    ],
)
def test_the_usual_stage_follows_the_weight(tier, stage):
    assert usual_stage(tier) is stage


@pytest.mark.parametrize(
    ("stage", "grace"),
    [(Stage.DAILY, 0), (Stage.TWICE_WEEKLY, 0), (Stage.WEEKLY, 1), (Stage.QUARTERLY, 1)],
)
def test_a_day_of_grace_for_weekly_and_slower(stage, grace):
    last = MON + timedelta(days=grace)
    assert on_schedule(MON, last, stage) and not is_overdue(MON, last, stage)
    assert is_overdue(MON, last + timedelta(days=1), stage)


days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
blocks = st.builds(lambda day, n: Away(day, day + timedelta(days=n)), days, st.integers(0, 40))


@given(
    st.sampled_from(Stage),
    days,
    st.lists(blocks, max_size=5),
    st.frozensets(st.integers(0, 6)),
    st.frozensets(days, max_size=5),
)
def test_nobody_is_ever_due_on_a_day_they_cannot_use(stage, last, away, wanted, holidays):
    calendar = Holidays(*holidays)
    day = next_due(stage, last, LONG_AGO, calendar, away, wanted)
    assert day > last
    assert not any(day in block for block in away)
    assert not wanted or day.weekday() in wanted
    assert calendar.is_working_day(day) or (wanted and not wanted & set(range(5)))
