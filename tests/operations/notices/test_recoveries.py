"""Who hears of something that went wrong: on real phones, once, and not in quiet hours."""

from datetime import time, timedelta
from typing import Any

import pytest

from pwa.models import Recovery, Role
from pwa.operations import notices
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices.planning import recoveries as planning
from pwa.operations.preferences import writing_guard
from pwa.operations.recoveries import recoveries
from pwa.rules.day_list.reasons import reasons_today
from tests import factories
from tests.factories import NOW
from tests.push.endpoint import Answer

# Names on the locked screen, and no digest, which at this hour would still be of use.
BY_CHOICE: dict[str, Any] = {"full_names": True, "muted_kinds": "digest"}


@pytest.fixture
def team(db):
    return factories.team()


@pytest.fixture
def charlie(team):
    return factories.user(team_=team, name="Charlie Boone", **BY_CHOICE)


@pytest.fixture
def petra(team):
    return factories.user(Role.SUPERVISOR, team, name="Petra Lund", full_names=True)


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    dana = factories.contact(client)
    factories.preference(dana)
    refresh_due_dates([client.id], NOW)
    return client


def opened(client, by, at=NOW) -> Recovery:
    report = recoveries.RecoveryReport(client.contacts[0], "Delivery missing", None)
    return recoveries.open_recovery(client, report, by, at)


def titles(phone):
    return [push.json["title"] for push in phone.received]


def test_what_fails_just_before_the_quiet_hours_comes_once_they_end(ring, charlie, petra, halden):
    phone = ring(charlie)
    phone.answer = Answer(503)
    charlie.muted_kinds = "digest,evening"
    evening = NOW.replace(hour=17, minute=59)  # 18:59 in Oslo
    opened(halden, petra, evening)
    notices.sweep(evening)
    phone.answer = Answer()
    (line,) = notices.sweep(evening + timedelta(minutes=2))
    assert (line.result, line.why) == ("waiting", "It would have come in the quiet hours.")
    morning = NOW.replace(hour=6, minute=0) + timedelta(days=1)
    assert notices.sweep(morning - timedelta(minutes=1)) == []
    assert [line.result for line in notices.sweep(morning)] == ["sent"]


@pytest.mark.parametrize("broken", ["zone", "rules"])
def test_one_client_that_cannot_be_read_costs_no_other_its_deadline(
    db, charlie, petra, halden, monkeypatch, caplog, broken
):
    ingrid = factories.user(team_=charlie.team)
    hers = factories.contact(factories.client(ingrid, "Vik Kommune")).client
    recovery = opened(halden, charlie)
    opened(hers, ingrid)
    if broken == "zone":
        ingrid.timezone = "Europe/Nowhere"
        db.flush()
    else:
        monkeypatch.setattr(planning, "reasons_today", _failing_for(hers.id))
    (deadline,) = planning.open_deadlines(NOW)
    assert (deadline.id, deadline.owner_id) == (recovery.id, charlie.id)
    assert f"client {hers.id}" in caplog.text


def _failing_for(client_id: int):
    def fail(client, manager, now):
        if client.id == client_id:
            raise ValueError("poison")
        return reasons_today(client, manager, now)

    return fail


def test_the_manager_hears_what_somebody_else_opened(ring, charlie, petra, halden):
    phone = ring(charlie)
    opened(halden, petra)
    notices.sweep(NOW)
    notices.sweep(NOW + timedelta(minutes=1))
    assert titles(phone) == ["Something went wrong: Halden Freight"]
    assert phone.received[0].json["url"] == f"/clients/{halden.id}"


def test_half_an_hour_before_the_manager_and_then_the_supervisor(ring, charlie, petra, halden):
    mine, hers = ring(charlie), ring(petra)
    recovery = opened(halden, charlie)
    for minutes in (0, 91, 95, 121, 125):
        notices.sweep(NOW + timedelta(minutes=minutes))
    assert titles(mine) == ["Half an hour left: Dana Whitfield"]
    assert titles(hers) == ["Missed callback deadline: Halden Freight"]
    assert recovery.escalated_at == NOW + timedelta(minutes=121)


