"""The day of a manager: what is found, in what order, and that no client is hidden."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import delete

from pwa.db import session
from pwa.models import (
    Booking,
    Cadence,
    Interaction,
    Postponement,
    Promise,
    Recovery,
    ServiceRequest,
)
from pwa.operations.client_state import loader as facts_of_clients
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.clients import service_requests
from pwa.operations.clients.service_requests import RequestFacts
from pwa.operations.day_list import day_list
from pwa.operations.promises.promises import give
from pwa.operations.text.reason_text import why_line
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Direction,
    Kind,
    Outcome,
    Priority,
    ReasonCode,
    RequestKind,
    RequestStatus,
    RowKind,
    RowTier,
    Severity,
    Stage,
    Tier,
)
from tests import factories
from tests.factories import NOW

TODAY = date(2026, 11, 20)


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone")


def talk(contact, days_ago, outcome=Outcome.SPOKE, kind=Kind.CALL, **values):
    at = NOW - timedelta(days=days_ago)
    reached = outcome in {Outcome.SPOKE, Outcome.VISITED}
    owner = contact.client.owner_id
    made = {"reached": reached, "received_at": at, "at": at, "user_id": owner, **values}
    return factories.save(
        Interaction(
            client_id=contact.client_id,
            contact_id=contact.id,
            kind=kind,
            outcome=outcome,
            **made,
        )
    )


def client(
    manager, name, *, days_ago=None, channel=Channel.PHONE, person="Dana Whitfield", **values
):
    """A client with one contact who was asked, talked to `days_ago`."""
    made = factories.client(manager, name, **values)
    contact = factories.contact(made, person)
    if channel:
        factories.preference(contact, channel)
    if days_ago is not None:
        talk(contact, days_ago)
    return made


def names(day):
    return [row.client_name for row in day.rows]


def see(manager, *clients, now=NOW):
    refresh_due_dates([row.id for row in clients], now)
    return day_list.for_manager(manager, now)


def test_every_tier_stands_in_its_order(manager):
    cadence = client(manager, "Cadence", days_ago=9)
    promise = client(manager, "Promise", days_ago=1)
    made = {"made": TODAY - timedelta(days=5), "due": TODAY, "falls_due": TODAY}
    person = promise.contacts[0]
    factories.save(Promise(client_id=promise.id, contact_id=person.id, words="send it", **made))
    booked = client(manager, "Booked", days_ago=1)
    factories.save(
        Booking(client_id=booked.id, contact_id=booked.contacts[0].id, at=NOW + timedelta(hours=3))
    )
    wrong = client(manager, "Wrong", days_ago=1)
    factories.save(
        Recovery(
            client_id=wrong.id,
            contact_id=wrong.contacts[0].id,
            cause="the delivery never arrived",
            severity=Severity.HIGH,
            opened=NOW - timedelta(minutes=40),
        )
    )
    unasked = client(manager, "Unasked", days_ago=1, channel=None)
    quote = client(manager, "Quote", days_ago=1)
    wish = {"kind": RequestKind.QUOTE, "opened": TODAY, "due": TODAY}
    factories.save(ServiceRequest(client_id=quote.id, title="Ten switches", **wish))
    day = see(manager, cadence, promise, booked, wrong, unasked, quote)
    assert [(row.tier, row.client_name) for row in day.rows] == [
        (RowTier.RECOVERY, "Wrong"),
        (RowTier.BOOKED, "Booked"),
        (RowTier.PROMISE, "Promise"),
        (RowTier.CADENCE, "Cadence"),
        (RowTier.PREFERENCE, "Unasked"),
        (RowTier.LATER, "Quote"),
    ]


def test_the_worse_late_and_the_heavier_client_come_first(manager):
    slow = client(manager, "Slow", days_ago=35, stage=Stage.MONTHLY)
    weekly = client(manager, "Weekly", days_ago=12)
    heavy = client(manager, "Heavy", days_ago=12, tier=Tier.A)
    assert names(see(manager, slow, weekly, heavy)) == ["Heavy", "Weekly", "Slow"]


@pytest.mark.parametrize(
    ("case", "outcome", "kind", "is_due"),
    [
        ("spoke", Outcome.SPOKE, Kind.CALL, False),
        ("visited", Outcome.VISITED, Kind.VISIT, False),
        ("voicemail is no contact", Outcome.VOICEMAIL, Kind.CALL, True),
        ("nobody answered", Outcome.NO_ANSWER, Kind.CALL, True),
        ("a mail to one who wants calls", Outcome.WRITTEN, Kind.EMAIL, True),
    ],
)
def test_only_a_conversation_meets_the_cadence(manager, case, outcome, kind, is_due):
    halden = client(manager, "Halden Freight", days_ago=8)
    talk(halden.contacts[0], 1, outcome, kind)
    assert (names(see(manager, halden)) == ["Halden Freight"]) is is_due, case


def test_anyone_of_us_with_anyone_there_meets_it(manager):
    halden = client(manager, "Halden Freight", days_ago=8)
    marc = factories.contact(halden, "Marc Ruud")
    colleague = factories.user(team_=manager.team)
    talk(marc, 1, user_id=colleague.id, direction=Direction.IN)
    assert names(see(manager, halden)) == []


def test_a_correction_takes_the_old_outcome_away(manager):
    halden = client(manager, "Halden Freight", days_ago=8)
    mistaken = talk(halden.contacts[0], 1)
    mistaken.superseded_at = NOW
    talk(halden.contacts[0], 1, Outcome.NO_ANSWER, supersedes_id=mistaken.id)
    assert names(see(manager, halden)) == ["Halden Freight"]


def test_one_tried_today_waits_and_twice_is_enough(manager):
    halden = client(manager, "Halden Freight", days_ago=8)
    talk(halden.contacts[0], 0, Outcome.NO_ANSWER)
    row = see(manager, halden).rows[0]
    assert (row.reason.value, row.tier, row.open_now) == ("retry", RowTier.CADENCE, False)
    talk(halden.contacts[0], 0, Outcome.NO_ANSWER)
    assert names(see(manager, halden)) == []
    assert names(see(manager, halden, now=NOW + timedelta(days=3))) == ["Halden Freight"]


def test_not_now_leaves_the_client_alone_until_then(manager):
    halden = client(manager, "Halden Freight", days_ago=8)
    until = NOW + timedelta(days=2, hours=20)
    factories.save(
        Postponement(client_id=halden.id, at=NOW, until=until, reason="busy", whole_day=True)
    )
    assert names(see(manager, halden)) == []
    assert names(see(manager, halden, now=until)) == ["Halden Freight"]


def test_paused_and_other_peoples_clients_are_not_there(manager):
    paused = client(manager, "Paused", days_ago=20, status=ClientStatus.PAUSED)
    theirs = client(factories.user(), "Theirs", days_ago=20)
    assert names(see(manager, paused, theirs)) == []


def test_at_most_three_are_asked_how_they_like_to_hear_from_us(manager):
    unasked = [client(manager, f"U{i}", days_ago=i + 1, channel=None) for i in range(5)]
    assert set(names(see(manager, *unasked))) == {"U4", "U3", "U2"}


def test_who_prefers_a_visit_is_a_visit_and_who_writes_is_written_to(manager):
    visit = client(manager, "Visit", days_ago=9, channel=Channel.VISIT)
    write = client(manager, "Write", days_ago=9, channel=Channel.EMAIL)
    kinds = {row.client_name: row.kind for row in see(manager, visit, write).rows}
    assert kinds == {"Visit": RowKind.VISIT, "Write": RowKind.WRITE}


def test_visits_stand_in_driving_order(manager):
    places = {"Bergen": (60.39, 5.32), "Drammen": (59.74, 10.20), "Oslo": (59.91, 10.75)}
    visits = [
        client(manager, town, days_ago=9, channel=Channel.VISIT, latitude=at[0], longitude=at[1])
        for town, at in {"Asker": (59.83, 10.43), **places}.items()
    ]
    day = see(manager, *visits)
    assert day.first.client_name == "Asker"
    assert [row.client_name for row in day.visits] in (
        ["Drammen", "Bergen", "Oslo"],
        ["Oslo", "Bergen", "Drammen"],
    )


def test_the_day_holds_what_fits_and_says_how_many_more(manager):
    many = [client(manager, f"Client {i:03}", days_ago=8 + i % 5) for i in range(100)]
    day = see(manager, *many)
    assert sum(row.minutes for row in day.rows) == manager.capacity_minutes
    assert len(day.rows) + day.more == 100


def test_the_list_of_the_day_begins_the_whole_list(manager):
    many = [
        client(
            manager, f"Client {i:03}", days_ago=i, stage=list(Stage)[i % 6], tier=list(Tier)[i % 3]
        )
        for i in range(50)
    ]
    day = see(manager, *many)
    whole = day_list.whole_list(manager, NOW, past=False)
    assert list(day.rows) == whole[: len(day.rows)]


def test_the_past_is_what_it_was_then(manager):
    halden = client(manager, "Halden Freight", days_ago=8)
    talk(halden.contacts[0], 0)
    assert names(see(manager, halden)) == []
    then = NOW - timedelta(minutes=5)
    assert [row.client_name for row in day_list.whole_list(manager, then, past=True)] == [
        "Halden Freight"
    ]


def test_a_client_whose_cadence_was_lost_is_monthly_and_not_forgotten(manager):
    halden = client(manager, "Halden Freight", days_ago=40)
    session.execute(delete(Cadence).where(Cadence.client_id == halden.id))
    assert names(see(manager, halden)) == ["Halden Freight"]


def test_why_says_how_late_and_until_when(manager):
    halden = client(manager, "Halden Freight", days_ago=9, channel=None)
    factories.preference(halden.contacts[0], opens=None, closes=time(11, 30))
    row = see(manager, halden).rows[0]
    assert why_line(row, NOW, manager.zone) == "Weekly call · 2 days late · free until 11:30"


def test_finding_the_day_takes_as_many_queries_for_few_as_for_many(manager, count_queries):
    few = [client(manager, f"Few {i}", days_ago=9) for i in range(5)]
    refresh_due_dates([row.id for row in few], NOW)
    count_queries.clear()
    day_list.for_manager(manager, NOW)
    with_few = len(count_queries)
    many = [client(manager, f"Many {i}", days_ago=9) for i in range(150)]
    refresh_due_dates([row.id for row in many], NOW)
    count_queries.clear()
    day_list.for_manager(manager, NOW)
    assert len(count_queries) == with_few == 6


SYDNEY_MORNING = datetime(2026, 11, 19, 22, 30, tzinfo=UTC)  # half past nine on the 20th there


def test_what_is_promised_and_asked_this_morning_counts_where_the_day_begins_early(db):
    manager = factories.user(timezone="Australia/Sydney")
    halden = client(manager, "Halden Freight", days_ago=1)
    give(halden, None, "call back about the quote", TODAY, manager, SYDNEY_MORNING)
    facts = RequestFacts(
        "Offer", RequestKind.QUOTE, Priority.HIGH, RequestStatus.OPEN, TODAY, contact_id=None
    )
    service_requests.add(halden, facts, TODAY, SYDNEY_MORNING)
    [row] = day_list.for_manager(manager, SYDNEY_MORNING).rows
    assert (row.tier, row.due) == (RowTier.PROMISE, TODAY)
    assert [step.tier for step in row.also] == [RowTier.LATER]


@pytest.mark.parametrize(("zone", "is_known"), [("Australia/Sydney", True), ("Europe/Oslo", False)])
def test_the_past_goes_by_the_day_of_the_owner(db, zone, is_known):
    manager = factories.user(timezone=zone)
    halden = client(manager, "Halden Freight", days_ago=1)
    factories.promise(halden, made=TODAY, due=date(2026, 11, 19))
    rows = day_list.whole_list(manager, SYDNEY_MORNING, past=True)
    assert [row.reason for row in rows] == ([ReasonCode.PROMISE_LATE] if is_known else [])


def test_a_whole_list_is_read_in_lots(manager, monkeypatch):
    several = [client(manager, f"Client {n}", days_ago=10 + n) for n in range(5)]
    for promised_to in several:
        factories.promise(promised_to)
    refresh_due_dates([row.id for row in several], NOW)
    at_once = day_list.whole_list(manager, NOW, past=True)
    monkeypatch.setattr(facts_of_clients, "AT_ONCE", 2)
    assert len(at_once) == 5
    assert day_list.whole_list(manager, NOW, past=True) == at_once


def test_a_longer_day_holds_more(manager):
    manager.capacity_minutes = 480
    many = [client(manager, f"Client {i:03}", days_ago=8 + i % 5) for i in range(80)]
    assert len(see(manager, *many).rows) == 48
