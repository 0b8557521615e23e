"""The board of a team: who needs help, with whom and since when."""

from datetime import date, timedelta

import pytest

from pwa.models import Postponement, PromiseMove, Recovery, Role, WritingOverride
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Severity
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(team, sign_in):
    petra = factories.user(Role.SUPERVISOR, team, name="Petra Lund")

    def board():
        return sign_in(petra).get("/team").text

    return board


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    factories.contact(client)
    factories.interaction(client, at=factories.NOW - timedelta(days=2))
    refresh_due_dates([client.id], factories.NOW)
    return client


def went_wrong(client, opened, **values):
    made = {"contact_id": client.contacts[0].id, "cause": "delivery missing", **values}
    return factories.save(
        Recovery(client_id=client.id, severity=Severity.HIGH, opened=opened, **made)
    )


def put_off(client, at):
    factories.save(
        Postponement(client_id=client.id, at=at, until=at + HOUR, reason="They are busy")
    )


def test_a_calm_board_says_so(desk, halden):
    board = desk()
    assert "Nobody has gone quiet" in board
    assert "Needs you" not in board


def test_a_missed_deadline_stands_there_with_since_when_and_who(desk, halden):
    went_wrong(halden, factories.NOW - timedelta(days=1))
    board = desk()
    assert "1 client needs you" in board
    assert "Not talked to in time" in board
    assert "delivery missing · since" in board
    assert "Charlie Boone" in board


def test_a_recovery_within_its_time_does_not_call_for_help(desk, halden):
    went_wrong(halden, factories.NOW - HOUR / 2)
    assert "Needs you" not in desk()


def test_broken_promises_stand_there_once_a_client(desk, halden):
    factories.promise(halden, "send the switch quote", due=date(2026, 11, 12))
    factories.promise(halden, "call the carrier", due=date(2026, 11, 17))
    factories.promise(halden, "send the figures", due=date(2026, 11, 20))
    factories.promise(halden, "fix the gate", due=date(2026, 11, 10), kept=date(2026, 11, 13))
    board = desk()
    assert "2 promises not kept" in board
    assert "send the switch quote · since 12 November" in board


def test_moving_a_promise_without_telling_them_does_not_hide_it(desk, halden):
    silent = factories.promise(halden, "send the switch quote", due=date(2026, 11, 12))
    told = factories.promise(halden, "call the carrier", due=date(2026, 11, 12))
    for promise, day in ((silent, None), (told, date(2026, 11, 11))):
        promise.moves.append(
            PromiseMove(to=date(2026, 11, 27), told=day, moved_on=date(2026, 11, 11))
        )
        promise.falls_due = date(2026, 11, 27)
    board = desk()
    assert "send the switch quote · since 12 November" in board
    assert "call the carrier" not in board


def test_a_third_postponement_since_they_last_heard_from_us(desk, halden):
    for days in (9, 1):
        put_off(halden, factories.NOW - timedelta(days=days))
    put_off(halden, factories.NOW - 5 * HOUR)
    assert "Put off" not in desk()
    put_off(halden, factories.NOW - HOUR)
    board = desk()
    assert "Put off 3 times" in board
    assert "since yesterday" in board


def test_who_wrote_before_calling_is_named_with_the_reason(desk, charlie, halden):
    factories.save(
        WritingOverride(
            client_id=halden.id,
            contact_id=halden.contacts[0].id,
            user_id=charlie.id,
            at=factories.NOW - HOUR,
            reason="The gate code, they are standing there",
        )
    )
    board = desk()
    assert "Wrote before calling" in board
    assert "The gate code, they are standing there" in board


def test_other_teams_are_not_on_the_board(desk, db):
    other = factories.client(factories.user(name="Sam Other"), "Elsewhere Ltd")
    factories.contact(other)
    went_wrong(other, factories.NOW - timedelta(days=3))
    assert "Elsewhere Ltd" not in desk()


def test_the_board_costs_the_same_whatever_went_wrong(desk, charlie, sign_in, count_queries, db):
    def trouble(name):
        client = factories.client(charlie, name)
        factories.contact(client)
        went_wrong(client, factories.NOW - timedelta(days=3))
        factories.promise(client, due=date(2026, 11, 12))
        for hours in (1, 2, 3):
            put_off(client, factories.NOW - hours * HOUR)

    def cost():
        board = sign_in(petra)
        count_queries.clear()
        assert board.get("/team").status_code == 200
        return len(count_queries)

    petra = factories.user(Role.SUPERVISOR, charlie.team, name="Petra Second")
    trouble("Halden Freight")
    few = cost()
    for number in range(20):
        trouble(f"Client {number}")
    assert cost() == few <= 13
