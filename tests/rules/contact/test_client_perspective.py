"""R7: what a contact would say they got, day by day and altogether."""

from datetime import date, timedelta

import pytest

from pwa.rules.contact.client_perspective import (
    ContactExpectation,
    DayExperience,
    OverallExperience,
    PerspectiveSummary,
    ReceivedContact,
    contact_expectation,
    day_strip,
    is_neglected,
    known_since,
    summary,
)
from pwa.rules.contact.preference import Answer, ComplianceEntry, UnmetPreference
from pwa.rules.scheduling.availability import AvailabilityPreference
from pwa.rules.vocabulary.enums import Channel, Compliance, Direction, Kind, Stage
from tests.rules.build import BEN, DANA, Holidays

# Four weeks of the strip: Monday 26 October to Sunday 22 November; today is that Sunday.
TODAY = date(2026, 11, 22)
FIRST = date(2026, 10, 26)
ANNA = 3
ASKED = date(2026, 10, 3)
MAIL = Answer(AvailabilityPreference(Channel.EMAIL, asked_on=ASKED))
PHONE = Answer(AvailabilityPreference(Channel.PHONE, asked_on=ASKED))
HONOURED, NOT_HONOURED = Compliance.HONOURED, Compliance.NOT_HONOURED


def heard(day, stamp=HONOURED, contact=DANA, counts=True):
    return ReceivedContact(contact, day, stamp, counts)


def weekly(since=None):
    return ContactExpectation(Stage.WEEKLY, since)


def seen(got, expected, wrong=(), today=TODAY, contact=DANA):
    """The days on which there is something to say, by what it is."""
    days = day_strip(contact, got, wrong, expected, today)
    assert (len(days), days[-1].day) == (28, today)
    return {view.day: view.got for view in days if view.got}


def silent(expected, got=(), **more):
    return [
        day for day, view in seen(got, expected, **more).items() if view is DayExperience.SILENT
    ]


def test_heard_the_way_they_asked_by_compromise_another_way_and_not_asked():
    got = [
        heard(date(2026, 11, 2)),
        heard(date(2026, 11, 9), Compliance.COMPROMISE),
        heard(date(2026, 11, 12), Compliance.NOT_ASKED),
        heard(date(2026, 11, 16), NOT_HONOURED),
    ]
    assert seen(got, weekly()) == {
        date(2026, 11, 2): DayExperience.ASKED,
        date(2026, 11, 9): DayExperience.ASKED,
        date(2026, 11, 12): DayExperience.OTHER,
        date(2026, 11, 16): DayExperience.OTHER,
    }


@pytest.mark.parametrize("order", [1, -1])
def test_of_one_day_the_best_is_remembered_and_what_went_wrong_before_all(order):
    day = date(2026, 11, 19)
    got = [heard(day), heard(day, NOT_HONOURED)][::order]
    assert seen(got, None) == {day: DayExperience.ASKED}
    assert seen(got, None, wrong=[(DANA, day), (BEN, FIRST)]) == {day: DayExperience.WRONG}


@pytest.mark.parametrize(
    ("stage", "days"),
    [
        (Stage.WEEKLY, ["11-09", "11-16"]),
        (Stage.FORTNIGHTLY, ["11-16"]),
        (Stage.MONTHLY, []),
    ],
)
def test_the_due_day_is_silent_and_then_each_further_period(stage, days):
    got = [heard(date(2026, 11, 2))]
    expected = [date.fromisoformat(f"2026-{day}") for day in days]
    assert silent(ContactExpectation(stage, None), got) == expected


def test_daily_every_working_day_is_silent():
    calendar = Holidays(date(2026, 11, 18))
    got = [heard(date(2026, 11, 13))]
    days = silent(ContactExpectation(Stage.DAILY, None, calendar), got)
    assert days == [date(2026, 11, n) for n in (16, 17, 19, 20)]


def test_today_is_not_over_and_hearing_late_ends_the_waiting():
    friday = date(2026, 11, 20)
    got = [heard(date(2026, 11, 13))]
    assert silent(weekly(), got, today=friday) == []
    assert silent(weekly(), [*got, heard(friday)]) == []
    assert silent(weekly(), [heard(date(2026, 11, 11)), heard(friday)]) == [date(2026, 11, 18)]


