"""What is open with a client: promises, requests, booked times and the rhythm agreed."""

import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from pwa.models import Booking, Cadence, Promise, PromiseMove, Role, ServiceRequest
from pwa.rules.vocabulary.enums import Priority, RequestStatus, Stage
from tests import factories
from tests.web.pages import stamp_of

pytestmark = pytest.mark.usefixtures("on_a_friday")


@pytest.fixture
def owner(db):
    return factories.user(name="Charlie Boone")


@pytest.fixture
def dana(owner):
    return factories.contact(factories.client(owner))


@pytest.fixture
def halden(dana):
    return dana.client


@pytest.fixture
def phone(owner, dana, sign_in):
    return sign_in(owner)


def only(db, model):
    db.expire_all()
    return db.scalars(sa.select(model)).one()


def test_a_promise_is_given_in_the_words_used(phone, db, halden, dana):
    form = {
        "key": "promise-key",
        "words": "send the quote",
        "contact_id": dana.id,
        "due": "2026-11-24",
    }
    assert phone.post(f"/clients/{halden.id}/promises", data=form).status_code == 303
    given = only(db, Promise)
    assert (given.words, given.made, given.due) == (
        "send the quote",
        date(2026, 11, 20),
        date(2026, 11, 24),
    )
    assert given.contact_id == dana.id
    assert "You promised: send the quote" in phone.get(f"/clients/{halden.id}").text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("words", "", "What did you promise?"),
        ("due", "", "By which day?"),
        ("due", "0001-01-01", "Write the day as"),
        ("due", "1999-12-31", "in a year from 2000 to 2099"),
        ("due", "2100-01-01", "in a year from 2000 to 2099"),
        ("contact_id", "0", "Choose someone who is there"),
    ],
)
def test_a_promise_without_words_or_day_is_asked_for(phone, db, halden, field, typed, words):
    form = {"key": "promise-key", "words": "send it", "due": "2026-11-24", field: typed}
    answer = phone.post(f"/clients/{halden.id}/promises", data=form)
    assert answer.status_code == 422
    assert words in answer.text


def test_keeping_it_is_one_tap_and_safe_to_repeat(phone, db, halden, time_machine):
    promise = factories.promise(halden)
    db.commit()
    for key in ("first-tap", "second-tap"):
        answer = phone.post(
            f"/promises/{promise.id}/keeping", data={"key": key, "next": "/promises"}
        )
        assert answer.headers["Location"] == "/promises"
        time_machine.shift(86400)
    assert only(db, Promise).kept == date(2026, 11, 20)


@pytest.mark.parametrize(("told", "day"), [("yes", date(2026, 11, 20)), ("no", None)])
def test_moving_says_whether_they_know(phone, db, halden, told, day):
    promise = factories.promise(halden)
    db.commit()
    form = {"key": "moving-key", "to": "2026-11-27", "told": told}
    assert phone.post(f"/promises/{promise.id}/move", data=form).status_code == 303
    moved = only(db, Promise)
    assert (moved.due, moved.falls_due) == (date(2026, 11, 20), date(2026, 11, 27))
    move = only(db, PromiseMove)
    assert (move.to, move.told, move.moved_on) == (date(2026, 11, 27), day, date(2026, 11, 20))


def test_moving_asks_for_what_is_missing(phone, db, halden):
    promise = factories.promise(halden)
    db.commit()
    assert "Have you told" in phone.get(f"/promises/{promise.id}/move").text
    answer = phone.post(
        f"/promises/{promise.id}/move", data={"key": "moving-key", "to": "2026-11-01"}
    )
    assert answer.status_code == 422
    assert "That day is gone" in answer.text
    assert 'id="told-problem"' in answer.text


def test_open_promises_stand_in_the_order_in_which_they_fall_due(phone, db, halden):
    factories.promise(halden, "the later one", due=date(2026, 12, 1))
    factories.promise(halden, "the late one", due=date(2026, 11, 17))
    factories.promise(halden, "the moved one", falls_due=date(2026, 11, 23))
    factories.promise(halden, "the kept one", kept=date(2026, 11, 19))
    db.commit()
    text = phone.get("/promises").text
    assert re.findall(r"#open\">(the \w+ one)", text) == [
        "the late one",
        "the moved one",
        "the later one",
    ]
    assert '<strong class="late nowrap">3 days late</strong>' in text


def test_no_promise_is_a_kind_page(phone):
    assert "Every promise is kept" in phone.get("/promises").text


def test_promises_are_ones_own_or_the_teams(db, sign_in, owner, halden):
    factories.promise(halden)
    people = {
        "own": owner,
        "supervisor": factories.user(Role.SUPERVISOR, owner.team),
        "outsider": factories.user(),
        "other supervisor": factories.user(Role.SUPERVISOR),
    }
    pages = {who: sign_in(person).get("/promises").text for who, person in people.items()}
    assert {who for who, text in pages.items() if "switch quote" in text} == {"own", "supervisor"}
    assert "Charlie Boone" in pages["supervisor"]


def test_promises_cost_the_same_however_many(phone, db, owner, halden, count_queries):
    factories.promise(halden)
    db.commit()
    count_queries.clear()
    phone.get("/promises")
    few = len(count_queries)
    for _ in range(30):
        other = factories.client(owner)
        factories.promise(other, contact_id=factories.contact(other).id)
    db.commit()
    count_queries.clear()
    phone.get("/promises")
    assert len(count_queries) == few == 5


