"""What /today costs in queries: the same for few and many clients, with every tier filled."""

from datetime import timedelta

import pytest

from pwa.models import Postponement, Recovery
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.day_list import day_list
from pwa.rules.vocabulary.enums import Channel, Kind, Outcome, RequestKind, RowTier, Severity, Stage
from tests import factories

MORNING = factories.NOW
MOST = 8
SAID = (
    "Booked for",
    "You promised",
    "Write the recap",
    "Written about twice",
    "has heard nothing",
    "right again",
    "Tried today",
    "Make it right",
    "Visits, in driving order",
    "Quotes",
)


@pytest.fixture(autouse=True)
def friday_morning(time_machine):
    time_machine.move_to(MORNING)


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone", capacity_minutes=600)


def client(manager, name, days_ago=1, channel=Channel.PHONE):
    made = factories.client(manager, name, latitude=59.9, longitude=10.7)
    contact = factories.contact(made)
    factories.preference(contact, channel)
    at = MORNING - timedelta(days=days_ago)
    factories.interaction(made, contact_id=contact.id, at=at, received_at=at)
    return made, contact


def wrong(manager, name, **values):
    made, contact = client(manager, name)
    at = MORNING - timedelta(hours=1)
    given = {"cause": "late", "severity": Severity.HIGH, "opened": at, **values}
    factories.save(Recovery(client_id=made.id, contact_id=contact.id, **given))
    return made


def every_tier(manager, number):
    """A client for each reason that there is."""
    now = MORNING
    booked, who = client(manager, f"Booked {number}")
    factories.booking(booked, contact_id=who.id, at=now + timedelta(hours=3))
    promised, who = client(manager, f"Promised {number}")
    factories.promise(promised, contact_id=who.id, due=now.date())
    recap, _ = client(manager, f"Recap {number}", 0, Channel.EMAIL)
    visit, _ = client(manager, f"Visit {number}", 9, Channel.VISIT)
    unasked, _ = client(manager, f"Unasked {number}", 1, None)
    quote, _ = client(manager, f"Quote {number}")
    factories.request(quote, kind=RequestKind.QUOTE, due=now.date())
    tried, who = client(manager, f"Tried {number}", 9)
    at = now - timedelta(hours=3)
    missed = {"outcome": Outcome.NO_ANSWER, "reached": False, "at": at, "received_at": at}
    factories.interaction(tried, contact_id=who.id, **missed)
    put = {"made_by_id": manager.id, "reason": "busy", "at": at, "until": at + timedelta(hours=1)}
    factories.save(Postponement(client_id=tried.id, **put))
    unheard, who = client(manager, f"Unheard {number}")
    other = factories.contact(unheard, "Ben Stone")
    factories.preference(other, how_often=Stage.WEEKLY)
    thread, who = client(manager, f"Thread {number}", 3, Channel.EMAIL)
    alarm = factories.request(thread)
    for days in (2, 1):
        at = now - timedelta(days=days)
        wrote = {"kind": Kind.EMAIL, "outcome": Outcome.WRITTEN, "at": at, "received_at": at}
        factories.interaction(thread, contact_id=who.id, covered=[alarm], **wrote)
    check = wrong(manager, f"Check {number}", live=now - timedelta(days=7))
    made = [booked, promised, recap, visit, unasked, quote, tried, unheard, thread, check]
    return [*made, wrong(manager, f"Wrong {number}")]


def fill(manager, first, count):
    made = [one.id for number in range(first, first + count) for one in every_tier(manager, number)]
    refresh_due_dates(made, MORNING)


@pytest.mark.slow
def test_every_tier_costs_no_more_than_eight_queries(manager, sign_in, db, count_queries):
    browser = sign_in(manager)
    costs = []
    for first, count in ((0, 1), (1, 20)):
        fill(manager, first, count)
        db.commit()
        count_queries.clear()
        page = browser.get("/today").text
        costs.append(len(count_queries))
        words = [one for one in SAID if one not in page]
        assert first or not words, words
    assert costs[0] == costs[1]
    assert costs[0] <= MOST


def test_the_book_fills_every_tier(manager, db):
    fill(manager, 0, 1)
    rows = day_list.for_manager(manager, MORNING).rows
    assert {row.tier for row in rows} == set(RowTier)
