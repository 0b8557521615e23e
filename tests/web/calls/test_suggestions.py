"""What a note seems to say: asked for a Yes or a No, and stored only by a tap."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from pwa.files.training import CASES
from pwa.models import (
    Booking,
    Cadence,
    Interaction,
    Need,
    Promise,
    Recovery,
    Role,
    ServiceRequest,
    Suggestion,
)
from pwa.rules.vocabulary.enums import Channel, Priority, RequestKind, RequestStatus
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")

HEADING = "Confirm what you said"
SHEET = "/today/confirm"
LINE = re.compile(r'<a class="button" href="([^"]+)" data-ids="[\d ]+"[^>]*>(\d+ to confirm)</a>')


@pytest.fixture(autouse=True)
def no_cases(app):
    (app.config["ROUNDS"].instance_path / CASES).unlink(missing_ok=True)


def say(phone, client, note, outcome="spoke", key="a-call-of-mine"):
    data = {"key": key, "client": client.id, "contact": client.contacts[0].id, "note": note}
    data |= {"outcome": outcome, "at": NOW.isoformat()}
    assert phone.post("/interactions", data=data).status_code == 303


def asked(db):
    return list(db.scalars(sa.select(Suggestion).order_by(Suggestion.id)))


def answer(phone, one, what="yes", key="a-tap-on-it", **values):
    data = {"key": f"{key}-{one.id}", "answer": what, **values}
    return phone.post(f"/suggestions/{one.id}", data=data)


def first(db, model):
    db.expire_all()
    return db.scalar(sa.select(model))


def test_a_typed_note_is_read_at_once_and_nothing_is_stored_by_itself(db, phone, halden):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    assert LINE.findall(phone.get("/today").text) == [(SHEET, "1 to confirm")]
    page = phone.get(SHEET).text
    assert HEADING in page
    assert "You promised: send the switch quote" in page
    assert 'value="2026-11-25"' in page
    ((of_client, words),) = LINE.findall(phone.get(f"/clients/{halden.id}").text)
    assert words == "1 to confirm"
    assert "You promised: send the switch quote" in phone.get(of_client).text
    assert first(db, Promise) is None


def test_yes_makes_a_promise_of_the_day_of_the_call(db, phone, halden):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    (one,) = asked(db)
    assert answer(phone, one, day="2026-11-26").status_code == 303
    promise = first(db, Promise)
    assert (promise.words, promise.due) == ("send the switch quote", date(2026, 11, 26))
    assert (promise.made, promise.contact_id) == (NOW.date(), halden.contacts[0].id)
    assert "to confirm" not in phone.get("/today").text
    assert "Yes" not in phone.get(SHEET).text


@pytest.mark.parametrize("times", [1, 2])
def test_yes_said_twice_is_one_promise(db, phone, halden, times):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    (one,) = asked(db)
    for number in range(times):
        answer(phone, one, key=f"tap-number-{number}", day="2026-11-25")
    assert db.scalar(sa.select(sa.func.count()).select_from(Promise)) == 1


def test_no_stores_nothing_and_is_a_case_to_learn_from(app, db, phone, halden):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    (one,) = asked(db)
    answer(phone, one, "no")
    assert first(db, Promise) is None
    assert "to confirm" not in phone.get("/today").text
    assert "Yes" not in phone.get(SHEET).text
    (line,) = (app.config["ROUNDS"].instance_path / CASES).read_text().splitlines()
    case = json.loads(line)
    assert "send the switch quote" in case["said"]
    assert (case["not"]["kind"], case["not"]["date"]) == ("promise", "2026-11-25")


def test_an_administrator_takes_the_cases_along(phone, db, halden, sign_in):
    desk = sign_in(factories.user(email="ada@example.com", role=Role.ADMINISTRATOR))
    assert "There is none yet." in desk.get("/admin").text
    assert desk.get("/admin/not-so.jsonl").status_code == 404
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    answer(phone, asked(db)[0], "no")
    assert "Download 1 case" in desk.get("/admin").text
    assert "switch quote" in desk.get("/admin/not-so.jsonl").text
    assert phone.get("/admin/not-so.jsonl").status_code == 404


def test_a_day_that_is_gone_is_said_beside_the_field_and_stays(db, phone, halden):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    (one,) = asked(db)
    refused = answer(phone, one, day="2026-11-02")
    assert refused.status_code == 422
    assert "That day is gone." in refused.text
    assert 'value="2026-11-02"' in refused.text
    assert first(db, Promise) is None


def test_a_booking_is_made_in_the_zone_of_whoever_said_it(db, phone, halden):
    say(phone, halden, "I'll call her back on Tuesday at ten")
    (one,) = asked(db)
    answer(phone, one, day="2026-11-24", time="10:00")
    booking = first(db, Booking)
    assert (booking.kind, booking.at) == ("call", datetime(2026, 11, 24, 9, tzinfo=UTC))


def test_a_rhythm_that_they_asked_for_holds_at_once_with_their_words(db, phone, halden):
    say(phone, halden, "She says once a month is plenty for her")
    (one,) = asked(db)
    assert "They would like to talk monthly" in phone.get(SHEET).text
    answer(phone, one)
    stands = db.scalar(sa.select(Cadence).where(Cadence.ended_at.is_(None)))
    assert (stands.stage, stands.agreed_with_id) == ("monthly", halden.contacts[0].id)


def test_another_channel_leaves_their_hours(db, phone, halden):
    dana = halden.contacts[0]
    factories.preference(dana, days="mon,tue")
    say(phone, halden, "She would rather have an email")
    answer(phone, asked(db)[0])
    db.expire_all()
    assert (dana.preference.channel, dana.preference.days) == (Channel.EMAIL, "mon,tue")


def test_what_went_wrong_comes_first_on_the_list(db, phone, halden):
    say(phone, halden, "She was furious, the delivery never arrived")
    one = next(one for one in asked(db) if one.kind == "recovery")
    answer(phone, one)
    recovery = first(db, Recovery)
    assert (recovery.opened, recovery.contact_id) == (NOW, halden.contacts[0].id)


def test_a_request_that_is_said_to_be_done_is_the_one_they_mean(db, phone, halden):
    values = {"kind": RequestKind.REQUEST, "priority": Priority.HIGH, "status": RequestStatus.OPEN}
    for title in ("Backup alarm", "Ramp at gate 4"):
        db.add(ServiceRequest(client_id=halden.id, title=title, opened=NOW.date(), **values))
    db.commit()
    say(phone, halden, "The alarm is sorted by the way")
    (one,) = asked(db)
    answer(phone, one)
    db.expire_all()
    done = db.scalars(sa.select(ServiceRequest.title).where(ServiceRequest.status == "done")).all()
    assert done == ["Backup alarm"]


def test_what_they_need_is_kept_with_them(db, phone, halden):
    say(phone, halden, "What matters to her is that somebody picks up the phone")
    one = next(one for one in asked(db) if one.kind == "need")
    answer(phone, one)
    assert first(db, Need).contact_id == halden.contacts[0].id


def test_the_recap_offers_itself_once_all_is_answered(db, phone, halden):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    (one,) = asked(db)
    data = {"key": "a-tap-with-htmx", "answer": "yes", "day": "2026-11-25"}
    card = phone.post(f"/suggestions/{one.id}", data=data, headers={"HX-Request": "true"})
    assert card.text.lstrip().startswith("<article")
    assert "Write the recap" in card.text
    assert "Added to your promises" in card.text


def test_a_no_can_be_made_a_yes_while_it_is_on_the_screen(db, phone, halden):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    (one,) = asked(db)
    answer(phone, one, "no")
    answer(phone, one, "yes", key="second-tap", day="2026-11-25")
    assert first(db, Promise) is not None


def test_nobody_else_answers_for_me(db, phone, halden, sign_in, petra, ingrid):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    (one,) = asked(db)
    for other in (petra, ingrid):
        browser = sign_in(other)
        assert answer(browser, one).status_code == 404
        assert "to confirm" not in browser.get("/today", follow_redirects=True).text
        assert "switch quote" not in browser.get(SHEET).text
    assert first(db, Promise) is None


def test_who_left_a_voicemail_heard_nothing_from_them(db, phone, halden):
    say(phone, halden, "She says once a month is plenty for her", outcome="voicemail")
    assert asked(db) == []


def test_what_was_typed_into_the_form_is_not_asked_again(db, phone, halden):
    data = {"key": "a-call-of-mine", "client": halden.id, "contact": halden.contacts[0].id}
    data |= {"outcome": "spoke", "at": NOW.isoformat(), "promise_1": "the switch quote"}
    data |= {"day_1": "2026-11-25", "note": "I told her I'd send the switch quote by Wednesday"}
    phone.post("/interactions", data=data)
    assert asked(db) == []


def test_what_was_read_follows_the_row_that_corrects_it(db, phone, halden):
    say(phone, halden, "I told her I'd send the quote by Wednesday. Once a month is plenty for her")
    row = first(db, Interaction)
    data = {"key": "it-was-a-voicemail", "outcome": "voicemail"}
    assert phone.post(f"/interactions/{row.id}/correction", data=data).status_code == 303
    db.expire_all()
    (left,) = asked(db)
    assert (left.kind, left.interaction.outcome) == ("promise", "voicemail")


def test_each_suggestion_is_a_group_with_yes_and_no(phone, halden):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    page = phone.get(SHEET).text
    assert re.search(r'role="group" aria-labelledby="suggestion-\d+-\w+"', page)
    assert re.findall(r'name="answer" value="(yes|no)"', page) == ["yes", "no"]


def test_what_leaves_the_house_is_said_plainly(app, db, sign_in, monkeypatch):
    desk = sign_in(factories.user(role=Role.ADMINISTRATOR))
    page = desk.get("/admin").text
    assert "Their sound does not leave it." in page
    assert "Their words do not leave it." in page
    services = {"speech_engine": "https://s.example/v1#m", "reading_url": "https://r.example/v1#m"}
    monkeypatch.setitem(app.config, "ROUNDS", replace(app.config["ROUNDS"], **services))
    page = desk.get("/admin").text
    assert "leaves this server: s.example writes it out." in page
    assert "leave this server: r.example reads them." in page
