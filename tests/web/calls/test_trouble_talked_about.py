"""Trouble heard where an open recovery was talked about: asked first, not opened again (R16)."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Interaction, Recovery, Suggestion
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")

SHEET = "/today/confirm"
NOTE = "She was furious, the delivery never arrived"
QUESTION = "Did you talk about “delivery missing”?"
HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)


@pytest.fixture
def open_one(halden):
    dana = halden.contacts[0]
    return factories.recovery(
        halden, contact_id=dana.id, cause="delivery missing", opened=NOW - 2 * HOUR
    )


def say(phone, client, outcome="spoke", **values):
    data = {"key": "a-call-of-mine", "client": client.id, "contact": client.contacts[0].id}
    data |= {"outcome": outcome, "at": NOW.isoformat(), "note": NOTE, **values}
    assert phone.post("/interactions", data=data).status_code == 303


def trouble(db):
    db.expire_all()
    query = sa.select(Suggestion).where(Suggestion.kind == "recovery")
    return list(db.scalars(query.order_by(Suggestion.id)))


def tap(phone, suggestion, answer, key="a-tap-on-it"):
    data = {"key": f"{key}-{answer}", "answer": answer}
    return phone.post(f"/suggestions/{suggestion.id}", data=data, headers=HTMX).text


def recoveries(db):
    db.expire_all()
    return list(db.scalars(sa.select(Recovery).order_by(Recovery.id)))


@pytest.mark.parametrize("in_the_form", ["no", "yes"])
def test_yes_leads_to_recap_and_prevention_and_to_no_second_recovery(
    db, phone, halden, open_one, in_the_form
):
    say(phone, halden, **{f"about-{open_one.id}": in_the_form})
    (heard, *_) = trouble(db)
    page = phone.get(SHEET).text
    assert QUESTION in page
    assert f"Something went wrong: {heard.text}</h2>" not in page
    for suggestion in db.scalars(sa.select(Suggestion).where(Suggestion.kind != "recovery")):
        tap(phone, suggestion, "no", key=f"others-{suggestion.id}")
    card = tap(phone, heard, "talked")
    assert "You talked about “delivery missing”" in card
    assert f'href="/recoveries/{open_one.id}"' in card
    assert "Write the recap" in card
    (only,) = recoveries(db)
    assert (only.live, only.closed) == (NOW, None)
    assert only.checks
    assert db.scalars(sa.select(Interaction.recovery_id)).all() == [only.id]
    assert phone.get(f"/clients/{halden.id}").text.count("delivery missing") > 0


def test_no_asks_for_it_as_for_any_other(db, phone, halden, open_one):
    say(phone, halden, **{f"about-{open_one.id}": "no"})
    (heard, *_) = trouble(db)
    card = tap(phone, heard, "other")
    assert QUESTION not in card
    assert f"Something went wrong: {heard.text}" in card
    assert re.findall(r'name="answer" value="(\w+)"', card)[:2] == ["yes", "no"]
    tap(phone, heard, "yes")
    assert [row.cause for row in recoveries(db)] == ["delivery missing", heard.text]
    assert recoveries(db)[0].live is None


def test_a_message_on_the_machine_is_no_talk_about_it(db, phone, halden, open_one):
    say(phone, halden, outcome="voicemail")
    assert trouble(db) == []


def test_a_talk_that_was_none_asks_no_longer(db, phone, halden, open_one):
    say(phone, halden, **{f"about-{open_one.id}": "no"})
    row = db.scalars(sa.select(Interaction)).one()
    data = {"key": "it-was-a-voicemail", "outcome": "voicemail"}
    assert phone.post(f"/interactions/{row.id}/correction", data=data).status_code == 303
    assert trouble(db) == []


def test_what_was_opened_after_the_conversation_is_not_asked_about(db, phone, halden, open_one):
    open_one.opened = NOW + HOUR
    db.commit()
    say(phone, halden, at=(NOW - HOUR).isoformat(), **{f"about-{open_one.id}": "no"})
    assert trouble(db) == []


def test_a_promise_put_right_as_trouble_asks_as_well(db, phone, halden, open_one):
    say(phone, halden, note="I'll send the list by Friday", **{f"about-{open_one.id}": "no"})
    suggestion = db.scalars(sa.select(Suggestion)).one()
    data = {"key": "it-was-trouble", "answer": "yes", "kind": "recovery", "text": "no list came"}
    card = phone.post(f"/suggestions/{suggestion.id}", data=data, headers=HTMX).text
    assert QUESTION in card
    assert len(recoveries(db)) == 1
    tap(phone, suggestion, "talked")
    assert [row.live for row in recoveries(db)] == [NOW]
