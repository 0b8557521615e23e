"""R19, R21: who waits until when, tries and "not now"."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pwa.rules.day_list.client_state import Booking, Postponement, Promise, Recovery, Request
from pwa.rules.day_list.row import row_for
from pwa.rules.vocabulary.calendar import Away
from pwa.rules.vocabulary.enums import (
    Kind,
    Outcome,
    ReasonCode,
    RequestKind,
    RowKind,
    RowTier,
    Severity,
)
from tests.rules.build import (
    BEN,
    DANA,
    DESK,
    MAIL,
    MON,
    NEW_YORK,
    SAT,
    TUE,
    WED,
    ben,
    client,
    client_not_due,
    dana,
    failed_attempt,
    has_no_row,
    oslo,
    row_of,
)

MISSING = Recovery(DANA, "delivery missing", oslo(MON, "08:30"), Severity.HIGH)
AT_THREE = Booking(DANA, Kind.CALL, oslo(MON, "15:00"))
QUOTE_DUE = Promise(DANA, "send the switch quote", MON)
ROADMAP = Request(RequestKind.ROADMAP, "next year")
NO_ANSWER = failed_attempt(Outcome.NO_ANSWER, oslo(MON, "09:00"))


@pytest.mark.parametrize(
    ("case", "state", "clock", "open_now", "waits"),
    [
        ("open", client(), "09:00", True, None),
        ("before eight", client(), "07:00", False, oslo(MON, "08:00")),
        ("after five", client(), "18:00", False, oslo(TUE, "08:00")),
        ("in New York", client(zone=NEW_YORK), "09:00", False, oslo(MON, "14:00")),
        (
            "the contact's zone before the client's",
            client(contacts=[dana(zone=NEW_YORK)]),
            "09:00",
            False,
            oslo(MON, "14:00"),
        ),
        (
            "booked for three",
            client_not_due(bookings=[AT_THREE]),
            "09:00",
            False,
            oslo(MON, "14:50"),
        ),
        ("booked for now", client_not_due(bookings=[AT_THREE]), "14:50", True, None),
        (
            "booked out of hours",
            client_not_due(bookings=[Booking(DANA, Kind.CALL, oslo(MON, "19:00"))]),
            "19:05",
            True,
            None,
        ),
        (
            "it went wrong after hours",
            client_not_due(recoveries=[MISSING]),
            "18:00",
            False,
            oslo(TUE, "08:00"),
        ),
        ("not now: over", client(postponed=Postponement(oslo(MON, "08:30"))), "09:00", True, None),
    ],
)
def test_somebody_who_cannot_be_reached_waits_visibly(case, state, clock, open_now, waits):
    shown = row_of(state, oslo(MON, clock))
    assert (shown.open_now, shown.waits_until) == (open_now, waits), case


def test_call_anyway_waits_for_no_window():
    anyway = Recovery(DANA, "late", oslo(MON, "16:50"), call_anyway=True)
    assert row_of(client_not_due(recoveries=[anyway]), oslo(MON, "18:00")).open_now


@pytest.mark.parametrize(
    ("case", "state", "now", "expected"),
    [
        ("open", client(), oslo(MON, "09:00"), (MON, "08:00", "17:00")),
        ("just past", client(), oslo(MON, "18:00"), (MON, "08:00", "17:00")),
        ("none on a Saturday", client(), oslo(SAT, "09:00"), None),
        (
            "later on the manager's day",
            client(zone=NEW_YORK),
            oslo(MON, "09:00"),
            (MON, "14:00", "23:00"),
        ),
    ],
)
def test_the_window_shown(case, state, now, expected):
    window = row_of(state, now).window
    if expected is None:
        assert window is None, case
    else:
        day, opens, closes = expected
        assert window is not None
        assert (window.opens, window.closes) == (oslo(day, opens), oslo(day, closes)), case


@pytest.mark.parametrize(
    ("case", "state", "tier", "of"),
    [
        ("its turn", client(), RowTier.CADENCE, ReasonCode.CADENCE_DUE),
        ("a promise", client(promises=[QUOTE_DUE]), RowTier.PROMISE, ReasonCode.PROMISE_DUE),
        ("a recovery", client(recoveries=[MISSING]), RowTier.RECOVERY, ReasonCode.RECOVERY),
    ],
)
def test_a_retry_keeps_its_tier_and_is_not_late(case, state, tier, of):
    shown = row_of(replace(state, tries=[NO_ANSWER]), oslo(MON, "09:30"))
    assert (shown.tier, shown.reason, shown.step.of) == (tier, ReasonCode.RETRY, of), case
    assert shown.lateness == 0
    assert (shown.open_now, shown.waits_until) == (False, oslo(MON, "13:00"))


@pytest.mark.parametrize(
    ("case", "clock", "again", "days"),
    [
        ("half way through the window", "09:00", "13:00", 0),
        ("not within the hour", "15:30", "16:30", 0),
        ("half way through the last hour", "16:20", "16:40", 0),
        ("too little is left", "16:40", "08:00", 1),
        ("tried before they open", "07:30", "08:30", 0),
    ],
)
def test_no_answer_comes_back_inside_the_window(case, clock, again, days):
    at = oslo(MON, clock)
    shown = row_of(client(tries=[failed_attempt(Outcome.BUSY, at)]), at + timedelta(minutes=1))
    assert shown.waits_until == oslo(MON, again, days), case


def test_a_retry_is_open_once_its_time_has_come():
    shown = row_of(client(tries=[NO_ANSWER]), oslo(MON, "13:00"))
    assert shown.open_now and shown.reason is ReasonCode.RETRY and not shown.step.voicemail


def test_one_voicemail_a_day():
    shown = row_of(
        client(tries=[failed_attempt(Outcome.VOICEMAIL, oslo(MON, "09:00"))]), oslo(MON, "13:00")
    )
    assert shown.step.voicemail


TWICE = [NO_ANSWER, failed_attempt(Outcome.VOICEMAIL, oslo(MON, "13:00"))]


def test_two_tries_are_enough_for_a_day():
    assert has_no_row(client(tries=TWICE), oslo(MON, "14:00"))
    assert has_no_row(client_not_due(promises=[QUOTE_DUE], tries=TWICE), oslo(MON, "14:00"))
    tomorrow = row_of(client(tries=TWICE), oslo(TUE, "09:00"))
    assert (tomorrow.reason, tomorrow.open_now) == (ReasonCode.CADENCE_LATE, True)


def test_a_recovery_stays_in_sight_after_two_tries():
    shown = row_of(client(recoveries=[MISSING], tries=TWICE), oslo(MON, "14:00"))
    assert (shown.tier, shown.waits_until) == (RowTier.RECOVERY, oslo(TUE, "08:00"))


def test_tries_with_one_do_not_keep_us_from_another():
    state = client(contacts=[dana(), ben()], promises=[Promise(BEN, "x", MON)], tries=TWICE)
    shown = row_of(state, oslo(MON, "14:00"))
    assert (shown.contact_id, shown.reason) == (BEN, ReasonCode.PROMISE_DUE)


def test_a_wrong_number_is_no_try():
    wrong = failed_attempt(Outcome.WRONG_NUMBER, oslo(MON, "08:50"))
    assert row_of(client(tries=[wrong])).reason is ReasonCode.CADENCE_DUE


def test_tries_of_the_morning_do_not_spoil_a_booked_time():
    assert row_of(client_not_due(bookings=[AT_THREE], tries=TWICE), oslo(MON, "14:55")).open_now
    missed = [*TWICE, failed_attempt(Outcome.NO_ANSWER, oslo(MON, "15:01"))]
    shown = row_of(client_not_due(bookings=[AT_THREE], tries=missed), oslo(MON, "15:05"))
    assert (shown.reason, shown.waits_until) == (ReasonCode.RETRY, oslo(MON, "16:01"))


def test_who_asked_for_writing_can_be_written_to_after_tries():
    state = client(contacts=[dana(preference=MAIL)], tries=TWICE)
    assert row_of(state, oslo(MON, "14:00")).kind is RowKind.WRITE


NOW = oslo(MON, "09:00")
HOUR = timedelta(hours=1)
LATER = Postponement(oslo(WED, "00:00"), "their audit", at=oslo(MON, "08:40"))


@pytest.mark.parametrize(
    ("case", "state", "at", "reason"),
    [
        ("a call", client(postponed=LATER), NOW, None),
        ("until an hour", client(postponed=Postponement(oslo(MON, "09:01"))), NOW, None),
        ("over", client(postponed=LATER), oslo(WED, "09:00"), ReasonCode.CADENCE_LATE),
        ("a promise", client_not_due(postponed=LATER, promises=[QUOTE_DUE]), NOW, None),
        (
            "a promise that fell due since",
            client(postponed=LATER, promises=[replace(QUOTE_DUE, due=TUE)]),
            oslo(TUE, "09:00"),
            ReasonCode.PROMISE_DUE,
        ),
        (
            "it had gone wrong",
            client_not_due(postponed=LATER, recoveries=[replace(MISSING, opened=NOW - HOUR)]),
            NOW,
            None,
        ),
        (
            "it went wrong since",
            client(postponed=LATER, recoveries=[replace(MISSING, opened=NOW)]),
            NOW,
            ReasonCode.RECOVERY,
        ),
        ("booked for three", client_not_due(postponed=LATER, bookings=[AT_THREE]), NOW, None),
        (
            "booked, and nearly time",
            client(postponed=LATER, bookings=[AT_THREE]),
            oslo(MON, "14:50"),
            ReasonCode.BOOKED,
        ),
        (
            "booked, put off when it was time",
            client_not_due(postponed=replace(LATER, at=oslo(MON, "15:05")), bookings=[AT_THREE]),
            oslo(MON, "15:06"),
            None,
        ),
        (
            "they talked since",
            client(postponed=LATER, last=NOW, promises=[QUOTE_DUE]),
            NOW + HOUR,
            ReasonCode.PROMISE_DUE,
        ),
    ],
)
def test_what_was_put_off_is_on_no_list_until_then(case, state, at, reason):
    shown = row_for(state, DESK, at)
    assert (shown.reason if shown else None) == reason, case


def test_no_window_in_sight_is_said_too():
    gone = client_not_due(recoveries=[MISSING], away=[Away(MON, date.max)])
    shown = row_of(gone)
    assert (shown.window, shown.open_now, shown.waits_until) == (None, False, None)
    assert row_of(replace(gone, tries=[NO_ANSWER])).waits_until is None