def test_once_it_was_talked_about_nobody_is_told(db, ring, petra, charlie, halden):
    phone = ring(petra)
    recovery = opened(halden, charlie)
    recovery.live = NOW + timedelta(minutes=30)
    db.flush()
    notices.sweep(NOW + timedelta(hours=3))
    assert titles(phone) == []


def test_a_second_time_is_told_to_the_supervisor(ring, charlie, petra, halden):
    phone = ring(petra)
    first = opened(halden, charlie)
    first.closed = NOW
    opened(halden, charlie, NOW + timedelta(minutes=5))
    notices.sweep(NOW + timedelta(minutes=6))
    assert titles(phone) == ["A second time: Halden Freight"]


NIGHT = NOW.replace(hour=22)
MORNING = (NOW + timedelta(days=1)).replace(hour=6, minute=0)  # seven o'clock in Oslo


def test_what_falls_into_the_quiet_hours_comes_when_they_are_over(ring, charlie, petra, halden):
    phone = ring(charlie)
    opened(halden, petra, NIGHT)
    assert notices.sweep(NIGHT) == []
    assert notices.sweep(MORNING - timedelta(minutes=1)) == []
    notices.sweep(MORNING)
    assert titles(phone) == ["Something went wrong: Halden Freight"]


def test_a_deadline_missed_at_night_is_told_in_the_morning(ring, db, petra, charlie, halden):
    phone = ring(petra)
    opened(halden, charlie)
    petra.quiet_from = time(9)
    db.flush()
    missed = NOW + timedelta(minutes=121)
    notices.sweep(missed)
    assert titles(phone) == []
    notices.sweep(MORNING)
    assert titles(phone) == ["Missed callback deadline: Halden Freight"]


def test_a_missed_deadline_is_written_down_where_nobody_looks_after_the_team(charlie, halden):
    recovery = opened(halden, charlie)
    notices.sweep(NOW + timedelta(minutes=121))
    assert recovery.escalated_at == NOW + timedelta(minutes=121)


def test_opened_again_before_anybody_talked_it_is_as_late_as_it_was(ring, charlie, petra, halden):
    phone = ring(petra)
    first = opened(halden, charlie)
    again = opened(halden, charlie, NOW + timedelta(hours=3))
    assert (again.id, again.opened, again.again_of_id) == (first.id, NOW, None)
    notices.sweep(NOW + timedelta(hours=3))
    assert titles(phone) == ["Missed callback deadline: Halden Freight"]


def test_what_another_contact_has_not_been_told_sorry_for_stays_open(charlie, halden):
    dana, ben = halden.contacts[0], factories.contact(halden, "Ben Strand")
    first = opened(halden, charlie)
    report = recoveries.RecoveryReport(ben, "Delivery missing", None)
    second = recoveries.open_recovery(halden, report, charlie, NOW + timedelta(hours=1))
    assert (first.closed, second.again_of_id) == (None, first.id)
    assert writing_guard.blocking_recovery(dana) is first
    assert writing_guard.blocking_recovery(ben) is second


def test_closed_before_anybody_talked_the_supervisor_hears_of_it(ring, charlie, petra, halden):
    mine, hers = ring(charlie), ring(petra)
    recovery = opened(halden, charlie)
    for minutes in (10, 11):
        at = NOW + timedelta(minutes=minutes)
        recoveries.close(recovery, "It arrived after all", charlie, at)
        notices.sweep(at)
    assert titles(hers) == ["Closed without a conversation: Halden Freight"]
    assert titles(mine) == []


@pytest.mark.parametrize("minutes", [None, 5])
def test_closed_by_the_supervisor_or_once_talked_about_it_is_no_news(
    ring, charlie, petra, halden, minutes
):
    phone = ring(petra)
    recovery = opened(halden, charlie)
    recovery.live = NOW + timedelta(minutes=minutes) if minutes else None
    at = NOW + timedelta(minutes=10)
    recoveries.close(recovery, "It arrived after all", charlie if minutes else petra, at)
    notices.sweep(at)
    assert titles(phone) == []
