"""R13, R17, R19, R21, R22, R25 for one client: which row, of which kind, and when."""

from datetime import date, timedelta

import pytest

from pwa.rules.day_list.client_state import Booking, Promise, Recovery, Request
from pwa.rules.scheduling.cadence import CadenceAgreement, IntensificationTerms
from pwa.rules.vocabulary.calendar import Away
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Kind,
    Outcome,
    Priority,
    ReasonCode,
    RequestKind,
    RowKind,
    RowTier,
    Severity,
    Stage,
)
from tests.rules.build import (
    BEN,
    DANA,
    FRI,
    MON,
    SUN,
    THU,
    TUE,
    WED,
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

MISSING = Recovery(DANA, "delivery missing", oslo(MON, "08:30"), Severity.HIGH)
AT_THREE = Booking(DANA, Kind.CALL, oslo(MON, "15:00"))
QUOTE_DUE = Promise(DANA, "send the switch quote", MON)
QUOTE_LATE = Promise(DANA, "send the switch quote", MON - timedelta(days=3))
ASKED = Request(RequestKind.QUOTE, "switches", due=MON)
ROADMAP = Request(RequestKind.ROADMAP, "next year")
URGENT = Request(RequestKind.REQUEST, "backup alarm", Priority.HIGH)
DENSE = CadenceAgreement(
    Stage.WEEKLY, date(2026, 10, 1), IntensificationTerms(Stage.DAILY, FRI, "migration")
)
NO_ANSWER = failed_attempt(Outcome.NO_ANSWER, oslo(MON, "09:00"))


@pytest.mark.parametrize(
    ("case", "state", "tier", "reason"),
    [
        ("recovery", client(recoveries=[MISSING]), RowTier.RECOVERY, ReasonCode.RECOVERY),
        ("booked today", client_not_due(bookings=[AT_THREE]), RowTier.BOOKED, ReasonCode.BOOKED),
        (
            "booked for a quarter of an hour ago",
            client_not_due(bookings=[Booking(DANA, Kind.VISIT, oslo(MON, "08:45"))]),
            RowTier.BOOKED,
            ReasonCode.CONFIRM_BOOKING,
        ),
        (
            "promised for today",
            client_not_due(promises=[QUOTE_DUE]),
            RowTier.PROMISE,
            ReasonCode.PROMISE_DUE,
        ),
        (
            "promised for Friday",
            client_not_due(promises=[QUOTE_LATE]),
            RowTier.PROMISE,
            ReasonCode.PROMISE_LATE,
        ),
        ("its turn", client(), RowTier.CADENCE, ReasonCode.CADENCE_DUE),
        (
            "its turn was Friday",
            client(last=oslo(MON, "10:00", -10)),
            RowTier.CADENCE,
            ReasonCode.CADENCE_LATE,
        ),
        ("intensified", client_not_due(cadence=DENSE), RowTier.CADENCE, ReasonCode.INTENSIFIED),
        ("new today", client(last=None, new_since=MON), RowTier.CADENCE, ReasonCode.FIRST),
        ("handed over today", client_not_due(new_since=MON), RowTier.CADENCE, ReasonCode.FIRST),
        (
            "not asked how",
            client_not_due(contacts=[dana(preference=prefers(None))]),
            RowTier.PREFERENCE,
            ReasonCode.PREFERENCE_UNKNOWN,
        ),
        ("a quote asked for", client_not_due(requests=[ASKED]), RowTier.LATER, ReasonCode.QUOTE),
        (
            "a roadmap without a day",
            client_not_due(requests=[ROADMAP]),
            RowTier.LATER,
            ReasonCode.ROADMAP,
        ),
        (
            "a quote before a roadmap",
            client_not_due(requests=[ROADMAP, ASKED]),
            RowTier.LATER,
            ReasonCode.QUOTE,
        ),
    ],
)
def test_the_reason_of_a_row(case, state, tier, reason):
    shown = row_of(state)
    assert (shown.tier, shown.reason) == (tier, reason), case


@pytest.mark.parametrize(
    ("case", "state"),
    [
        ("talked on Friday", client_not_due()),
        ("a colleague's contact met it", client(last=oslo(MON, "08:15"))),
        ("paused", client(status=ClientStatus.PAUSED, recoveries=[MISSING])),
        ("ended", client(status=ClientStatus.ENDED)),
        ("promised for tomorrow", client_not_due(promises=[Promise(DANA, "x", TUE)])),
        (
            "booked for Friday and missed",
            client_not_due(bookings=[Booking(DANA, Kind.VISIT, oslo(MON, "15:00", -3))]),
        ),
        (
            "booked for tomorrow",
            client_not_due(bookings=[Booking(DANA, Kind.CALL, oslo(TUE, "09:00"))]),
        ),
        (
            "talked about what went wrong",
            client_not_due(
                recoveries=[Recovery(DANA, "late", oslo(FRI, "09:00", -7), live=oslo(MON, "08:00"))]
            ),
        ),
        ("an ordinary request", client_not_due(requests=[URGENT])),
        (
            "a quote for tomorrow",
            client_not_due(requests=[Request(RequestKind.QUOTE, "x", due=TUE)]),
        ),
        ("away", client(away=[Away(MON, TUE)], last=oslo(MON, "10:00", -20))),
        (
            "not asked, but just talked",
            client(last=oslo(MON, "08:15"), contacts=[dana(preference=prefers(None))]),
        ),
        (
            "not asked, not their day",
            client_not_due(contacts=[dana(preference=prefers(None, days={1}))]),
        ),
        ("first call made", client_not_due(new_since=FRI - timedelta(days=7))),
    ],
)
def test_no_row(case, state):
    assert has_no_row(state), case


def test_the_highest_tier_wins_and_the_others_stand_in_the_brief():
    shown = row_of(
        client(
            recoveries=[MISSING],
            bookings=[AT_THREE],
            promises=[QUOTE_DUE],
            requests=[ROADMAP, ASKED],
        )
    )
    assert shown.reason is ReasonCode.RECOVERY
    assert [step.reason for step in shown.also] == [
        ReasonCode.BOOKED,
        ReasonCode.PROMISE_DUE,
        ReasonCode.CADENCE_DUE,
        ReasonCode.QUOTE,
        ReasonCode.ROADMAP,
    ]


def test_what_a_row_says_about_itself():
    shown = row_of(client_not_due(cadence=DENSE, minutes={RowKind.CALL: [12, 14, 16]}))
    step = shown.step
    assert (step.words, step.until, step.stage) == ("migration", FRI, Stage.DAILY)
    assert (shown.due, shown.minutes, shown.phone) == (MON, 14, "+4722123456")
    assert (shown.client_name, shown.contact_name) == ("Halden Freight", "Dana Whitfield")
    late = row_of(client(last=oslo(MON, "10:00", -10)))
    assert (late.step.days_late, late.lateness, late.need) == (3, 3 / 7, 3 / 7)


@pytest.mark.parametrize(
    ("case", "state", "contact"),
    [
        ("the first listed", client(contacts=[ben(), dana()]), BEN),
        ("the one marked", client(contacts=[ben(), dana(primary=True)]), DANA),
        (
            "the one it was promised to",
            client(contacts=[ben(primary=True), dana()], promises=[QUOTE_DUE]),
            DANA,
        ),
        (
            "the one who asked",
            client_not_due(
                contacts=[dana(), ben()], requests=[Request(RequestKind.QUOTE, "x", contact=BEN)]
            ),
            BEN,
        ),
        ("gone meanwhile", client(contacts=[ben()], promises=[QUOTE_DUE]), BEN),
        ("nobody there", client(contacts=[]), None),
    ],
)
def test_the_contact_to_reach(case, state, contact):
    assert row_of(state).contact_id == contact, case


def wants(channel, **facts):
    return client_not_due(contacts=[dana(preference=prefers(channel))], **facts)


@pytest.mark.parametrize(
    ("case", "state", "kind"),
    [
        ("phone", wants(Channel.PHONE, promises=[QUOTE_DUE]), RowKind.CALL),
        ("not asked", wants(None, promises=[QUOTE_DUE]), RowKind.CALL),
        ("video", wants(Channel.VIDEO, promises=[QUOTE_DUE]), RowKind.VIDEO),
        ("visit", wants(Channel.VISIT, promises=[QUOTE_DUE]), RowKind.VISIT),
        ("mail", wants(Channel.EMAIL, promises=[QUOTE_DUE]), RowKind.WRITE),
        ("text", wants(Channel.TEXT, promises=[QUOTE_DUE]), RowKind.WRITE),
        ("mail, but late", wants(Channel.EMAIL, promises=[QUOTE_LATE]), RowKind.CALL),
        ("mail, but it went wrong", wants(Channel.EMAIL, recoveries=[MISSING]), RowKind.CALL),
        ("visit when it went wrong", wants(Channel.VISIT, recoveries=[MISSING]), RowKind.VISIT),
        (
            "mail, but a high request",
            wants(Channel.EMAIL, promises=[QUOTE_DUE], requests=[URGENT]),
            RowKind.CALL,
        ),
        (
            "mail, a colleague's high request",
            wants(
                Channel.EMAIL,
                promises=[QUOTE_DUE],
                requests=[Request(RequestKind.REQUEST, "x", Priority.HIGH, contact=BEN)],
            ),
            RowKind.WRITE,
        ),
        ("mail, but a call is booked", wants(Channel.EMAIL, bookings=[AT_THREE]), RowKind.CALL),
        (
            "a visit is booked",
            client_not_due(bookings=[Booking(DANA, Kind.VISIT, oslo(MON, "15:00"))]),
            RowKind.VISIT,
        ),
    ],
)
def test_kind(case, state, kind):
    assert row_of(state).kind is kind, case


@pytest.mark.parametrize(
    ("since", "expected"), [(MON, WED), (THU, MON + timedelta(days=7)), (SUN, TUE + timedelta(7))]
)
def test_a_first_call_is_due_within_two_working_days(since, expected):
    state = client(last=None, new_since=since, cadence=CadenceAgreement(Stage.MONTHLY, since))
    assert row_of(state, oslo(since, "12:00")).due == expected


def test_a_handover_does_not_excuse_what_was_due_before():
    assert row_of(client(new_since=MON)).due == MON


def test_a_handover_to_come_changes_nothing_yet():
    assert has_no_row(client_not_due(new_since=WED))
