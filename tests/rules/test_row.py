"""R13, R17, R19, R21, R22, R25 for one client: which row, of which kind, and when."""

from datetime import date, timedelta

import pytest

from pwa.rules.cadence import Intensified, Rhythm
from pwa.rules.calendar import Away
from pwa.rules.facts import Booking, Postponement, Promise, Recovery, Request
from pwa.rules.words import (
    Channel,
    ClientStatus,
    Kind,
    Outcome,
    Priority,
    Reason,
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
    MAIL,
    MON,
    NEW_YORK,
    SAT,
    SUN,
    THU,
    TUE,
    WED,
    ben,
    client,
    dana,
    no_row,
    oslo,
    prefers,
    row,
    settled,
    tried,
)

MISSING = Recovery(DANA, "delivery missing", oslo(MON, "08:30"), Severity.HIGH)
AT_THREE = Booking(DANA, Kind.CALL, oslo(MON, "15:00"))
QUOTE_DUE = Promise(DANA, "send the switch quote", MON)
QUOTE_LATE = Promise(DANA, "send the switch quote", MON - timedelta(days=3))
ASKED = Request(RequestKind.QUOTE, "switches", due=MON)
ROADMAP = Request(RequestKind.ROADMAP, "next year")
URGENT = Request(RequestKind.REQUEST, "backup alarm", Priority.HIGH)
DENSE = Rhythm(Stage.WEEKLY, date(2026, 10, 1), Intensified(Stage.DAILY, FRI, "migration"))
NO_ANSWER = tried(Outcome.NO_ANSWER, oslo(MON, "09:00"))


@pytest.mark.parametrize(
    ("case", "one", "tier", "reason"),
    [
        ("recovery", client(recoveries=[MISSING]), RowTier.RECOVERY, Reason.RECOVERY),
        ("booked today", settled(bookings=[AT_THREE]), RowTier.BOOKED, Reason.BOOKED),
        (
            "booked on Friday and not settled",
            settled(bookings=[Booking(DANA, Kind.VISIT, oslo(MON, "15:00", -3))]),
            RowTier.BOOKED,
            Reason.BOOKED,
        ),
        ("promised for today", settled(promises=[QUOTE_DUE]), RowTier.PROMISE, Reason.PROMISE_DUE),
        (
            "promised for Friday",
            settled(promises=[QUOTE_LATE]),
            RowTier.PROMISE,
            Reason.PROMISE_LATE,
        ),
        ("its turn", client(), RowTier.CADENCE, Reason.CADENCE_DUE),
        (
            "its turn was Friday",
            client(last=oslo(MON, "10:00", -10)),
            RowTier.CADENCE,
            Reason.CADENCE_LATE,
        ),
        ("intensified", settled(rhythm=DENSE), RowTier.CADENCE, Reason.INTENSIFIED),
        ("new today", client(last=None, new_since=MON), RowTier.CADENCE, Reason.FIRST),
        ("handed over today", settled(new_since=MON), RowTier.CADENCE, Reason.FIRST),
        (
            "not asked how",
            settled(contacts=[dana(preference=prefers(None))]),
            RowTier.PREFERENCE,
            Reason.PREFERENCE_UNKNOWN,
        ),
        ("a quote asked for", settled(requests=[ASKED]), RowTier.LATER, Reason.QUOTE),
        ("a roadmap without a day", settled(requests=[ROADMAP]), RowTier.LATER, Reason.ROADMAP),
        (
            "a quote before a roadmap",
            settled(requests=[ROADMAP, ASKED]),
            RowTier.LATER,
            Reason.QUOTE,
        ),
    ],
)
def test_the_reason_of_a_row(case, one, tier, reason):
    found = row(one)
    assert (found.tier, found.reason) == (tier, reason), case


@pytest.mark.parametrize(
    ("case", "one"),
    [
        ("talked on Friday", settled()),
        ("a colleague's contact met it", client(last=oslo(MON, "08:15"))),
        ("paused", client(status=ClientStatus.PAUSED, recoveries=[MISSING])),
        ("ended", client(status=ClientStatus.ENDED)),
        ("promised for tomorrow", settled(promises=[Promise(DANA, "x", TUE)])),
        ("booked for tomorrow", settled(bookings=[Booking(DANA, Kind.CALL, oslo(TUE, "09:00"))])),
        (
            "talked about what went wrong",
            settled(
                recoveries=[Recovery(DANA, "late", oslo(FRI, "09:00", -7), live=oslo(MON, "08:00"))]
            ),
        ),
        ("an ordinary request", settled(requests=[URGENT])),
        ("a quote for tomorrow", settled(requests=[Request(RequestKind.QUOTE, "x", due=TUE)])),
        ("away", client(away=[Away(MON, TUE)], last=oslo(MON, "10:00", -20))),
        (
            "not asked, but just talked",
            client(last=oslo(MON, "08:15"), contacts=[dana(preference=prefers(None))]),
        ),
        ("not asked, not their day", settled(contacts=[dana(preference=prefers(None, days={1}))])),
        ("first call made", settled(new_since=FRI - timedelta(days=7))),
    ],
)
def test_no_row(case, one):
    assert no_row(one), case


