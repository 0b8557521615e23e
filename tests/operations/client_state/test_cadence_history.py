"""What the rules of a rhythm look back on, as it stood at a moment."""

from datetime import date, timedelta

import pytest

from pwa.models import Agreement
from pwa.models.cadence import Answer
from pwa.operations.cadences import cadences
from pwa.operations.cadences.cadence_offers import offer_for
from pwa.operations.client_state.cadence_history import cadence_history_of
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.loader import load_these
from pwa.rules.vocabulary.enums import Kind, Outcome, Priority, RequestStatus, Stage
from tests import factories

NOW = factories.NOW
DAY = timedelta(days=1)


@pytest.fixture
def halden(db):
    client = factories.client(factories.user(), stage=Stage.DAILY)
    factories.contact(client)
    return client


def course(client, at=NOW):
    [known] = load_these([client.id], at)
    return cadence_history_of(known, at)


def test_a_day_holds_all_that_was_gone_through_on_it(halden):
    one, two = factories.request(halden), factories.request(halden)
    for hours, asked in ((4, one), (2, two)):
        at = NOW - timedelta(hours=hours)
        factories.interaction(halden, at=at, minutes=10, covered=[asked])
    [talk] = course(halden).talks
    assert (talk.covered, talk.minutes, talk.live) == ({one.id, two.id}, 20, True)


def test_only_contact_that_counts_and_stands_is_looked_at(halden):
    factories.interaction(halden, at=NOW - DAY, reached=False, outcome=Outcome.VOICEMAIL)
    factories.interaction(halden, at=NOW - DAY, superseded_at=NOW)
    factories.interaction(halden, at=NOW + DAY)
    assert course(halden).talks == ()
    assert len(course(halden, NOW + 2 * DAY).talks) == 1


def test_a_conversation_of_unknown_length_took_as_long_as_usual_and_a_letter_none(halden):
    for minutes in (20, 20, 20):
        factories.interaction(halden, at=NOW - 9 * DAY, minutes=minutes)
    refresh_due_dates([halden.id], NOW)
    factories.interaction(halden, at=NOW - DAY)
    factories.interaction(halden, at=NOW, kind=Kind.EMAIL, outcome=Outcome.WRITTEN)
    assert [talk.minutes for talk in course(halden).talks] == [60, 20, 0]


def test_what_was_open_then_what_weighs_most_first(halden):
    factories.request(halden, "low", priority=Priority.LOW)
    factories.request(halden, "high", priority=Priority.HIGH)
    closed = {"status": RequestStatus.DONE, "closed_on": date(2026, 11, 19)}
    factories.request(halden, "done since", priority=Priority.MEDIUM, **closed)
    factories.request(halden, "still to come", opened=date(2026, 11, 25))
    assert [one.title for one in course(halden).requests] == ["high", "low"]
    earlier = [one.title for one in course(halden, NOW - 2 * DAY).requests]
    assert earlier == ["high", "done since", "low"]


def test_an_answer_that_came_later_was_not_known_then(db, halden):
    said = {"stage": Stage.TWICE_WEEKLY, "answer": Answer.NOT_YET, "on": NOW.date()}
    factories.save(Agreement(client_id=halden.id, **said))
    assert [reply.declined for reply in course(halden).replies] == [True]
    assert course(halden, NOW - DAY).replies == ()


def test_two_queries_however_long_the_history(db, halden, count_queries):
    for days in range(40):
        factories.interaction(halden, at=NOW - days * DAY, covered=[factories.request(halden)])
    db.flush()
    [known] = load_these([halden.id], NOW)
    count_queries.clear()
    cadence_history_of(known, NOW)
    assert len(count_queries) == 2


def test_the_office_manager_from_daily_to_weekly(db, halden):
    """The same story as in the rules, with what is stored on the way."""
    at = NOW.replace(month=11, day=2)
    dana = halden.contacts[0]
    cadences.agree(halden, Stage.DAILY, dana, at.date(), halden.owner, at)
    offered = []
    for number in range(1, 17):
        factories.interaction(halden, contact_id=dana.id, at=at)
        refresh_due_dates([halden.id], at)
        offer = offer_for(halden.id, at)
        if offer:
            offered.append((number, offer.stage))
            said = Answer.NOT_YET if len(offered) == 2 else Answer.AGREED
            day = at.date()
            cadences.answer(halden, dana, offer.stage, said, day, halden.owner, at)
        db.refresh(halden)
        at += halden.next_due - at.date()
    assert offered == [(2, Stage.TWICE_WEEKLY), (6, Stage.WEEKLY), (10, Stage.WEEKLY)]
    current = cadences.current(halden)
    assert current is not None
    assert (current.stage, current.agreed_with_id) == (Stage.WEEKLY, dana.id)
