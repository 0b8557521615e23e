"""A suggestion is put right before the Yes, and what was not read is added from the note."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from pwa.files.training import CASES
from pwa.models import Booking, Cadence, Need, Preference, Promise, Recovery, Suggestion
from pwa.operations.maintenance import cleanup
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")

QUOTE = "I told Dana I'd send the switch quote by Wednesday"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_cases(app):
    (app.config["ROUNDS"].instance_path / CASES).unlink(missing_ok=True)


def cases(app):
    file = app.config["ROUNDS"].instance_path / CASES
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def say(phone, client, note, outcome="spoke", **values):
    data = {"key": "a-call-of-mine", "client": client.id, "contact": client.contacts[0].id}
    data |= {"outcome": outcome, "at": NOW.isoformat(), "note": note, **values}
    assert phone.post("/interactions", data=data).status_code == 303


def asked(db):
    db.expire_all()
    return list(db.scalars(sa.select(Suggestion).order_by(Suggestion.id)))


def tap(phone, suggestion, answer="yes", key="a-tap-on-it", headers=None, **values):
    data = {"key": f"{key}-{suggestion.id}", "answer": answer, **values}
    return phone.post(f"/suggestions/{suggestion.id}", data=data, headers=headers)


def add(phone, suggestion_talk, kind, sentence=0, key="what-is-missing", headers=None):
    data = {"key": key, "kind": kind, "sentence": sentence}
    return phone.post(f"/interactions/{suggestion_talk}/suggestions", data=data, headers=headers)


def talk_id(db):
    return db.scalar(sa.text("SELECT max(id) FROM interactions"))


def test_words_and_day_put_right_are_what_is_stored(app, db, phone, halden):
    say(phone, halden, QUOTE)
    (read,) = asked(db)
    page = phone.get(f"/interactions/{read.interaction_id}/suggestions?edit={read.id}").text
    assert "Wording" in page
    assert not re.search(r'id="edit-\d+-\w+" data-folded', page)
    fields = {"kind": "promise", "text": "send the router quote", "day": "2026-11-27"}
    assert tap(phone, read, **fields).status_code == 303
    promise = db.scalars(sa.select(Promise)).one()
    assert (promise.words, promise.due) == ("send the router quote", date(2026, 11, 27))
    (case,) = cases(app)
    assert (case["not"]["text"], case["not"]["date"]) == ("send the switch quote", "2026-11-25")
    assert (case["instead"]["text"], case["instead"]["date"]) == (
        "send the router quote",
        "2026-11-27",
    )
    assert "Dana" not in json.dumps(case)


def test_what_is_sent_as_it_was_read_is_no_correction(app, db, phone, halden):
    say(phone, halden, QUOTE)
    (read,) = asked(db)
    page = phone.get("/today/confirm").text
    fields = dict(re.findall(r'name="(day|time|text)"[^>]*value="([^"]*)"', page))
    tap(phone, read, kind="promise", text="send the switch quote", **fields)
    assert asked(db)[0].read_as is None
    assert cases(app) == []


@pytest.mark.parametrize(
    ("kind", "fields", "model", "stored"),
    [
        ("booking", {"conversation": "visit", "time": "10:00"}, Booking, ("kind", "visit")),
        ("cadence", {"stage": "monthly"}, Cadence, ("stage", "monthly")),
        ("preference", {"channel": "email"}, Preference, ("channel", "email")),
        ("need", {"text": "a quote in time"}, Need, ("words", "a quote in time")),
        ("recovery", {"text": "the quote came late"}, Recovery, ("cause", "the quote came late")),
    ],
)
def test_another_kind_is_stored_as_that_kind(db, phone, halden, kind, fields, model, stored):
    say(phone, halden, QUOTE)
    (read,) = asked(db)
    answer = tap(phone, read, kind=kind, day="2026-11-26", **fields)
    assert answer.status_code == 303
    db.expire_all()
    name, value = stored
    newest = db.scalars(sa.select(model).order_by(model.id.desc())).first()
    assert getattr(newest, name) == value
    assert db.scalar(sa.select(Promise.id)) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "promise", "text": "", "day": "2026-11-26"}, "Write what it is about."),
        ({"kind": "promise", "day": ""}, "By which day?"),
        ({"kind": "booking", "day": "2026-11-26", "time": "soon"}, "Write the time as 09:30."),
        ({"kind": "cadence", "stage": "now and then"}, "Choose one of the list."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    db, phone, halden, fields, words
):
    say(phone, halden, QUOTE)
    (read,) = asked(db)
    refused = tap(phone, read, **{"text": "send the router quote", **fields}, headers=HTMX)
    assert refused.status_code == 422
    assert words in refused.text
    assert 'aria-invalid="true"' in refused.text
    if fields.get("text") is None:
        assert "send the router quote" in refused.text
    assert asked(db)[0].answered_at is None


def test_a_kind_that_a_voicemail_cannot_tell_is_refused(db, phone, halden):
    say(phone, halden, "I'll send the quote by Wednesday", outcome="voicemail")
    (read,) = asked(db)
    assert tap(phone, read, kind="need", text="quiet nights").status_code == 422
    assert db.scalar(sa.select(Need.id)) is None


def test_a_no_can_be_undone(app, db, phone, halden):
    say(phone, halden, QUOTE)
    (read,) = asked(db)
    card = tap(phone, read, "no", headers=HTMX).text
    assert "Dismissed" in card
    assert re.findall(r'name="answer" value="(\w+)"', card) == ["undo"]
    assert len(cases(app)) == 1
    card = tap(phone, read, "undo", key="take-it-back", headers=HTMX).text
    assert re.findall(r'name="answer" value="(\w+)"', card) == ["yes", "no"]
    assert asked(db)[0].accepted is None
    assert cases(app) == []


def test_what_was_not_read_is_added_in_two_taps(app, db, phone, halden):
    say(phone, halden, "Lovely weather over there. Dana likes to be told of prices early")
    page = phone.get("/today/confirm").text
    assert "Nothing was read in this note. Something missing?" in page
    assert 'name="sentence" value="1"><span>Dana likes to be told of prices early<' in page
    card = add(phone, talk_id(db), "need", 1, headers=HTMX)
    assert card.text.lstrip().startswith("<article")
    assert "Noted" in card.text
    need = db.scalars(sa.select(Need)).one()
    assert need.words == "Dana likes to be told of prices early"
    add(phone, talk_id(db), "need", 1, key="a-second-tap-on-it")
    assert len(db.scalars(sa.select(Need)).all()) == 1
    (case,) = cases(app)
    assert case["not"] is None
    assert case["instead"]["kind"] == "need"
    assert "Dana" not in json.dumps(case)


def test_an_added_promise_asks_for_its_day_with_the_one_that_was_said(db, phone, halden):
    say(phone, halden, "She is fine. Tuesday the router would have to be with them")
    before = len(asked(db))
    shown = add(phone, talk_id(db), "promise", 1)
    assert shown.status_code == 303
    page = phone.get(shown.headers["Location"]).text
    assert "Tuesday the router would have to be with them" in page
    assert 'name="day" value="2026-11-24"' in page
    added = asked(db)[-1]
    assert (len(asked(db)), added.accepted) == (before + 1, None)
    tap(phone, added, kind="promise", text="bring the router", day="2026-11-24")
    promise = db.scalars(sa.select(Promise)).one()
    assert (promise.words, promise.due) == ("bring the router", date(2026, 11, 24))


def test_an_addition_comes_with_sensible_values(db, phone, halden):
    say(phone, halden, "We might meet. She said so. All fine. Enough for her")
    for number, kind in enumerate(("booking", "cadence", "preference", "mood")):
        add(phone, talk_id(db), kind, number, key=f"addition-{kind}")
    added = {row.kind.value: row for row in asked(db) if row.read_as == {}}
    assert added["booking"].text == "call"
    assert {kind: row.value for kind, row in added.items()} == {
        "booking": None,
        "cadence": "weekly",
        "preference": "phone",
        "mood": "neutral",
    }
    for row in added.values():
        answer = tap(phone, row, day="2026-11-24", time="10:00")
        assert answer.status_code == 303
    booking = db.scalars(sa.select(Booking)).one()
    assert booking.at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_without_words_or_a_kind_nothing_is_added(db, phone, halden):
    say(phone, halden, "Lovely weather. Dana is fine")
    before = len(asked(db))
    data = {"key": "no-words-chosen", "kind": "need"}
    refused = phone.post(f"/interactions/{talk_id(db)}/suggestions", data=data, headers=HTMX)
    assert refused.status_code == 422
    assert "Choose what was said." in refused.text
    assert add(phone, talk_id(db), "gossip").status_code == 422
    assert add(phone, talk_id(db), "need", 7).status_code == 422
    assert len(asked(db)) == before


def test_nobody_else_adds_to_my_note(db, phone, halden, petra, sign_in):
    say(phone, halden, "Lovely weather")
    desk = sign_in(petra)
    assert desk.get(f"/interactions/{talk_id(db)}/suggestions").status_code == 404
    assert add(desk, talk_id(db), "need").status_code == 404
    assert asked(db) == []


def test_the_history_leads_to_what_is_missing(db, phone, halden):
    say(phone, halden, "Lovely weather")
    (address,) = re.findall(
        rf'href="(/interactions/{talk_id(db)}/suggestions\?[^"]+)"',
        phone.get(f"/clients/{halden.id}").text,
    )
    assert "Nothing was read in this note." in phone.get(address.replace("&amp;", "&")).text


def test_what_was_read_goes_when_its_words_have_had_their_time(app, db, phone, halden):
    say(phone, halden, QUOTE)
    (read,) = asked(db)
    tap(phone, read, text="send the router quote", day="2026-11-25")
    cleanup.clean_up(NOW + timedelta(days=366))
    (kept,) = asked(db)
    assert (kept.words, kept.read_as) == ("", None)
    assert cases(app) == []