def test_the_highest_tier_wins_and_the_others_stand_in_the_brief():
    found = row(
        client(
            recoveries=[MISSING],
            bookings=[AT_THREE],
            promises=[QUOTE_DUE],
            requests=[ROADMAP, ASKED],
        )
    )
    assert found.reason is Reason.RECOVERY
    assert [step.reason for step in found.also] == [
        Reason.BOOKED,
        Reason.PROMISE_DUE,
        Reason.CADENCE_DUE,
        Reason.QUOTE,
        Reason.ROADMAP,
    ]


def test_what_a_row_says_about_itself():
    found = row(settled(rhythm=DENSE, minutes={RowKind.CALL: [12, 14, 16]}))
    step = found.step
    assert (step.words, step.until, step.stage) == ("migration", FRI, Stage.DAILY)
    assert (found.due, found.minutes, found.phone) == (MON, 14, "+4722123456")
    assert (found.client_name, found.contact_name) == ("Halden Freight", "Dana Whitfield")
    late = row(client(last=oslo(MON, "10:00", -10)))
    assert (late.step.days_late, late.lateness, late.need) == (3, 3 / 7, 3 / 7)


@pytest.mark.parametrize(
    ("case", "one", "contact"),
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
            settled(
                contacts=[dana(), ben()], requests=[Request(RequestKind.QUOTE, "x", contact=BEN)]
            ),
            BEN,
        ),
        ("gone meanwhile", client(contacts=[ben()], promises=[QUOTE_DUE]), BEN),
        ("nobody there", client(contacts=[]), None),
    ],
)
def test_the_contact_to_reach(case, one, contact):
    assert row(one).contact_id == contact, case


def wants(channel, **facts):
    return settled(contacts=[dana(preference=prefers(channel))], **facts)


@pytest.mark.parametrize(
    ("case", "one", "kind"),
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
            settled(bookings=[Booking(DANA, Kind.VISIT, oslo(MON, "15:00"))]),
            RowKind.VISIT,
        ),
    ],
)
def test_kind(case, one, kind):
    assert row(one).kind is kind, case


@pytest.mark.parametrize(
    ("case", "one", "clock", "open_now", "waits"),
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
        ("booked for three", settled(bookings=[AT_THREE]), "09:00", False, oslo(MON, "14:50")),
        ("booked for now", settled(bookings=[AT_THREE]), "14:50", True, None),
        (
            "booked out of hours",
            settled(bookings=[Booking(DANA, Kind.CALL, oslo(MON, "19:00"))]),
            "19:05",
            True,
            None,
        ),
        (
            "it went wrong after hours",
            settled(recoveries=[MISSING]),
            "18:00",
            False,
            oslo(TUE, "08:00"),
        ),
        (
            "not now: at eleven",
            client(postponed=Postponement(oslo(MON, "11:00"))),
            "09:00",
            False,
            oslo(MON, "11:00"),
        ),
        ("not now: over", client(postponed=Postponement(oslo(MON, "08:30"))), "09:00", True, None),
        (
            "not now, into the evening",
            client(postponed=Postponement(oslo(MON, "18:00"))),
            "09:00",
            False,
            oslo(TUE, "08:00"),
        ),
    ],
)
def test_somebody_who_cannot_be_reached_waits_visibly(case, one, clock, open_now, waits):
    found = row(one, oslo(MON, clock))
    assert (found.open_now, found.waits_until) == (open_now, waits), case


def test_call_anyway_waits_for_no_window():
    anyway = Recovery(DANA, "late", oslo(MON, "16:50"), call_anyway=True)
    assert row(settled(recoveries=[anyway]), oslo(MON, "18:00")).open_now


