"""The agenda: what stands on which day, how much of it, and what it costs to read."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from pwa.models import Intensification, Postponement
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.day_list import agenda
from pwa.operations.day_list.agenda_query import DUE_A_DAY
from pwa.rules.vocabulary.enums import Channel, Kind, Stage
from tests import factories

NOW = factories.NOW
FRIDAY = NOW.date()  # 20 November 2026
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MOST = 2  # the sign-in, and the week


@pytest.fixture(autouse=True)
def friday(on_a_friday):
    """All of them look at the week from the same morning."""


def due_on(manager, day, name="Halden Freight", channel=Channel.PHONE, **values):
    """A weekly client whose last conversation makes it due on that day."""
    made = factories.client(manager, name, **values)
    contact = factories.contact(made, f"Dana {name}")
    factories.preference(contact, channel)
    at = datetime.combine(day - timedelta(days=7), time(10), UTC)
    factories.interaction(made, contact_id=contact.id, at=at, received_at=at)
    refresh_due_dates([made.id], factories.NOW)
    return made


def days_of(page):
    """The sections of the days, by the words of their heading."""
    sections = re.findall(r'<h2 id="day-[^>]*>([^<]+)</h2>(.*?)</section>', page, re.DOTALL)
    return {heading.strip(): words for heading, words in sections}


def test_tomorrow_comes_first_also_on_a_day_off_and_empty_days_do_not(charlie, sign_in):
    due_on(charlie, TUESDAY)
    days = days_of(sign_in(charlie).get("/agenda").text)
    assert list(days) == ["Tomorrow, Saturday 21 November", "Tuesday 24 November"]
    assert "Day off" in days["Tomorrow, Saturday 21 November"]
    assert "Nothing is booked, promised or due." in days["Tomorrow, Saturday 21 November"]
    assert "Weekly call" in days["Tuesday 24 November"]
    assert "about 10 min of 4 h" in days["Tuesday 24 November"]


def test_what_is_booked_promised_and_due_with_what_can_be_done(charlie, sign_in):
    halden = due_on(charlie, MONDAY)
    booked = factories.booking(
        halden, contact_id=halden.contacts[0].id, at=datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    )
    factories.promise(halden, due=MONDAY, contact_id=halden.contacts[0].id)
    late = due_on(charlie, FRIDAY - timedelta(days=3), "Late AS")
    until = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    factories.save(
        Postponement(client_id=late.id, at=factories.NOW, until=until, reason="she is away")
    )
    moved = due_on(charlie, MONDAY, "Moved AS")
    until = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    factories.save(Postponement(client_id=moved.id, at=factories.NOW, until=until, reason=""))
    phone = sign_in(charlie)
    days = days_of(phone.get("/agenda").text)
    monday = days["Monday 23 November"]
    assert "15:00 · Call" in monday
    assert "You promised: send the switch quote" in monday
    # The booked conversation is the one that is due: it stands there once.
    assert monday.count("Weekly call") == 1
    assert "Late AS" in monday and "put off until this day" in monday
    assert "Moved AS" not in monday and "Moved AS" in days["Wednesday 25 November"]
    assert f'href="/clients/{late.id}/bookings/new"' in monday
    # One conversation each: the promise is talked about in the one that is booked.
    assert "about 20 min of 4 h" in monday
    assert f'href="/bookings/{booked.id}/move?next=/agenda" aria-label="Move Monday 15:00' in monday
    cancel = f"/bookings/{booked.id}/cancellation"
    assert f'action="{cancel}"' in monday
    phone.post(cancel, data={"key": "12345678"})
    assert "15:00" not in days_of(phone.get("/agenda").text)["Monday 23 November"]


def test_visits_of_a_day_stand_in_driving_order_with_their_route(charlie, sign_in):
    for name, latitude in (("Far", 60.9), ("Near", 60.0), ("Middle", 60.4)):
        due_on(charlie, MONDAY, name, Channel.VISIT, latitude=latitude, longitude=10.0)
    booked = due_on(charlie, TUESDAY, "Seen", latitude=60.1, longitude=10.0)
    at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    factories.booking(booked, contact_id=booked.contacts[0].id, kind=Kind.VISIT, at=at)
    monday = days_of(sign_in(charlie).get("/agenda").text)["Monday 23 November"]
    order = re.findall(r'class="muted">(\w+)<', monday)
    assert "Visits, in driving order" in monday and "9:00 · Visit" in monday
    assert order[0] == "Seen"
    assert order[1:] in (["Near", "Middle", "Far"], ["Far", "Middle", "Near"])
    assert "Open the route" in monday


def test_whose_clients_and_whose_promises(charlie, ingrid, sign_in):
    theirs = due_on(ingrid, MONDAY, "Brightline")
    factories.promise(theirs, "send the price", due=MONDAY, owner_id=charlie.id)
    factories.promise(theirs, "send the plan", due=MONDAY)
    mine = due_on(charlie, MONDAY, "Halden")
    factories.promise(mine, "send the switch", due=MONDAY, owner_id=ingrid.id)
    monday = days_of(sign_in(charlie).get("/agenda").text)["Monday 23 November"]
    assert "send the price" in monday
    assert "send the plan" not in monday and "send the switch" not in monday
    assert monday.count("Weekly call") == 1


def test_a_denser_stage_holds_until_its_end(charlie, db):
    made = due_on(charlie, TUESDAY)
    dense = Intensification(
        client_id=made.id, stage=Stage.DAILY, until=TUESDAY, reason="cut-over", created_at=NOW
    )
    factories.save(dense)
    (due,) = agenda.for_manager(charlie, NOW).days[3].due
    assert (due.day, due.stage) == (TUESDAY, Stage.DAILY)
    dense.until = MONDAY
    db.flush()
    (due,) = agenda.for_manager(charlie, NOW).days[3].due
    assert (due.day, due.stage) == (TUESDAY, Stage.WEEKLY)


def test_a_week_costs_one_read_and_a_full_day_is_cut(charlie, sign_in, db, count_queries):
    phone = sign_in(charlie)
    for count in (1, 40):
        for number in range(count):
            made = due_on(charlie, MONDAY, f"Client {count} {number}")
            if number < 15:
                factories.promise(made, due=TUESDAY)
                at = datetime(2026, 11, 25, 9, number, tzinfo=UTC)
                factories.booking(made, contact_id=made.contacts[0].id, at=at)
        db.commit()
        count_queries.clear()
        page = phone.get("/agenda").text
        assert len(count_queries) <= MOST, count_queries
    days = days_of(page)
    assert days["Monday 23 November"].count("Weekly call") == DUE_A_DAY
    assert f"and {41 - DUE_A_DAY} more" in days["Monday 23 November"]
    assert "about 6 h 50, more than your 4 h" in days["Monday 23 November"]
    assert f"and {16 - DUE_A_DAY} more promises" in days["Tuesday 24 November"]
    assert days["Wednesday 25 November"].count("· Call") == 16


def test_an_outsider_and_a_supervisor_have_none(app, petra, sign_in):
    assert sign_in(petra).get("/agenda").status_code == 404
    assert app.test_client().get("/agenda").status_code == 302
