"""A day that is too full, put off again and again, quotes after calls, calls between visits."""

import re
from datetime import timedelta

import pytest

from pwa.models import Client, Contact, Postponement, Role
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Channel, Outcome, RequestKind, Stage
from tests import factories

MORNING = factories.NOW  # a Friday, 10:40 in Oslo


@pytest.fixture(autouse=True)
def friday_morning(time_machine):
    time_machine.move_to(MORNING)


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone", capacity_minutes=60)


def client(manager, name="Halden Freight", person="Dana Whitfield", days_ago=9, **values):
    """A weekly client, due when talked to more than a week ago."""
    channel = values.pop("channel", Channel.PHONE)
    made = factories.client(manager, name, **values)
    contact = factories.contact(made, person)
    factories.preference(contact, channel)
    at = MORNING - timedelta(days=days_ago)
    factories.interaction(made, contact_id=contact.id, at=at, received_at=at)
    refresh_due_dates([made.id], MORNING)
    return made


def sections(page):
    """The names of rows by the heading that they stand under."""
    parts = re.split(r'<h2 id="[\w-]+">([^<]+)</h2>', page)
    rows = [
        re.findall(r'<li class="row[^>]*>.*?<a href="[^"]*">([^<]+)</a>', p, re.S) for p in parts
    ]
    return dict(zip(parts[1::2], rows[2::2], strict=True))


def test_a_day_that_fits_says_nothing(manager, sign_in):
    client(manager)
    assert "would slip" not in sign_in(manager).get("/today").text


def test_an_overloaded_day_is_said_openly(manager, sign_in):
    for number in range(9):
        client(manager, f"Client {number}", f"Dana{number} Moe", days_ago=9 + number)
    browser = sign_in(manager)
    page = browser.get("/today").text
    assert 'href="/today/load"' in page
    assert re.search(r"Today asks for 1 h 30, you have 1 h\.\s+3 would slip\.", page)
    load = sections(browser.get("/today/load").text)
    assert load["Would slip"] == ["Dana4 Moe", "Dana1 Moe", "Dana0 Moe"]
    assert load["Fits the day"][0] == "Dana8 Moe"


def test_who_would_slip_can_be_called_or_put_off(manager, sign_in, db):
    for number in range(7):
        client(manager, f"Client {number}", f"Dana{number} Moe", days_ago=9 + number)
    page = sign_in(manager).get("/today/load").text
    assert 'aria-label="Call Dana0 today all the same"' in page
    assert 'aria-label="Put Dana0 off"' in page
    assert "5 days late Monday" in page
    assert "ask your supervisor for cover" in page


@pytest.mark.slow
def test_the_load_of_many_is_bounded(manager, sign_in, db, count_queries):
    for number in range(150):
        client(manager, f"Client {number:03}")
    browser = sign_in(manager)
    db.commit()
    count_queries.clear()
    page = browser.get("/today/load").text
    assert len(count_queries) <= 8
    assert len(re.findall('<li class="row', page)) <= 120
    assert "and 32 more" in page
    assert re.search(r"25 h.*144 would slip", page, re.DOTALL)


def test_only_the_manager_sees_their_load(manager, sign_in):
    assert sign_in(factories.user(Role.SUPERVISOR)).get("/today/load").status_code in (403, 404)


def put_off(client, days):
    at = MORNING - timedelta(days=days)
    values = {"client_id": client.id, "made_by_id": client.owner_id, "reason": "They are busy"}
    factories.save(Postponement(at=at, until=at + timedelta(hours=1), **values))


def test_the_third_time_is_said_before_it_is_saved(manager, sign_in, db, time_machine):
    halden = client(manager)
    for days in (40, 3):
        put_off(halden, days)
    browser = sign_in(manager)
    address = f"/clients/{halden.id}/postponement"
    words = "You have put Dana off twice already: this is the third time."
    assert words not in browser.get(address).text  # the first was before they last talked
    put_off(halden, 2)
    assert words in browser.get(address).text
    assert words in browser.post(address, data={}).text
    browser.post(address, data={"when": "hour", "reason": "busy"})
    assert "put off three times" not in browser.get("/today").text  # on no list until then
    time_machine.move_to(MORNING + timedelta(hours=2))
    assert "put off three times" in browser.get("/today").text
    assert "You have put Dana off 3 times already." in browser.get(address).text


def test_after_three_days_in_vain_a_time_is_asked_for(manager, sign_in, db):
    halden = client(manager)
    who = halden.contacts[0]
    for days in (5, 4, 1):
        at = MORNING - timedelta(days=days)
        tried = {"outcome": Outcome.NO_ANSWER, "reached": False, "at": at, "received_at": at}
        factories.interaction(halden, contact_id=who.id, **tried)
    browser = sign_in(manager)
    page = browser.get("/today").text
    assert "Not reached on 3 days: agree a time in their channel" in page
    assert "Ask for a time to talk" in page
    db.get_one(Contact, who.id).difficult = True
    db.commit()
    page = browser.get("/today").text
    assert "Not reached on 3 days: call again" in page
    assert "Ask for a time to talk" not in page


def test_quotes_and_roadmap_meetings_stand_after_the_calls(manager, sign_in):
    client(manager, "First", "Ann First")
    client(manager, "Call", "Ben Call", days_ago=8)
    for name, kind in (("Quote", RequestKind.QUOTE), ("Roadmap", RequestKind.ROADMAP)):
        made = client(manager, name, f"Kim {name}", days_ago=1)
        factories.request(made, f"The {name}", kind=kind, due=MORNING.date())
        refresh_due_dates([made.id], MORNING)
    page = sign_in(manager).get("/today").text
    assert sections(page) == {
        "Next calls": ["Ben Call"],
        "Quotes": ["Kim Quote"],
        "Roadmap meetings": ["Kim Roadmap"],
    }
    assert list(sections(page)) == ["Next calls", "Quotes", "Roadmap meetings"]


def test_calls_that_fit_stand_between_the_visits(sign_in, db):
    manager = factories.user(name="Charlie Boone", capacity_minutes=300)
    client(manager, "First", "Ann First", days_ago=30)
    for number in range(2):
        where = {"latitude": 59.9 + number / 100, "longitude": 10.7}
        visited = {"channel": Channel.VISIT, "stage": Stage.WEEKLY}
        client(manager, f"Visit {number}", f"Tom Visit{number}", **visited, **where)
    client(manager, "Call", "Ben Call")
    client(manager, "Other", "Cy Other", days_ago=8)
    page = sign_in(manager).get("/today").text
    found = sections(page)
    assert found["Next calls"] == ["Ben Call"]
    visits = found["Visits, in driving order"]
    assert len(visits) == 3
    assert visits[1] == "Cy Other"
    assert "Before you drive on" in page
    assert page.count("Cy Other") == 1
    assert db.query(Client).count() == 5
