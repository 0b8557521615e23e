"""R19, R21, R22: what follows from a wrong number and from a booking whose time has passed."""

from dataclasses import replace
from datetime import date

import pytest

from pwa.rules.commitments.bookings import BookingState, booking_state, what_became
from pwa.rules.contact.neglected_contacts import LastContact
from pwa.rules.day_list.client_state import Booking, Postponement, Promise, Recovery
from pwa.rules.vocabulary.enums import (
    Channel,
    Kind,
    Outcome,
    ReasonCode,
    RowKind,
    RowTier,
    Settled,
    Severity,
)
from tests.rules.build import (
    BEN,
    DANA,
    MON,
    OSLO,
    SYDNEY,
    TUE,
    ben,
    client,
    client_not_due,
    dana,
    failed_attempt,
    has_no_row,
    oslo,
    prefers,
    row_of,
)

AT_TEN = oslo(MON, "10:00")
BOOKED_AT_TEN = Booking(DANA, Kind.CALL, AT_TEN, id=7)
WRONG_AT_NINE = dana(phone=None, number_wrong_since=oslo(MON, "09:00"))
HEARD = (LastContact(DANA, date(2026, 11, 20)),)


@pytest.mark.parametrize(
    ("case", "clock", "days", "zone", "expected"),
    [
        ("before", "09:00", 0, OSLO, BookingState.AHEAD),
        ("at the time", "10:00", 0, OSLO, BookingState.AHEAD),
        ("a little late", "10:14", 0, OSLO, BookingState.AHEAD),
        ("its time has passed", "10:15", 0, OSLO, BookingState.ASKED),
        ("in the evening", "23:59", 0, OSLO, BookingState.ASKED),
        ("the next day", "00:00", 1, OSLO, BookingState.MISSED),
        ("four weeks later", "09:00", 28, OSLO, BookingState.MISSED),
        ("the next day where its manager is", "14:00", 0, SYDNEY, BookingState.MISSED),
    ],
)
def test_the_state_of_a_booking(case, clock, days, zone, expected):
    assert booking_state(AT_TEN, oslo(MON, clock, days), zone) is expected, case


@pytest.mark.parametrize(
    ("case", "settled", "days", "expected"),
    [
        ("nobody said, on its day", None, 0, None),
        ("nobody said, the next day", None, 1, Settled.MISSED),
        ("known to be missed", Settled.MISSED, 0, Settled.MISSED),
        ("it happened", Settled.HAPPENED, 1, Settled.HAPPENED),
        ("moved", Settled.MOVED, 1, Settled.MOVED),
        ("cancelled", Settled.CANCELLED, 1, Settled.CANCELLED),
    ],
)
def test_what_became_of_it(case, settled, days, expected):
    assert what_became(settled, AT_TEN, oslo(MON, "18:00", days), OSLO) is expected, case


def test_a_booking_asks_on_its_day_and_leads_no_other():
    state = client_not_due(bookings=[BOOKED_AT_TEN])
    assert row_of(state, oslo(MON, "10:05")).reason is ReasonCode.BOOKED
    asked = row_of(state, oslo(MON, "17:00"))
    assert (asked.tier, asked.reason) == (RowTier.BOOKED, ReasonCode.CONFIRM_BOOKING)
    assert (asked.step.booking, asked.due, asked.open_now) == (7, MON, True)
    assert has_no_row(state, oslo(TUE, "08:00"))


def test_what_was_put_off_before_the_time_does_not_hide_the_question():
    put_off = Postponement(oslo(TUE, "08:00"), at=oslo(MON, "08:00"))
    state = client_not_due(bookings=[BOOKED_AT_TEN], postponed=put_off)
    assert row_of(state, oslo(MON, "11:00")).reason is ReasonCode.CONFIRM_BOOKING


def test_whoever_tried_at_the_booked_time_is_told_to_try_again():
    tried = [failed_attempt(Outcome.COLLEAGUE_ANSWERED, oslo(MON, "10:02"))]
    shown = row_of(client_not_due(bookings=[BOOKED_AT_TEN], tries=tried), oslo(MON, "11:00"))
    assert (shown.reason, shown.step.of) == (ReasonCode.RETRY, ReasonCode.BOOKED)


def test_a_wrong_number_is_looked_for_and_never_dialled():
    state = client_not_due(contacts=[WRONG_AT_NINE], heard=HEARD)
    shown = row_of(state, oslo(MON, "20:00"))  # whatever their hours
    assert (shown.tier, shown.reason) == (RowTier.CADENCE, ReasonCode.FIND_NUMBER)
    assert (shown.kind, shown.phone, shown.due) == (RowKind.CALL, None, MON)
    assert shown.open_now


@pytest.mark.parametrize(
    ("case", "facts", "expected"),
    [
        ("its turn as well", {"last": oslo(MON, "10:00", -20)}, ReasonCode.FIND_NUMBER),
        (
            "tried before",
            {"tries": [failed_attempt(Outcome.BUSY, oslo(MON, "08:30"))]},
            ReasonCode.FIND_NUMBER,
        ),
        ("promised", {"promises": [Promise(DANA, "x", MON)]}, ReasonCode.PROMISE_DUE),
        (
            "something went wrong",
            {"recoveries": [Recovery(DANA, "x", oslo(MON, "08:00"), Severity.HIGH)]},
            ReasonCode.RECOVERY,
        ),
        (
            "a colleague is the one to reach",
            {"contacts": [ben(primary=True), WRONG_AT_NINE], "last": oslo(MON, "10:00", -20)},
            ReasonCode.CADENCE_LATE,
        ),
    ],
)
def test_what_leads_beside_a_wrong_number(case, facts, expected):
    state = client_not_due(**{"contacts": [WRONG_AT_NINE], "heard": HEARD, **facts})
    shown = row_of(state, oslo(MON, "11:00"))
    assert shown.reason is expected, case
    assert shown.phone is None, case


@pytest.mark.parametrize(
    ("case", "contact"),
    [
        ("a number is there", dana()),
        ("never had one", dana(phone=None)),
        ("asked for mail", replace(WRONG_AT_NINE, preference=prefers(Channel.EMAIL))),
        ("asked for visits", replace(WRONG_AT_NINE, preference=prefers(Channel.VISIT))),
    ],
)
def test_no_number_is_looked_for(case, contact):
    assert has_no_row(client_not_due(contacts=[contact], heard=HEARD)), case


def test_it_waits_for_as_long_as_the_stage_allows_and_grows_later():
    state = client_not_due(contacts=[WRONG_AT_NINE], heard=HEARD, last=oslo(MON, "10:00", 1))
    shown = row_of(state, oslo(MON, "09:00", 3))
    assert (shown.reason, shown.step.days_late) == (ReasonCode.FIND_NUMBER, 3)
    assert shown.lateness == pytest.approx(3 / 7)
    assert shown.due == MON


def test_the_search_for_another_contact_does_not_hide_who_can_be_reached():
    state = client(contacts=[ben(phone="+4722000000"), WRONG_AT_NINE], heard=HEARD)
    shown = row_of(state, oslo(TUE, "09:00"))
    assert (shown.reason, shown.contact_id) == (ReasonCode.CADENCE_LATE, BEN)
    assert ReasonCode.FIND_NUMBER in {reason.reason for reason in shown.also}
