"""The page of the day: what stands on it, for whom, and at what cost."""

import re
from datetime import timedelta

import pytest

from pwa import clock
from pwa.models import Interaction, Role
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Channel, Kind, Outcome, Stage
from tests import factories

MORNING = factories.NOW


@pytest.fixture(autouse=True)
def friday_morning(time_machine):
    time_machine.move_to(MORNING)


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone")


def due_client(manager, name="Halden Freight", person="Dana Whitfield", late=2, **values):
    made = factories.client(manager, name, **values)
    contact = factories.contact(made, person)
    factories.preference(contact)
    at = MORNING - timedelta(days=7 + late)
    factories.save(
        Interaction(
            client_id=made.id,
            contact_id=contact.id,
            user_id=manager.id,
            kind=Kind.CALL,
            outcome=Outcome.SPOKE,
            at=at,
            received_at=at,
            reached=True,
            note="She is nervous about the cut-over.",
        )
    )
    refresh_due_dates([made.id], MORNING)
    return made


def test_the_first_card_is_the_one_to_call_now(manager, sign_in):
    due_client(manager)
    due_client(manager, "Brightline Dental", "Omar Haddad", late=1)
    page = sign_in(manager).get("/today").text
    first, rest = page.split("Next calls")
    assert '<a class="button call big" href="tel:+4722123456"' in first
    assert "Call Dana" in first
    assert "2 days late" in first
    assert "nervous about the cut-over" in first
    assert "Omar Haddad" in rest
    assert 'aria-label="Call Omar"' in rest
    assert re.search(r"<h1>\s*<span[^>]*>2 to call<", page)


def test_nobody_due_is_said_kindly(manager, sign_in):
    due_client(manager, late=-3)
    page = sign_in(manager).get("/today").text
    assert "Nobody is due today" in page
    assert "Next calls" not in page


def test_nobody_due_on_a_day_off_names_the_day_that_is_shown(manager, sign_in, time_machine):
    due_client(manager, late=-5)
    time_machine.move_to(MORNING + timedelta(days=1))
    page = sign_in(manager).get("/today").text
    assert re.search(r"Nobody is due on Monday \d", page)
    assert "Nobody is due today" not in page


def test_a_day_off_has_no_ring_that_would_stay_empty(manager, sign_in, time_machine):
    due_client(manager)
    client = sign_in(manager)
    assert 'class="ring"' in client.get("/today").text
    time_machine.move_to(MORNING + timedelta(days=1))
    assert 'class="ring"' not in client.get("/today").text


def test_how_to_open_belongs_to_today_and_knows_who_is_next(manager, sign_in):
    one = due_client(manager)
    due_client(manager, "Brightline Dental", "Omar Haddad", late=1)
    page = sign_in(manager).get(f"/clients/{one.id}/opening").text
    assert 'data-next="Omar"' in page
    assert re.search(r'href="/today" aria-current="true"', page)
    assert 'href="/clients" aria-current' not in page


def test_a_supervisor_has_a_board_instead(manager, sign_in):
    supervisor = factories.user(Role.SUPERVISOR, manager.team)
    client = sign_in(supervisor)
    assert client.get("/").headers["Location"] == "/team"
    # The app that is installed on a phone opens there, whoever it belongs to.
    assert client.get("/today").headers["Location"] == "/team"


def test_an_administrator_is_sent_to_the_people(manager, sign_in):
    administrator = factories.user(Role.ADMINISTRATOR, manager.team)
    assert sign_in(administrator).get("/today").headers["Location"] == "/admin"


def test_who_comes_next_is_named_also_when_everyone_waits(manager, sign_in, time_machine):
    due_client(manager, late=5)
    due_client(manager, "Brightline Dental", "Omar Haddad", late=1)
    time_machine.move_to(MORNING + timedelta(hours=12))
    page = sign_in(manager).get("/today").text
    assert re.search(r"Dana Whitfield.*Call Dana.*Omar Haddad", page, re.DOTALL)
    assert 'data-name="Dana" data-kind="call" data-next="Omar"' in page


def test_the_page_costs_the_same_for_few_and_for_many(manager, sign_in, db, count_queries):
    client = sign_in(manager)
    for number in range(3):
        due_client(manager, f"Few {number}")
    db.commit()
    costs = []
    for more in (0, 120):
        for number in range(more):
            due_client(manager, f"Many {number}")
        db.commit()
        count_queries.clear()
        assert client.get("/today").status_code == 200
        costs.append(len(count_queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 7  # one of them for what waits to be confirmed


def test_how_to_open_follows_the_reason(manager, sign_in):
    halden = due_client(manager)
    page = sign_in(manager).get(f"/clients/{halden.id}/opening").text
    assert "How to open" in page
    assert "Go through what is open" in page


@pytest.mark.parametrize("path", ["opening", "postponement"])
def test_what_is_not_yours_is_not_there(manager, sign_in, path):
    halden = due_client(manager)
    outsider = factories.user()
    assert sign_in(outsider).get(f"/clients/{halden.id}/{path}").status_code == 404
    assert sign_in(outsider).post(f"/clients/{halden.id}/postponement").status_code == 404


def test_a_monthly_visit_is_under_visits_with_a_way_there(manager, sign_in):
    due_client(manager)
    visit = due_client(
        manager, "Eriksen Bygg", "Tom Eriksen", late=25, stage=Stage.MONTHLY, town="Oslo"
    )
    visit.contacts[0].preferences[0].channel = Channel.VISIT
    refresh_due_dates([visit.id], clock.now())
    page = sign_in(manager).get("/today").text
    assert "Visits, in driving order" in page
    assert 'aria-label="Drive to Tom"' in page
    assert "openstreetmap.org" in page


def test_on_a_day_off_the_next_working_day_is_shown(manager, sign_in, time_machine):
    due_client(manager)
    due_client(manager, "Brightline Dental", "Omar Haddad", late=-3)
    time_machine.move_to(MORNING + timedelta(days=1))
    page = sign_in(manager).get("/today").text
    assert "A day off. This is the list for Monday 23 November." in page
    assert "Monday 23 November" in page
    assert "due Monday" in page
    assert "due today" not in page
    assert "Call Dana" in page


def test_an_evening_says_who_can_wait_and_what_was_missed(manager, sign_in, time_machine):
    for name in ("Halden Freight", "Vik Kommune"):
        due_client(manager, name)
    booked = due_client(manager, "Odde Verft")
    factories.booking(booked, at=factories.NOW.replace(hour=13))
    time_machine.move_to(factories.NOW.replace(hour=19, minute=0), tick=False)
    page = sign_in(manager).get("/today").text
    assert "Their hours are over for today: 2 from tomorrow on." in page
    assert "Booked for 14:40: did it happen?" in page
