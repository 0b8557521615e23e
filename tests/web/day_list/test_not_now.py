"""Not now: two taps, a reason where it matters, a deadline that is said, and an undo."""

import re
from datetime import timedelta

import pytest

from pwa.models import Postponement, Recovery
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Severity, Stage
from tests import factories

MORNING = factories.NOW  # a Friday, 10:40 in Oslo
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture(autouse=True)
def friday_morning(time_machine):
    time_machine.move_to(MORNING, tick=False)


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone")


def due_client(manager, name="Halden Freight", person="Dana Whitfield", days_ago=9):
    made = factories.client(manager, name, stage=Stage.WEEKLY)
    contact = factories.contact(made, person)
    factories.preference(contact)
    factories.interaction(made, contact_id=contact.id, at=MORNING - timedelta(days=days_ago))
    refresh_due_dates([made.id], MORNING)
    return made


@pytest.fixture
def halden(manager):
    return due_client(manager)


@pytest.fixture
def phone(manager, halden, sign_in):
    return sign_in(manager)


def page_of(client):
    return f"/clients/{client.id}/postponement"


def undo_of(page):
    """The address and the fields of the "Undo" in a page's notice."""
    form = re.search(r'<form method="post" action="([^"]+/undo)">(.*?)</form>', page, re.S)
    assert form, "no Undo"
    return form[1], dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))


def went_wrong(client, **values):
    made = {"contact_id": client.contacts[0].id, "cause": "delivery missing", **values}
    made = {"severity": Severity.HIGH, "opened": MORNING - timedelta(minutes=10), **made}
    recovery = factories.save(Recovery(client_id=client.id, **made))
    refresh_due_dates([client.id], MORNING)
    return recovery


def test_two_taps_put_a_client_off(phone, halden, db):
    assert f'href="{page_of(halden)}">Not now' in phone.get("/today").text
    page = phone.get(page_of(halden)).text
    for value, words in (
        ("hour", "In an hour"),
        ("tomorrow", "Tomorrow"),
        ("day", "Put off until"),
    ):
        assert re.search(rf'<button [^>]*name="when" value="{value}">{words}', page)
    assert "Pick a day" in page
    assert "Add a reason (optional)" in page
    assert re.search(r'href="/today" aria-current="true"', page)
    answer = phone.post(page_of(halden), data={"when": "tomorrow"})
    assert answer.headers["Location"] == "/today"
    row = db.query(Postponement).one()
    assert (row.reason, row.whole_day) == ("", True)
    today = phone.get("/today").text
    assert "Dana is back on your list tomorrow." in today
    rows, _, close = today.partition('aria-labelledby="close"')
    assert "Dana Whitfield" not in rows
    assert "First Monday: Dana Whitfield" in close


def test_every_row_has_a_way(manager, phone, halden):
    omar = due_client(manager, "Brightline Dental", "Omar Haddad", days_ago=8)
    rows = phone.get("/today").text.split("Next calls")[1]
    assert f'href="{page_of(omar)}" aria-label="Not now: Omar"' in rows


def test_the_optional_reason_is_kept(phone, halden, db):
    phone.post(page_of(halden), data={"when": "hour", "reason": "busy"})
    assert db.query(Postponement).one().reason == "They are busy"


def test_a_promise_asks_why(phone, halden, db):
    factories.promise(halden, due=MORNING.date())
    refresh_due_dates([halden.id], MORNING)
    assert "Add a reason (optional)" not in phone.get(page_of(halden)).text
    refused = phone.post(page_of(halden), data={"when": "tomorrow"})
    assert refused.status_code == 422
    assert "Say why in a word or two" in refused.text
    phone.post(page_of(halden), data={"when": "tomorrow", "words": "the quote is not ready"})
    assert db.query(Postponement).one().reason == "the quote is not ready"


