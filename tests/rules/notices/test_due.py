"""When notices are due: by the person's own clock, through clock changes and flights, once."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pwa.rules.notices import due
from pwa.rules.notices.settings import NoticeSettings
from pwa.rules.vocabulary.enums import Kind
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day
from tests.rules.build import FRI, MON, NEW_YORK, OSLO, SAT, SUN, SYDNEY, THU, TUE, Holidays, oslo
from tests.rules.scheduling.test_clock_changes import ALL_DAYS, changes_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OWN = NoticeSettings(OSLO, Holidays())
DIGEST, EVENING, PROMISE = NoticeKind.DIGEST, NoticeKind.EVENING, NoticeKind.PROMISE
MONDAY_AFTER = FRI + timedelta(days=3)


@pytest.mark.parametrize(
    ("kind", "at", "comes"),
    [
        (DIGEST, "07:29", False),
        (DIGEST, "07:30", True),
        (DIGEST, "07:46", True),  # after an outage from 07:29
        (DIGEST, "09:00", True),  # after an outage from 07:20
        (DIGEST, "11:29", True),
        (DIGEST, "11:30", False),
        (PROMISE, "17:29", True),
        (PROMISE, "17:30", False),
        (NoticeKind.PROMISE_TODAY, "15:29", True),
        (NoticeKind.PROMISE_TODAY, "15:30", False),
        (NoticeKind.OUTCOME, "07:30", True),
        (EVENING, "16:59", False),
        (EVENING, "17:00", True),
        (EVENING, "19:59", True),
        (EVENING, "20:00", False),
    ],
)
def test_it_is_planned_as_long_as_it_is_of_use(kind, at, comes):
    slot = due.daily(kind, OWN, oslo(MON, at))
    assert (slot is not None) == comes
    assert slot is None or slot.day == MON


@pytest.mark.parametrize(
    ("values", "kind", "at"),
    [
        ({"calendar": Holidays(MON)}, DIGEST, oslo(MON, "07:30")),
        ({}, DIGEST, oslo(SAT, "07:30")),
        ({"days": frozenset({1})}, DIGEST, oslo(MON, "07:30")),
        ({"muted": frozenset({DIGEST})}, DIGEST, oslo(MON, "07:30")),
        ({"evening_at": time(20)}, EVENING, oslo(MON, "20:00")),  # within the quiet hours
    ],
)
def test_days_off_muted_kinds_and_quiet_evenings(values, kind, at):
    facts: dict[str, Any] = {"zone": OSLO, "calendar": Holidays(), **values}
    own = NoticeSettings(**facts)
    assert due.daily(kind, own, at) is None


def test_a_digest_in_the_quiet_hours_comes_when_they_end():
    own = NoticeSettings(OSLO, Holidays(), digest_at=time(6), quiet_to=time(8))
    assert due.daily(DIGEST, own, oslo(MON, "07:59")) is None
    slot = due.daily(DIGEST, own, oslo(MON, "08:00"))
    assert slot is not None
    assert slot.due_at == oslo(MON, "08:00")


def test_a_digest_late_in_the_evening_is_of_use_past_midnight():
    own = NoticeSettings(OSLO, Holidays(), digest_at=time(23), quiet_from=time(1), quiet_to=time(5))
    slot = due.daily(DIGEST, own, oslo(TUE, "00:30"))
    assert slot is not None
    assert slot.day == MON


ZONES = (
    "Europe/Oslo America/New_York Australia/Lord_Howe Africa/Cairo Africa/Casablanca America/Havana"
)
CHANGES = [change for name in ZONES.split() for change in changes_of(ZoneInfo(name))]


@pytest.mark.parametrize("clock", [time(0, 10), time(2, 30), time(7, 30), time(23, 45)])
@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_once_a_local_day_whenever_the_clocks_change(change, clock):
    """A worker that looks every five minutes for three days around the change."""
    never = time(12)
    own = NoticeSettings(change.zone, ALL_DAYS, digest_at=clock, quiet_from=never, quiet_to=never)
    told: dict[date, datetime] = {}
    at = change.at - 2 * DAY
    while at < change.at + 2 * DAY:
        slot = due.daily(DIGEST, own, at)
        if slot:
            assert told.setdefault(slot.day, slot.due_at) == slot.due_at
            assert slot.due_at <= at < slot.expires_at
        at += 5 * MINUTE
    middle = local_day(change.at, change.zone)
    assert {middle - DAY, middle, middle + DAY} <= set(told)
    assert sorted(told.values()) == [told[day] for day in sorted(told)]


@pytest.mark.parametrize(
    "flight",
    [
        (OSLO, NEW_YORK),
        (NEW_YORK, OSLO),
        (OSLO, SYDNEY),
        (SYDNEY, OSLO),
        (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Honolulu")),
        (ZoneInfo("Pacific/Honolulu"), ZoneInfo("Pacific/Kiritimati")),
    ],
    ids=lambda pair: f"{pair[0].key}-{pair[1].key}",
)
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_a_flight_repeats_no_day_and_loses_none_that_was_lived(flight, hour):
    """The subject of a digest is its local day, so what counts is the set of days."""
    start = datetime(2026, 11, 23, tzinfo=UTC)
    lands = start + timedelta(days=2, hours=hour)
    told: list[date] = []
    at = start
    while at < start + 5 * DAY:
        zone = flight[0] if at < lands else flight[1]
        slot = due.daily(DIGEST, NoticeSettings(zone, ALL_DAYS), at)
        if slot and slot.day not in told:
            told.append(slot.day)
        at += 10 * MINUTE
    assert told == sorted(set(told))
    whole = [date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 27)]
    assert set(whole) <= set(told) | {local_day(lands, flight[1])}


@pytest.mark.parametrize(
    ("falls_due", "day", "comes"),
    [
        (TUE, MON, True),
        (MONDAY_AFTER, FRI, True),
        (SUN, FRI, True),
        (FRI, FRI, False),
        (FRI, THU, True),
        (MON, TUE, False),
    ],
)
def test_a_promise_is_reminded_of_on_the_working_day_before(falls_due, day, comes):
    assert due.is_reminded(falls_due, day, OWN) == comes


def test_fridays_digest_counts_to_monday_and_past_holidays():
    assert due.promised_until(FRI, OWN) == MONDAY_AFTER
    assert due.promised_until(MON, NoticeSettings(OSLO, Holidays(TUE))) == TUE + DAY


@pytest.mark.parametrize(
    ("missed", "day", "comes"),
    [
        (oslo(MON, "10:00"), TUE, True),
        (oslo(MON, "10:00"), MON, False),
        (oslo(FRI, "16:00"), MONDAY_AFTER, True),
        (oslo(FRI, "16:00"), SAT, False),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), TUE + DAY, True),  # past midnight in Oslo
    ],
)
def test_an_outcome_is_told_the_next_morning(missed, day, comes):
    assert due.is_outcome_day(missed, day, OWN) == comes


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "values", "travel", "minutes"),
    [
        (Kind.CALL, {}, None, 5),
        (Kind.VIDEO, {"call_lead": 10 * MINUTE}, None, 10),
        (Kind.CALL, {}, HOUR, 5),
        (Kind.VISIT, {}, None, 30),
        (Kind.VISIT, {}, 12 * MINUTE, 30),
        (Kind.VISIT, {}, 47 * MINUTE, 47),
        (Kind.VISIT, {"visit_lead": 15 * MINUTE}, 47 * MINUTE, 15),
        (Kind.VISIT, {}, 9 * HOUR, 180),
        (Kind.CALL, {"call_lead": 9 * HOUR}, None, 180),
    ],
)
def test_how_long_ahead(kind, values, travel, minutes):
    own = NoticeSettings(OSLO, Holidays(), **values)
    assert due.lead(kind, own, travel) == minutes * MINUTE


def test_a_booked_time_is_announced_until_shortly_after_it():
    at = oslo(MON, "15:00")
    assert due.booked(at, 30 * MINUTE) == (oslo(MON, "14:30"), oslo(MON, "15:05"))


SEVEN = oslo(TUE, "07:00")


@pytest.mark.parametrize(
    ("kind", "fixed", "expected"),
    [
        (NoticeKind.RECOVERY, False, (SEVEN, oslo(TUE, "10:30"))),
        (NoticeKind.ESCALATION, False, (SEVEN, oslo(TUE, "10:30"))),
        (NoticeKind.RECOVERY, True, None),
        (NoticeKind.UNLOGGED, False, None),
        (NoticeKind.BOOKED, False, (oslo(MON, "19:30"), oslo(MON, "23:00"))),
    ],
)
def test_what_is_put_off_into_the_quiet_hours(kind, fixed, expected):
    now, expires_at = oslo(MON, "18:30"), oslo(MON, "23:00")
    assert due.put_off(kind, expires_at, OWN, now, fixed=fixed) == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (oslo(MON, "18:59"), oslo(MON, "18:59")),
        (oslo(MON, "19:00"), oslo(TUE, "11:00")),
        (oslo(TUE, "06:59"), oslo(TUE, "11:00")),
        (SEVEN, SEVEN),
    ],
)
def test_no_use_ends_in_the_quiet_hours(ends, expected):
    assert due.over_night(ends, OWN) == expected