@pytest.mark.parametrize(
    ("case", "one", "now", "expected"),
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
def test_the_window_shown(case, one, now, expected):
    window = row(one, now).window
    if expected is None:
        assert window is None, case
    else:
        day, opens, closes = expected
        assert window is not None
        assert (window.opens, window.closes) == (oslo(day, opens), oslo(day, closes)), case


@pytest.mark.parametrize(
    ("case", "one", "tier", "of"),
    [
        ("its turn", client(), RowTier.CADENCE, Reason.CADENCE_DUE),
        ("a promise", client(promises=[QUOTE_DUE]), RowTier.PROMISE, Reason.PROMISE_DUE),
        ("a recovery", client(recoveries=[MISSING]), RowTier.RECOVERY, Reason.RECOVERY),
    ],
)
def test_a_retry_keeps_its_tier_and_is_not_late(case, one, tier, of):
    found = row(client(**_facts(one), tries=[NO_ANSWER]), oslo(MON, "09:30"))
    assert (found.tier, found.reason, found.step.of) == (tier, Reason.RETRY, of), case
    assert found.lateness == 0
    assert (found.open_now, found.waits_until) == (False, oslo(MON, "13:00"))


def _facts(one):
    return {name: getattr(one, name) for name in ("promises", "recoveries")}


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
    found = row(client(tries=[tried(Outcome.BUSY, at)]), at + timedelta(minutes=1))
    assert found.waits_until == oslo(MON, again, days), case


def test_a_retry_is_open_once_its_time_has_come():
    found = row(client(tries=[NO_ANSWER]), oslo(MON, "13:00"))
    assert found.open_now and found.reason is Reason.RETRY and not found.step.voicemail


def test_one_voicemail_a_day():
    found = row(client(tries=[tried(Outcome.VOICEMAIL, oslo(MON, "09:00"))]), oslo(MON, "13:00"))
    assert found.step.voicemail


TWICE = [NO_ANSWER, tried(Outcome.VOICEMAIL, oslo(MON, "13:00"))]


def test_two_tries_are_enough_for_a_day():
    assert no_row(client(tries=TWICE), oslo(MON, "14:00"))
    assert no_row(settled(promises=[QUOTE_DUE], tries=TWICE), oslo(MON, "14:00"))
    tomorrow = row(client(tries=TWICE), oslo(TUE, "09:00"))
    assert (tomorrow.reason, tomorrow.open_now) == (Reason.CADENCE_LATE, True)


def test_a_recovery_stays_in_sight_after_two_tries():
    found = row(client(recoveries=[MISSING], tries=TWICE), oslo(MON, "14:00"))
    assert (found.tier, found.waits_until) == (RowTier.RECOVERY, oslo(TUE, "08:00"))


def test_tries_with_one_do_not_keep_us_from_another():
    one = client(contacts=[dana(), ben()], promises=[Promise(BEN, "x", MON)], tries=TWICE)
    found = row(one, oslo(MON, "14:00"))
    assert (found.contact_id, found.reason) == (BEN, Reason.PROMISE_DUE)


def test_a_wrong_number_is_no_try():
    wrong = tried(Outcome.WRONG_NUMBER, oslo(MON, "08:50"))
    assert row(client(tries=[wrong])).reason is Reason.CADENCE_DUE


def test_tries_of_the_morning_do_not_spoil_a_booked_time():
    assert row(settled(bookings=[AT_THREE], tries=TWICE), oslo(MON, "14:55")).open_now
    missed = [*TWICE, tried(Outcome.NO_ANSWER, oslo(MON, "15:01"))]
    found = row(settled(bookings=[AT_THREE], tries=missed), oslo(MON, "15:05"))
    assert (found.reason, found.waits_until) == (Reason.RETRY, oslo(MON, "16:01"))


def test_who_asked_for_writing_can_be_written_to_after_tries():
    one = client(contacts=[dana(preference=MAIL)], tries=TWICE)
    assert row(one, oslo(MON, "14:00")).kind is RowKind.WRITE


def test_postponed_to_another_day_only_what_we_owe_stays():
    until = Postponement(oslo(WED, "00:00"), "their audit")
    assert no_row(client(postponed=until))
    found = row(client(postponed=until, promises=[QUOTE_DUE]))
    assert (found.reason, found.waits_until) == (Reason.PROMISE_DUE, oslo(WED, "08:00"))
    assert row(client(postponed=until), oslo(WED, "09:00")).reason is Reason.CADENCE_LATE


@pytest.mark.parametrize(
    ("since", "expected"), [(MON, WED), (THU, MON + timedelta(days=7)), (SUN, TUE + timedelta(7))]
)
def test_a_first_call_is_due_within_two_working_days(since, expected):
    one = client(last=None, new_since=since, rhythm=Rhythm(Stage.MONTHLY, since))
    assert row(one, oslo(since, "12:00")).due == expected


def test_a_handover_does_not_excuse_what_was_due_before():
    assert row(client(new_since=MON)).due == MON


def test_a_handover_to_come_changes_nothing_yet():
    assert no_row(settled(new_since=WED))