def test_a_recovery_is_not_put_past_its_deadline_unawares(phone, halden, db):
    went_wrong(halden)  # high: two working hours, 12:30
    page = phone.get(page_of(halden)).text
    words = "That is after the deadline, 12:30."
    assert re.search(r'<button [^>]*name="when" value="hour">', page)
    for value in ("afternoon", "tomorrow"):
        assert re.search(rf'{words}</p>\s*<button [^>]*name="late" value="{value}">', page)
    refused = phone.post(page_of(halden), data={"when": "tomorrow", "reason": "waiting"})
    assert refused.status_code == 422
    assert words in refused.text
    day = {"when": "day", "day": "2026-11-23", "reason": "waiting"}
    again = phone.post(page_of(halden), data=day)
    assert 'name="late" value="day">Put off anyway' in again.text
    assert db.query(Postponement).count() == 0
    accepted = {"late": "day", "day": "2026-11-23", "reason": "waiting"}
    assert phone.post(page_of(halden), data=accepted).status_code == 303
    assert "Make it right" not in phone.get("/today").text


def test_what_goes_wrong_after_it_is_first_on_the_list(phone, halden, time_machine):
    phone.post(page_of(halden), data={"when": "tomorrow"})
    time_machine.move_to(MORNING + timedelta(minutes=30))
    went_wrong(halden, opened=MORNING + timedelta(minutes=20))
    assert "Make it right" in phone.get("/today").text


@pytest.mark.parametrize("day", ["", "2026-11-20", "2027-11-20", "soon"])
def test_another_day_has_to_be_a_day_soon(phone, halden, day):
    answer = phone.post(page_of(halden), data={"when": "day", "day": day, "words": "later"})
    assert answer.status_code == 422
    assert "Choose a day" in answer.text
    assert 'value="later"' in answer.text


def test_a_repeated_not_now_is_one(phone, halden, db):
    sent = {"key": KEY, "when": "hour", "reason": "busy"}
    answers = [phone.post(page_of(halden), data=sent) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert db.query(Postponement).count() == 1
    assert phone.post(page_of(halden), data={**sent, "reason": "waiting"}).status_code == 409


def test_no_afternoon_is_offered_once_it_has_begun(phone, halden, time_machine):
    assert "This afternoon" in phone.get(page_of(halden)).text
    time_machine.move_to(MORNING.replace(hour=18), tick=False)
    assert "This afternoon" not in phone.get(page_of(halden)).text


def test_undo_brings_the_client_back_once(phone, halden, db):
    phone.post(page_of(halden), data={"when": "hour"})
    page = phone.get("/today").text
    assert "Dana is back on your list at 11:40." in page
    address, fields = undo_of(page)
    for key in (fields["key"], KEY):  # a second tap, from a page that still shows it
        phone.post(address, data={**fields, "key": key})
        assert "Dana is back on your list." in phone.get("/today").text
    assert db.query(Postponement).count() == 0
    assert "Call Dana" in phone.get("/today").text
    assert "the third time" not in phone.get(page_of(halden)).text


def test_undo_says_what_came_since(phone, halden, time_machine, db):
    phone.post(page_of(halden), data={"when": "hour"})
    first = undo_of(phone.get("/today").text)
    time_machine.move_to(MORNING + timedelta(minutes=1), tick=False)
    phone.post(page_of(halden), data={"when": "tomorrow"})
    second = undo_of(phone.get("/today").text)
    phone.post(first[0], data=first[1])
    assert "Dana was put off again since: that one stands." in phone.get("/today").text
    factories.interaction(halden, at=MORNING + timedelta(minutes=2))
    phone.post(second[0], data=second[1])
    assert "a conversation with Dana since: nothing to undo" in phone.get("/today").text
    assert db.query(Postponement).count() == 2


def test_undo_takes_nobody_elses(phone, halden, sign_in, db):
    phone.post(page_of(halden), data={"when": "hour"})
    address, fields = undo_of(phone.get("/today").text)
    stranger = factories.user()
    theirs = due_client(stranger, "Theirs", "Ben Stone")
    outsider = sign_in(stranger)
    assert outsider.post(address, data=fields).status_code == 404
    outsider.post(f"{page_of(theirs)}/undo", data=fields)
    assert db.query(Postponement).count() == 1


@pytest.mark.parametrize("sent", [{}, {"postponement": "x", "at": "soon"}, {"at": "2026-11-20"}])
def test_an_undo_without_what_it_is_about_undoes_nothing(phone, halden, db, sent):
    phone.post(page_of(halden), data={"when": "hour"})
    assert phone.post(f"{page_of(halden)}/undo", data=sent).status_code == 303
    assert db.query(Postponement).count() == 1