def test_a_request_is_added_changed_and_closed(phone, db, halden):
    form = {
        "key": "request-key",
        "title": "Second monitor",
        "kind": "request",
        "priority": "high",
        "status": "open",
        "due": "2026-12-01",
    }
    assert phone.post(f"/clients/{halden.id}/requests", data=form).status_code == 303
    asked = only(db, ServiceRequest)
    assert (asked.title, asked.priority, asked.opened) == (
        "Second monitor",
        Priority.HIGH,
        date(2026, 11, 20),
    )
    stamp = stamp_of(phone.get(f"/requests/{asked.id}/edit"))
    changed = {**form, "key": "change-key", "stamp": stamp, "status": "waiting", "priority": "low"}
    assert phone.post(f"/requests/{asked.id}", data=changed).status_code == 303
    assert only(db, ServiceRequest).status == RequestStatus.WAITING
    stale = phone.post(f"/requests/{asked.id}", data={**changed, "key": "stale-key", "title": "A"})
    assert stale.status_code == 409
    assert "now: Second monitor" in stale.text
    assert phone.post(f"/requests/{asked.id}/closure", data={"key": "close-key"}).status_code == 303
    done = only(db, ServiceRequest)
    assert (done.status, done.closed_on) == (RequestStatus.DONE, date(2026, 11, 20))
    assert "Done and kept" in phone.get(f"/clients/{halden.id}").text


def test_a_request_needs_a_title(phone, db, halden):
    answer = phone.post(f"/clients/{halden.id}/requests", data={"key": "request-key", "title": " "})
    assert answer.status_code == 422
    assert "What do they wait for?" in answer.text


def test_a_time_is_booked_by_the_contacts_clock(phone, db, halden, dana):
    dana.timezone = "America/New_York"
    db.commit()
    assert "Dana, New York" in phone.get(f"/clients/{halden.id}/bookings/new").text
    form = {
        "key": "booking-key",
        "contact_id": dana.id,
        "kind": "call",
        "day": "2026-11-24",
        "time": "09:00",
    }
    answer = phone.post(f"/clients/{halden.id}/bookings", data=form)
    booking = only(db, Booking)
    assert booking.at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    page = phone.get(answer.headers["Location"]).text
    assert "Booked: Tuesday 15:00 your time" in page
    assert "9:00 for Dana" in page
    phone.post(f"/bookings/{booking.id}/cancellation", data={"key": "cancel-key"})
    assert only(db, Booking).cancelled_at == factories.NOW
    assert "No time is agreed" in phone.get(f"/clients/{halden.id}").text


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2026-11-19", "09:00", "That moment is gone"),
        ("", "09:00", "Which day?"),
        ("2026-11-24", "", "What time?"),
        ("2026-11-24", "9", "Write the time as"),
    ],
)
def test_a_booking_needs_a_moment_to_come(phone, db, halden, day, hour, words):
    form = {"key": "booking-key", "kind": "call", "day": day, "time": hour}
    answer = phone.post(f"/clients/{halden.id}/bookings", data=form)
    assert answer.status_code == 422
    assert words in answer.text


def test_another_rhythm_is_agreed_with_someone_and_the_old_one_kept(phone, db, halden, dana):
    form = {"key": "cadence-key", "stage": "daily", "since": "2026-11-20"}
    form |= {"agreed_with": dana.id, "agreed_on": "2026-11-20"}
    assert phone.post(f"/clients/{halden.id}/cadence", data=form).status_code == 303
    db.expire_all()
    before, now = db.scalars(sa.select(Cadence).order_by(Cadence.id)).all()
    assert (before.stage, before.ended_at) == (Stage.WEEKLY, factories.NOW)
    assert (now.stage, now.since, now.agreed_with_id) == (Stage.DAILY, date(2026, 11, 20), dana.id)
    text = phone.get(f"/clients/{halden.id}").text
    assert "Agreed with Dana, from today on." in text
    assert '<li aria-current="step">daily</li>' in text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("stage", "", "How often?"),
        ("since", "", "From which day?"),
        ("since", "2029-01-01", "more than a year"),
        ("agreed_with", "0", "Choose someone"),
    ],
)
def test_a_rhythm_without_its_facts_is_asked_for(phone, db, halden, field, typed, words):
    form = {"key": "cadence-key", "stage": "daily", "since": "2026-11-20", field: typed}
    answer = phone.post(f"/clients/{halden.id}/cadence", data=form)
    assert answer.status_code == 422
    assert words in answer.text


def test_an_outsider_reaches_nothing_of_it(db, sign_in, halden):
    promise, asked = factories.promise(halden), factories.request(halden)
    booking = factories.booking(halden)
    outsider = sign_in(factories.user())
    for address in (f"/promises/{promise.id}/move", f"/requests/{asked.id}/edit"):
        assert outsider.get(address).status_code == 404
    for address in (
        f"/promises/{promise.id}/keeping",
        f"/promises/{promise.id}/move",
        f"/requests/{asked.id}",
        f"/requests/{asked.id}/closure",
        f"/bookings/{booking.id}/cancellation",
    ):
        assert outsider.post(address, data={"key": "not-mine-at-all"}).status_code == 404
    assert only(db, Promise).kept is None


def test_a_move_of_what_was_kept_meanwhile_says_so(phone, db, halden):
    promise = factories.promise(halden, kept=date(2026, 11, 20))
    data = {"key": "moved-in-a-lift", "to": "2026-12-11", "told": "yes"}
    late = phone.post(f"/promises/{promise.id}/move", data=data)
    assert late.status_code == 422
    assert "It was kept meanwhile" in late.text
    assert "kept%20meanwhile" in late.headers["X-Rounds-Problem"]
    db.refresh(promise)
    assert promise.moves == []