@pytest.mark.parametrize("stage", Stage)
def test_weeks_of_silence_are_seen_whatever_the_stage(stage):
    """Who has heard nothing for two stages, or four weeks, waited at least twice in the strip."""
    since = TODAY - timedelta(days=max(2 * stage.days, 28))
    assert len(silent(ContactExpectation(stage, since))) >= 2


def test_their_own_days_away_blocks_and_wishes_hold():
    tuesdays = Answer(
        AvailabilityPreference(Channel.PHONE, frozenset({1}), asked_on=date(2026, 10, 26))
    )
    assert silent(contact_expectation(tuesdays, Stage.FORTNIGHTLY)) == [
        date(2026, 11, 10),
        date(2026, 11, 17),
    ]
    often = Answer(AvailabilityPreference(Channel.PHONE, asked_on=ASKED), how_often=Stage.MONTHLY)
    assert contact_expectation(often, Stage.DAILY) == ContactExpectation(Stage.MONTHLY, ASKED)


@pytest.mark.parametrize(
    ("came", "signs", "since"),
    [
        (TODAY, [], TODAY),
        (TODAY, [ASKED], ASKED),  # imported today, and asked long before
        (ASKED, [TODAY], ASKED),
    ],
)
def test_nobody_waits_before_they_came(came, signs, since):
    assert known_since(came, signs) == since


def test_a_contact_who_came_yesterday_is_not_neglected_for_a_cadence_of_months():
    yesterday = TODAY - timedelta(days=1)
    new = contact_expectation(None, Stage.WEEKLY, agreed=ASKED, new_since=yesterday)
    assert not is_neglected(None, new, TODAY)
    assert silent(new) == []
    assert is_neglected(None, contact_expectation(None, Stage.WEEKLY, agreed=ASKED), TODAY)


def test_who_was_never_asked_and_never_heard_expects_nothing():
    assert silent(contact_expectation(None, Stage.WEEKLY)) == []
    assert len(silent(contact_expectation(None, Stage.WEEKLY, agreed=ASKED))) == 4


def test_who_wants_to_hear_only_when_needed_is_never_silent():
    rarely = Answer(AvailabilityPreference(Channel.EMAIL, asked_on=ASKED), only_when_needed=True)
    assert contact_expectation(rarely, Stage.DAILY) is None
    assert silent(None) == []
    assert not is_neglected(ASKED, None, TODAY)


def test_writing_that_does_not_count_is_seen_but_ends_no_waiting():
    """A mail to somebody who wants calls: it came, and they still wait for the call."""
    got = [
        heard(date(2026, 11, 2)),
        heard(date(2026, 11, 9), NOT_HONOURED, counts=False),
    ]
    assert seen(got, weekly()) == {
        date(2026, 11, 2): DayExperience.ASKED,
        date(2026, 11, 9): DayExperience.OTHER,
        date(2026, 11, 16): DayExperience.SILENT,
    }


@pytest.mark.parametrize(
    ("stage", "days", "unheard"),
    [
        (Stage.DAILY, 1, False),
        (Stage.DAILY, 2, True),
        (Stage.WEEKLY, 10, False),
        (Stage.WEEKLY, 11, True),
        (Stage.FORTNIGHTLY, 21, False),
        (Stage.FORTNIGHTLY, 22, True),
    ],
)
def test_unheard_is_more_than_one_and_a_half_stages(stage, days, unheard):
    last = TODAY - timedelta(days=days)
    assert is_neglected(last, ContactExpectation(stage, ASKED), TODAY) is unheard
    assert is_neglected(None, ContactExpectation(stage, last), TODAY) is unheard


def ours(kind, *stamps):
    return [
        ComplianceEntry(TODAY - timedelta(days=n), kind, Direction.OUT, stamp)
        for n, stamp in enumerate(stamps)
    ]


QUIET = day_strip(DANA, [], [], None, TODAY)
LATELY, LONG_AGO = date(2026, 11, 19), date(2026, 11, 3)
MISSED = ours(Kind.CALL, *[NOT_HONOURED] * 4)
FOUR = UnmetPreference(4, 4, Kind.CALL)


