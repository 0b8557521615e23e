"""R4, R19: the order of the list and what fits the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.contact.neglected_contacts import LastContact
from pwa.rules.day_list.client_state import Booking, Promise, Recovery, Request
from pwa.rules.day_list.day_list import arrange, rows
from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.row import Row
from pwa.rules.scheduling.availability import CallWindow
from pwa.rules.scheduling.cadence import CadenceAgreement
from pwa.rules.vocabulary.enums import (
    Channel,
    Direction,
    Kind,
    Outcome,
    ReasonCode,
    RequestKind,
    RowKind,
    RowTier,
    Severity,
    Stage,
    Tier,
)
from tests.rules.build import (
    BEN,
    DANA,
    DESK,
    MAIL,
    MON,
    NEW_YORK,
    ben,
    client,
    client_not_due,
    dana,
    failed_attempt,
    oslo,
    prefers,
)

NINE = oslo(MON, "09:00")
QUOTE = Request(RequestKind.QUOTE, "x")
PROMISE = Promise(1, "x", MON)
VAIN = [failed_attempt(Outcome.BUSY, oslo(MON, "04:00"))]
UNKNOWN = [dana(preference=prefers(None))]


def until(clock):
    return [dana(preference=prefers(Channel.PHONE, "08:00", clock))]


def late(days, **facts):
    return client(last=oslo(MON, "10:00", -7 - days), **facts)


def monthly(days):
    last = oslo(date(2026, 10, 23), "10:00", -days)
    return client(last=last, cadence=CadenceAgreement(Stage.MONTHLY, date(2026, 1, 1)))


def owing(days):
    return client_not_due(promises=[Promise(DANA, "x", MON - timedelta(days=days))])


def wrong(clock, severity=Severity.HIGH):
    return client_not_due(recoveries=[Recovery(DANA, "x", oslo(MON, clock), severity)])


def booked(clock):
    return client_not_due(bookings=[Booking(DANA, Kind.CALL, oslo(MON, clock))])


def recap():
    talk = ContactEvent(
        DANA, Kind.CALL, Direction.OUT, Outcome.SPOKE, oslo(MON, "08:00"), Channel.EMAIL
    )
    return client_not_due(contacts=[dana(preference=MAIL)], lately=[talk], heard=())


def checked():
    live = oslo(MON, "10:00", -7)
    gone = Recovery(DANA, "x", live, Severity.HIGH, live)
    return client_not_due(recoveries=[gone], heard=[LastContact(DANA)])


def thread():
    wrote = [
        ContactEvent(
            DANA,
            Kind.EMAIL,
            Direction.OUT,
            Outcome.WRITTEN,
            oslo(MON, "08:00", -days),
            None,
            frozenset([1]),
        )
        for days in (3, 1)
    ]
    return client_not_due(lately=wrote, heard=())


def unheard():
    long_ago, lately = MON - timedelta(days=30), MON - timedelta(days=3)
    return client_not_due(
        contacts=[dana(), ben()], heard=[LastContact(DANA, long_ago), LastContact(BEN, lately)]
    )


@pytest.mark.parametrize(
    ("case", "first", "second"),
    [
        ("recovery before booked", wrong("08:55", Severity.LOW), booked("09:00")),
        ("booked before promise", booked("16:00"), owing(9)),
        ("promise before cadence", owing(0), late(30, tier=Tier.A)),
        ("a recap before cadence", recap(), late(30, tier=Tier.A)),
        ("booked before a recap", booked("16:00"), recap()),
        ("a later promise before a recap", owing(1), recap()),
        ("a check before preference", checked(), client_not_due(contacts=UNKNOWN)),
        ("a thread before preference", thread(), client_not_due(contacts=UNKNOWN)),
        ("unheard before preference", unheard(), client_not_due(contacts=UNKNOWN)),
        ("a retry keeps its tier", client_not_due(promises=[PROMISE], tries=VAIN), late(30)),
        ("calls before quotes", late(0), client_not_due(requests=[QUOTE])),
        ("cadence before preference", client(), client_not_due(contacts=UNKNOWN)),
        (
            "preference before later",
            client_not_due(contacts=UNKNOWN),
            client_not_due(requests=[Request(RequestKind.QUOTE, "x")]),
        ),
        (
            "quote before roadmap",
            client_not_due(requests=[Request(RequestKind.QUOTE, "x")]),
            client_not_due(
                requests=[Request(RequestKind.ROADMAP, "x", due=MON - timedelta(days=60))]
            ),
        ),
        (
            "quote before roadmap, tried again",
            client_not_due(requests=[QUOTE]),
            client_not_due(requests=[Request(RequestKind.ROADMAP, "x")], tries=VAIN),
        ),
        ("recoveries by deadline", wrong("08:55"), wrong("08:00", Severity.MEDIUM)),
        ("booked times by time", booked("10:00"), booked("11:00")),
        ("late promises first", owing(1), owing(0)),
        ("the later promise first", owing(3), owing(1)),
        ("the window that closes first", client(contacts=until("10:00")), late(60)),
        ("open before closed", client(), late(60, zone=NEW_YORK)),
        (
            "of the closed the one that opens first",
            client(zone=NEW_YORK),
            late(60, contacts=[dana(preference=prefers(Channel.PHONE, "21:00", "22:00"))]),
        ),
        ("the later one", late(3), late(1)),
        ("weight counts", late(3, tier=Tier.A), late(5)),
        ("weight is not everything", late(14), late(4, tier=Tier.A)),
        ("lateness is relative", late(3), monthly(5)),
        ("alike: by name, case apart", client(name="apex"), client(name="Bolt")),
        ("alike but for the id", client(id=1), client(id=2)),
    ],
)
def test_order(case, first, second):
    pair = [replace(first, id=10), replace(second, id=20)]
    for given_order in (pair, pair[::-1]):
        ids = [row.client_id for row in arrange(rows(given_order, DESK, NINE), 240).rows]
        assert ids == [10, 20], case


def test_at_most_three_debts_and_the_soonest_due():
    weeks = [
        client_not_due(id=n, contacts=UNKNOWN, last=oslo(MON, "10:00", -n)) for n in range(1, 7)
    ]
    all_rows = rows(weeks, DESK, NINE)
    assert len(all_rows) == 6
    assert {row.client_id for row in arrange(all_rows, 240).rows} == {4, 5, 6}
    assert [row.client_id for row in arrange(all_rows, 240, debts=1).rows] == [6]
    assert not arrange(all_rows, 240, debts=0).rows


@pytest.mark.parametrize(
    ("case", "clients", "capacity", "fits"),
    [
        ("nothing to do", [], 240, 0),
        ("all of it", [client(id=n) for n in range(3)], 30, 3),
        ("what fits", [client(id=n) for n in range(3)], 29, 2),
        ("always one", [client(id=n) for n in range(3)], 0, 1),
        (
            "what cannot wait",
            [*(replace(wrong("08:00"), id=n) for n in range(3)), client(id=9)],
            5,
            3,
        ),
        ("promises too only as fit", [replace(owing(n), id=n) for n in range(3)], 20, 2),
        ("and then what still fits", [replace(owing(0), id=1), client(id=2), client(id=3)], 20, 2),
    ],
)
def test_what_fits_the_day(case, clients, capacity, fits):
    day_list = arrange(rows(clients, DESK, NINE), capacity)
    assert (day_list.fits, day_list.more) == (fits, len(clients) - fits), case


moments = st.datetimes(datetime(2026, 11, 23), datetime(2026, 11, 24), timezones=st.just(UTC))
steps = st.builds(
    Reason,
    st.sampled_from(RowTier),
    st.sampled_from(ReasonCode),
    st.none(),
    st.none() | st.dates(),
    st.none() | moments,
    lateness=st.floats(0, 9),
)
drawn_rows = st.builds(
    Row,
    steps,
    st.sampled_from(RowKind),
    st.integers(),
    st.sampled_from(["a", "A", "b"]),
    st.none(),
    st.just(""),
    st.none(),
    st.none() | st.builds(CallWindow, moments, moments),
    st.booleans(),
    st.none() | moments,
    st.floats(0, 9),
    st.integers(1, 90),
)


@given(st.data(), st.lists(drawn_rows, max_size=9, unique_by=lambda row: row.client_id))
def test_the_place_of_a_row_does_not_depend_on_who_else_is_there(data, drawn):
    everybody = arrange(data.draw(st.permutations(drawn)), 240, debts=9).rows
    some = data.draw(st.lists(st.sampled_from(drawn), unique=True)) if drawn else []
    assert list(arrange(some, 240, debts=9).rows) == [row for row in everybody if row in some]
