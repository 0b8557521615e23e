"""How people say days and times, each read on several days.

2026-11-23 is a Monday, 2026-11-27 a Friday, 2026-12-29 a Tuesday, 2027-01-29 a Friday near the
end of a month, 2028-02-28 a Monday in a leap year. The clocks change on 2027-03-28.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.note_parser.dates.expressions import find
from pwa.note_parser.dates.resolution import resolve
from pwa.note_parser.tokens.tokens import tokenise

HOUR = timezone(timedelta(hours=1))
MON = datetime(2026, 11, 23, 10, tzinfo=HOUR)
FRI = datetime(2026, 11, 27, 11, tzinfo=HOUR)
SUN = datetime(2026, 11, 29, 11, tzinfo=HOUR)
TURN = datetime(2026, 12, 29, 15, tzinfo=HOUR)
END = datetime(2027, 1, 29, 9, 30, tzinfo=HOUR)
LEAP = datetime(2028, 2, 28, 14, tzinfo=HOUR)


def when(words, now, *, deadline=True):
    return resolve(find(tokenise(words), now), now, deadline=deadline)


DAYS = [
    # (what was said, read on Monday 23 November, on Friday 27 November, on Tuesday 29 December)
    ("today", "2026-11-23", "2026-11-27", "2026-12-29"),
    ("tonight", "2026-11-23", "2026-11-27", "2026-12-29"),
    ("later today", "2026-11-23", "2026-11-27", "2026-12-29"),
    ("tomorrow", "2026-11-24", "2026-11-28", "2026-12-30"),
    ("to-morrow", "2026-11-24", "2026-11-28", "2026-12-30"),
    ("tomorrow morning", "2026-11-24", "2026-11-28", "2026-12-30"),
    ("the day after tomorrow", "2026-11-25", "2026-11-29", "2026-12-31"),
    ("in two days", "2026-11-25", "2026-11-29", "2026-12-31"),
    ("in a couple of days", "2026-11-25", "2026-11-29", "2026-12-31"),
    ("in a day or two", "2026-11-25", "2026-11-29", "2026-12-31"),
    ("within three working days", "2026-11-26", "2026-12-02", "2027-01-01"),
    ("in two weeks' time", "2026-12-07", "2026-12-11", "2027-01-12"),
    ("three weeks from now", "2026-12-14", "2026-12-18", "2027-01-19"),
    ("in a fortnight", "2026-12-07", "2026-12-11", "2027-01-12"),
    ("in a month", "2026-12-23", "2026-12-27", "2027-01-29"),
    ("a week today", "2026-11-30", "2026-12-04", "2027-01-05"),
    ("a week tomorrow", "2026-12-01", "2026-12-05", "2027-01-06"),
    ("on Friday", "2026-11-27", "2026-12-04", "2027-01-01"),
    ("by Fri", "2026-11-27", "2026-12-04", "2027-01-01"),
    ("this Friday", "2026-11-27", "2026-11-27", "2027-01-01"),
    ("this coming Friday", "2026-11-27", "2026-12-04", "2027-01-01"),
    ("next Friday", "2026-12-04", "2026-12-04", "2027-01-08"),
    ("Friday next week", "2026-12-04", "2026-12-04", "2027-01-08"),
    ("next week Friday", "2026-12-04", "2026-12-04", "2027-01-08"),
    ("next week, I think Friday", "2026-12-04", "2026-12-04", "2027-01-08"),
    ("Friday week", "2026-12-04", "2026-12-11", "2027-01-08"),
    ("a week on Friday", "2026-12-04", "2026-12-11", "2027-01-08"),
    ("the Friday after next", "2026-12-11", "2026-12-11", "2027-01-15"),
    ("on wensday", "2026-11-25", "2026-12-02", "2026-12-30"),
    ("first thing Monday", "2026-11-30", "2026-11-30", "2027-01-04"),
    ("before Friday", "2026-11-26", "2026-12-03", "2026-12-31"),
    ("next week", "2026-12-04", "2026-12-04", "2027-01-08"),
    ("mid next week", "2026-12-02", "2026-12-02", "2027-01-06"),
    ("early next week", "2026-11-30", "2026-11-30", "2027-01-04"),
    ("by the end of the week", "2026-11-27", "2026-11-27", "2027-01-01"),
    ("end of next week", "2026-12-04", "2026-12-04", "2027-01-08"),
    ("before the weekend", "2026-11-27", "2026-11-27", "2027-01-01"),
    ("after the weekend", "2026-11-30", "2026-11-30", "2027-01-04"),
    ("by the end of the month", "2026-11-30", "2026-11-30", "2026-12-31"),
    ("beginning of next month", "2026-12-01", "2026-12-01", "2027-01-01"),
    ("end of next month", "2026-12-31", "2026-12-31", "2027-01-31"),
    ("early December", "2026-12-05", "2026-12-05", None),
    ("mid December", "2026-12-15", "2026-12-15", None),
    ("late December", "2026-12-25", "2026-12-25", None),
    ("mid-January", "2027-01-15", "2027-01-15", "2027-01-15"),
    ("the first Tuesday of December", "2026-12-01", "2026-12-01", None),
    ("the first Tuesday of January", "2027-01-05", "2027-01-05", "2027-01-05"),
    ("the last Friday of the month", "2026-11-27", "2026-11-27", "2027-01-29"),
    ("the week of the 14th", "2026-12-18", "2026-12-18", "2027-01-15"),
    ("on the 3rd", "2026-12-03", "2026-12-03", "2027-01-03"),
    ("by the twenty third", "2026-11-23", "2026-12-23", "2027-01-23"),
    ("the thirty first", "2026-12-31", "2026-12-31", "2026-12-31"),
    ("the twenty third of December", "2026-12-23", "2026-12-23", None),
    ("December the 30th", "2026-12-30", "2026-12-30", "2026-12-30"),
    ("30 Dec.", "2026-12-30", "2026-12-30", "2026-12-30"),
    ("Friday the 11th", "2026-12-11", "2026-12-11", "2027-01-11"),
    ("on 4/12", "2026-12-04", "2026-12-04", None),
    ("2027-01-07", "2027-01-07", "2027-01-07", "2027-01-07"),
    ("7 January 2027", "2027-01-07", "2027-01-07", "2027-01-07"),
    ("before Christmas", "2026-12-24", "2026-12-24", "2027-12-24"),
    ("after New Year", "2027-01-02", "2027-01-02", "2027-01-02"),
    ("after Christmas, the 28th", "2026-12-28", "2026-12-28", None),
    ("by March", "2027-03-01", "2027-03-01", "2027-03-01"),
    ("in week 50", "2026-12-11", "2026-12-11", "2027-12-17"),
    ("Monday, the day after", "2026-12-01", "2026-12-01", "2027-01-05"),
    ("by Tues, no, by Wednesday", "2026-11-25", "2026-12-02", "2026-12-30"),
    ("Tuesday, sorry, I mean Wednesday", "2026-11-25", "2026-12-02", "2026-12-30"),
    ("not Tuesday but Wednesday", "2026-11-25", "2026-12-02", "2026-12-30"),
    ("Wednesday instead of Tuesday", "2026-11-25", "2026-12-02", "2026-12-30"),
]


@pytest.mark.parametrize(("said", "monday", "friday", "turn"), DAYS)
def test_days(said, monday, friday, turn):
    for now, expected in ((MON, monday), (FRI, friday), (TURN, turn)):
        if expected:
            assert when(said, now)[0] == date.fromisoformat(expected), now


@pytest.mark.parametrize(
    ("said", "now", "expected"),
    [
        ("by the end of the month", LEAP, "2028-02-29"),
        ("tomorrow", LEAP, "2028-02-29"),
        ("the day after tomorrow", LEAP, "2028-03-01"),
        ("in a month", END, "2027-02-28"),
        ("the 29th of February", END, "2028-02-29"),
        ("on the 31st", END, "2027-01-31"),
        ("on the 30th", datetime(2027, 1, 31, 9, tzinfo=UTC), "2027-03-30"),
        ("by the end of the week", SUN, "2026-12-04"),
        ("next Friday", SUN, "2026-12-04"),
        ("on Friday", SUN, "2026-12-04"),
        ("before Easter", END, "2027-03-25"),
        ("11/23", datetime(2026, 11, 20, 9, tzinfo=UTC), "2026-11-23"),
    ],
)
def test_ends_of_months_and_weeks(said, now, expected):
    assert when(said, now)[0] == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "said",
    [
        "yesterday",
        "last week",
        "last Friday",
        "we spoke two weeks ago",
        "since Monday",
        "until Friday",
        "every Monday",
        "on Mondays",
        "not before Tuesday",
        "the Tuesday delivery",
        "Monday's call",
        "for two weeks",
        "two more switches",
        "the second quote",
        "by two percent",
        "in spring",
        "in January",
        "November 3rd",
        "the other day",
        "5 switches and 10 cables",
    ],
)
def test_no_day_at_all(said):
    assert when(said, MON) == (None, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("at two", "14:00"),
        ("at six", "18:00"),
        ("at seven", "07:00"),
        ("at seven in the evening", "19:00"),
        ("at six in the morning", "06:00"),
        ("at 2", "14:00"),
        ("at ten", "10:00"),
        ("at ten thirty", "10:30"),
        ("at two fifteen", "14:15"),
        ("half past two", "14:30"),
        ("half two", "14:30"),
        ("half past ten", "10:30"),
        ("quarter to four", "15:45"),
        ("a quarter past nine", "09:15"),
        ("ten to three", "14:50"),
        ("twenty past eight", "08:20"),
        ("4 o'clock", "16:00"),
        ("four o clock", "16:00"),
        ("two p m", "14:00"),
        ("3 p.m.", "15:00"),
        ("9 a. m.", "09:00"),
        ("3pm", "15:00"),
        ("12 am", "00:00"),
        ("14:30", "14:30"),
        ("at 09.15", "09:15"),
        ("by noon", "12:00"),
        ("by close of business", "17:00"),
        ("end of the day", "17:00"),
        ("after two", "14:00"),
        ("between two and four", "14:00"),
        ("around eleven", "11:00"),
        ("at two, no, three", "15:00"),
        ("at two, sorry, at half past three", "15:30"),
    ],
)
def test_times(said, expected):
    for told, day in ((f"{said} on Thursday", "2026-11-26"), (f"tomorrow {said}", "2026-11-24")):
        assert when(told, MON) == (date.fromisoformat(day), time.fromisoformat(expected))


@pytest.mark.parametrize(
    ("said", "now", "expected"),
    [
        ("at four", MON, datetime(2026, 11, 23, 16)),
        ("at nine", MON, datetime(2026, 11, 24, 9)),
        ("by noon", FRI, datetime(2026, 11, 27, 12)),
        ("in half an hour", MON, datetime(2026, 11, 23, 10, 30)),
        ("in two hours", datetime(2026, 11, 23, 23, tzinfo=HOUR), datetime(2026, 11, 24, 1)),
    ],
)
def test_a_time_alone_is_the_next_such_time(said, now, expected):
    assert when(said, now) == (expected.date(), expected.time())


def test_hours_are_counted_in_real_time_when_the_clocks_change():
    oslo = ZoneInfo("Europe/Oslo")
    spring = datetime(2027, 3, 28, 1, 30, tzinfo=oslo)
    autumn = datetime(2026, 10, 25, 1, 30, tzinfo=oslo)
    assert when("in two hours", spring) == (date(2027, 3, 28), time(4, 30))
    assert when("in two hours", autumn) == (date(2026, 10, 25), time(2, 30))
    assert when("tomorrow at nine", spring - timedelta(days=1)) == (date(2027, 3, 28), time(9))


def test_a_deadline_is_the_last_day_that_the_words_allow_and_a_talk_the_first():
    assert when("Thursday or Friday", MON)[0] == date(2026, 11, 27)
    assert when("Thursday or Friday", MON, deadline=False)[0] == date(2026, 11, 26)
    assert when("next week", MON, deadline=False)[0] == date(2026, 11, 30)
    assert when("for the 2nd or by the 1st", MON)[0] == date(2026, 12, 1)


@given(st.sampled_from([row[0] for row in DAYS]), st.datetimes(timezones=st.just(UTC)))
def test_never_before_today(said, now):
    day, _ = when(said, now)
    assert day is None or day >= now.date()
