"""While somebody is away, whoever steps in is told what cannot wait; once it is over, no longer."""

from datetime import timedelta
from typing import Any

import pytest

from pwa.models import Cover, Role
from pwa.operations import notices
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.recoveries import recoveries
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
# Names on the locked screen, and no digest, which at this hour would still be of use.
BY_CHOICE: dict[str, Any] = {"full_names": True, "muted_kinds": "digest"}


@pytest.fixture
def team(db):
    return factories.team()


@pytest.fixture
def charlie(team):
    return factories.user(team_=team, name="Charlie Boone", **BY_CHOICE)


@pytest.fixture
def ingrid(team):
    return factories.user(team_=team, name="Ingrid Moe", **BY_CHOICE)


@pytest.fixture
def petra(team):
    return factories.user(Role.SUPERVISOR, team, name="Petra Lund", full_names=True)


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    factories.preference(factories.contact(client))
    refresh_due_dates([client.id], NOW)
    return client


def covered(charlie, ingrid, petra, **values):
    days = {"first_day": TODAY, "last_day": TODAY + timedelta(days=3), **values}
    user_ids = {"absent_id": charlie.id, "covered_by_id": ingrid.id, "made_by_id": petra.id}
    return factories.save(Cover(reason="Holiday", made_at=NOW, **user_ids, **days))


def opened(client, by):
    report = recoveries.RecoveryReport(client.contacts[0], "Delivery missing", None)
    return recoveries.open_recovery(client, report, by, NOW)


def titles(phone):
    return [push.json["title"] for push in phone.received]


def test_what_went_wrong_and_its_deadline_reach_who_steps_in(ring, charlie, ingrid, petra, halden):
    covered(charlie, ingrid, petra)
    phone = ring(ingrid)
    opened(halden, petra)
    for minutes in (0, 91):
        notices.sweep(NOW + timedelta(minutes=minutes))
    assert titles(phone) == [
        "Something went wrong: Halden Freight",
        "Half an hour left: Dana Whitfield",
    ]


def test_who_opened_it_in_their_place_is_not_told_of_it(ring, charlie, ingrid, petra, halden):
    covered(charlie, ingrid, petra)
    phone = ring(ingrid)
    opened(halden, ingrid)
    notices.sweep(NOW)
    assert titles(phone) == []


def test_a_booked_time_reaches_who_steps_in(ring, charlie, ingrid, petra, halden):
    covered(charlie, ingrid, petra)
    phone = ring(ingrid)
    at = NOW + timedelta(minutes=5)
    factories.booking(halden, contact_id=halden.contacts[0].id, at=at, kind="call")
    notices.sweep(NOW)
    assert len(titles(phone)) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"ended_at": NOW},
        {"last_day": TODAY - timedelta(days=1), "first_day": TODAY - timedelta(days=4)},
    ],
)
def test_a_cover_that_is_over_tells_nobody(ring, charlie, ingrid, petra, halden, values):
    covered(charlie, ingrid, petra, **values)
    phone = ring(ingrid)
    opened(halden, petra)
    notices.sweep(NOW)
    assert titles(phone) == []


def test_who_had_the_client_before_a_handover_is_not_told(db, ring, charlie, ingrid, petra, halden):
    phone = ring(charlie)
    opened(halden, petra)
    halden.owner_id = ingrid.id
    db.flush()
    lines = notices.sweep(NOW)
    assert titles(phone) == []
    assert [line.why for line in lines] == ["Someone else looks after this client now."]