@pytest.mark.parametrize(
    ("case", "preference", "last", "recent", "wrong", "expected"),
    [
        (
            "as asked",
            PHONE,
            LATELY,
            ours(Kind.CALL, HONOURED),
            False,
            PerspectiveSummary(OverallExperience.AS_ASKED),
        ),
        (
            "phoned, asked for mail",
            MAIL,
            LATELY,
            MISSED,
            False,
            PerspectiveSummary(OverallExperience.OTHERWISE, FOUR),
        ),
        (
            "nothing for 19 days",
            PHONE,
            LONG_AGO,
            [],
            False,
            PerspectiveSummary(OverallExperience.NEVER),
        ),
        (
            "nothing since asked",
            PHONE,
            None,
            [],
            False,
            PerspectiveSummary(OverallExperience.NEVER),
        ),
        (
            "rang in vain",
            MAIL,
            LONG_AGO,
            MISSED,
            True,
            PerspectiveSummary(OverallExperience.NEVER, FOUR),
        ),
        (
            "wrong, not talked about",
            PHONE,
            LATELY,
            [],
            True,
            PerspectiveSummary(OverallExperience.WRONG),
        ),
        ("nobody asked", None, LATELY, [], False, PerspectiveSummary(OverallExperience.NOT_ASKED)),
        ("nobody asked, never talked", None, None, [], False, None),
    ],
)
def test_what_they_would_say(case, preference, last, recent, wrong, expected):
    expected_by = contact_expectation(preference, Stage.WEEKLY)
    assert summary(preference, last, expected_by, recent, wrong, QUIET) == expected, case


def test_nobody_says_as_asked_while_most_of_it_came_another_way():
    """Asked once more today: no reason to ask again, and none to praise us yet."""
    preference = Answer(AvailabilityPreference(Channel.EMAIL, asked_on=TODAY))
    got = [heard(LATELY), heard(LONG_AGO, NOT_HONOURED), heard(date(2026, 11, 5), NOT_HONOURED)]
    days = day_strip(DANA, got, [], None, TODAY)
    assert summary(preference, LATELY, None, MISSED, False, days) is None
    mended = day_strip(DANA, [*got, heard(date(2026, 11, 17))], [], None, TODAY)
    assert summary(preference, LATELY, None, MISSED, False, mended) == PerspectiveSummary(
        OverallExperience.AS_ASKED
    )


def test_who_is_new_says_nothing_yet():
    preference = Answer(AvailabilityPreference(Channel.PHONE, asked_on=TODAY))
    assert (
        summary(preference, None, contact_expectation(preference, Stage.WEEKLY), [], False, QUIET)
        is None
    )


def test_who_was_phoned_four_times_a_week_but_had_asked_for_mail():
    """The founding case: every week four calls, in her strip not one day the way she asked."""
    weeks = [FIRST + timedelta(days=7 * week + day) for week in range(4) for day in range(4)]
    got = [heard(day, NOT_HONOURED) for day in weeks]
    recent = [ComplianceEntry(day, Kind.CALL, Direction.OUT, NOT_HONOURED) for day in weeks]
    expected = contact_expectation(MAIL, Stage.WEEKLY)
    assert seen(got, expected) == dict.fromkeys(weeks, DayExperience.OTHER)
    says = summary(MAIL, weeks[-1], expected, recent, False, QUIET)
    assert says == PerspectiveSummary(OverallExperience.OTHERWISE, FOUR)


def test_calls_to_a_colleague_are_not_hers():
    """The founding case: Marc spoke to Ben yesterday; Anna has heard nothing for 19 days."""
    got = [heard(LONG_AGO, contact=ANNA)]
    got += [heard(TODAY - timedelta(days=n), contact=BEN) for n in (1, 4, 8, 12)]
    expected = contact_expectation(Answer(AvailabilityPreference(Channel.PHONE)), Stage.WEEKLY)
    assert seen(got, expected, contact=ANNA) == {
        LONG_AGO: DayExperience.ASKED,
        date(2026, 11, 10): DayExperience.SILENT,
        date(2026, 11, 17): DayExperience.SILENT,
    }
    assert summary(PHONE, LONG_AGO, expected, [], False, QUIET) == PerspectiveSummary(
        OverallExperience.NEVER
    )
    bens = summary(PHONE, TODAY - timedelta(days=1), expected, [], False, QUIET)
    assert bens == PerspectiveSummary(OverallExperience.AS_ASKED)
