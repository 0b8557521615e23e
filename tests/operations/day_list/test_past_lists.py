"""The list of an earlier moment: what came after it is not known yet."""

from datetime import date, timedelta

import pytest

from pwa.db import session
from pwa.models import Cadence, Cover, Intensification, PromiseMove, Recovery
from pwa.operations.accounts import covers
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.day_list import day_list
from pwa.rules.vocabulary.enums import ReasonCode, Severity, Stage
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()


@pytest.fixture
def halden(db):
    made = factories.client(factories.user(), stage=Stage.QUARTERLY)
    factories.preference(factories.contact(made))
    talk(made, 20)
    return made


def talk(client, days_ago):
    at = NOW - timedelta(days=days_ago)
    who = client.contacts[0].id
    factories.interaction(client, contact_id=who, at=at, received_at=at)


def reasons(client, days_ago):
    refresh_due_dates([client.id], NOW)
    rows = day_list.whole_list(client.owner, NOW - timedelta(days=days_ago), past=True)
    return [(row.reason, row.due) for row in rows]


def moved(promise, to, on, told):
    promise.falls_due = to
    factories.save(PromiseMove(promise_id=promise.id, to=to, moved_on=on, told=told))


def test_a_promise_is_due_on_the_day_it_was_moved_to_by_then(halden):
    promised_for = date(2026, 11, 16)
    promise = factories.promise(halden, made=date(2026, 11, 10), due=promised_for)
    moved(promise, date(2026, 12, 18), date(2026, 11, 13), told=date(2026, 11, 13))
    assert reasons(halden, 0) == []
    assert reasons(halden, 4) == []


def test_a_move_that_the_client_was_not_told_of_changes_nothing_for_them(halden):
    promised_for = date(2026, 11, 16)
    promise = factories.promise(halden, made=date(2026, 11, 10), due=promised_for)
    moved(promise, date(2026, 12, 18), date(2026, 11, 13), told=None)
    assert reasons(halden, 0) == [(ReasonCode.PROMISE_LATE, promised_for)]
    session.refresh(halden)
    assert halden.promised_on == promised_for
    assert reasons(halden, 4) == [(ReasonCode.PROMISE_DUE, promised_for)]


def test_a_move_told_too_late_leaves_it_late(halden):
    promised_for = date(2026, 11, 16)
    promise = factories.promise(halden, made=date(2026, 11, 10), due=promised_for)
    moved(promise, date(2026, 12, 18), date(2026, 11, 18), told=date(2026, 11, 18))
    assert reasons(halden, 0) == [(ReasonCode.PROMISE_LATE, promised_for)]


def test_a_promise_moved_twice_is_due_on_the_last_day_they_know(halden):
    promised_for = date(2026, 11, 16)
    promise = factories.promise(halden, made=date(2026, 11, 10), due=promised_for)
    moved(promise, date(2026, 11, 18), date(2026, 11, 13), told=date(2026, 11, 13))
    moved(promise, date(2026, 12, 18), date(2026, 11, 19), told=date(2026, 11, 19))
    assert reasons(halden, 2) == [(ReasonCode.PROMISE_DUE, date(2026, 11, 18))]
    assert reasons(halden, 0) == [(ReasonCode.PROMISE_LATE, date(2026, 11, 18))]


def test_a_move_without_a_day_counts_as_made(halden):
    promise = factories.promise(halden, made=date(2026, 11, 10), due=date(2026, 11, 16))
    moved(promise, date(2026, 12, 18), None, told=date(2026, 11, 11))
    assert reasons(halden, 2) == []


def test_a_recovery_was_open_until_it_was_talked_about(halden):
    opened, live = NOW - timedelta(days=5), NOW - timedelta(days=3)
    factories.save(
        Recovery(
            client_id=halden.id,
            contact_id=halden.contacts[0].id,
            cause="late",
            severity=Severity.LOW,
            opened=opened,
            live=live,
            closed=NOW,
        )
    )
    assert [reason for reason, _ in reasons(halden, 6)] == []
    assert [reason for reason, _ in reasons(halden, 4)] == [ReasonCode.RECOVERY]
    assert [reason for reason, _ in reasons(halden, 2)] == []


def test_the_rhythm_of_that_day_applies(halden):
    now_and_then = halden.id, NOW - timedelta(days=5)
    (first,) = halden_cadences(halden)
    first.ended_at = now_and_then[1]
    factories.save(
        Cadence(client_id=halden.id, stage=Stage.WEEKLY, since=TODAY, created_at=first.ended_at)
    )
    assert [reason for reason, _ in reasons(halden, 1)] == [ReasonCode.CADENCE_LATE]
    assert reasons(halden, 6) == []


def halden_cadences(client):
    return session.query(Cadence).filter_by(client_id=client.id).all()


def test_an_intensification_begins_and_ends(halden):
    began, ended = NOW - timedelta(days=8), NOW - timedelta(days=3)
    factories.save(
        Intensification(
            client_id=halden.id,
            stage=Stage.DAILY,
            reason="migration",
            created_at=began,
            ended_at=ended,
        )
    )
    assert reasons(halden, 2) == []
    assert [reason for reason, _ in reasons(halden, 4)] == [ReasonCode.INTENSIFIED]
    assert reasons(halden, 9) == []


def test_what_was_said_later_does_not_settle_it(halden):
    halden_cadences(halden)[0].stage = Stage.WEEKLY
    talk(halden, 1)
    assert reasons(halden, 0) == []
    assert [reason for reason, _ in reasons(halden, 2)] == [ReasonCode.CADENCE_LATE]


def test_a_cover_made_later_is_not_known_yet(halden):
    stand_in = factories.user(team_=halden.owner.team, may_cover=True)
    days = {"first_day": TODAY - timedelta(days=9), "last_day": TODAY, "reason": "Holiday"}
    made = {"absent_id": halden.owner_id, "covered_by_id": stand_in.id, "made_at": NOW}
    factories.save(Cover(**made, **days))
    assert covers.absent_for(stand_in, NOW) == {halden.owner_id: halden.owner.name}
    assert covers.absent_for(stand_in, NOW - timedelta(days=1)) == {}
