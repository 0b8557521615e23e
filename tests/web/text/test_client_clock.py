"""What was said on a phone and sent later counts for when it was said, by our clock."""

import html
import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from pwa.models import Interaction, Need, Postponement, Promise, Recovery
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")


def field(form: TestResponse, name: str) -> str:
    """What a field of the form holds; "" where there is none."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', form.text)
    return html.unescape(found[1]) if found else ""


def sent(waited: timedelta, wrong: timedelta = timedelta()) -> dict[str, str]:
    """The headers of a phone whose clock is `wrong`, for what was said `waited` ago."""
    clock = NOW + wrong
    return {
        "X-Rounds-Happened": (clock - waited).isoformat(),
        "X-Rounds-Sent": clock.isoformat(),
        "Prefer": "return=minimal",
    }


WRONG = [timedelta(), timedelta(days=2), timedelta(days=-2), timedelta(minutes=5)]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_call_is_logged_for_when_it_was(db, phone, halden, wrong):
    at = NOW + wrong - timedelta(hours=20)
    data = {"key": "a-call-in-a-lift", "client": halden.id, "contact": halden.contacts[0].id}
    data |= {"outcome": "voicemail", "at": at.isoformat()}
    answer = phone.post("/interactions", data=data, headers=sent(timedelta(hours=20), wrong))
    assert answer.status_code == 201
    row = db.scalar(sa.select(Interaction))
    assert (row.at, row.received_at) == (NOW - timedelta(hours=20), NOW)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_form_that_comes_back_keeps_the_moment_that_the_phone_said(db, phone, halden, wrong):
    at = NOW + wrong - timedelta(hours=20)
    data = {"key": "a-call-in-a-lift", "client": halden.id, "contact": halden.contacts[0].id}
    headers = sent(timedelta(), wrong)
    again = phone.post("/interactions", data={**data, "at": at.isoformat()}, headers=headers)
    assert again.status_code == 422
    shown = {name: field(again, name) for name in ("at", "clock")}
    phone.post("/interactions", data={**data, **shown, "outcome": "voicemail"}, headers=headers)
    assert db.scalar(sa.select(Interaction.at)) == NOW - timedelta(hours=20)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("kind", ["call", "visit"])
def test_a_moment_by_our_clock_is_not_corrected_by_theirs(db, phone, halden, wrong, kind):
    asked = f"/interactions/new?client={halden.id}&contact={halden.contacts[0].id}&kind={kind}"
    form = phone.get(asked, follow_redirects=True)
    shown = {name: field(form, name) for name in ("at", "clock", "at_phone")}
    data = {"key": "opened-by-a-link", "client": halden.id, "contact": halden.contacts[0].id}
    data |= {"kind": kind, "outcome": "visited" if kind == "visit" else "spoke"}
    phone.post("/interactions", data={**data, **shown}, headers=sent(timedelta(), wrong))
    assert db.scalar(sa.select(Interaction.at)) == NOW


@pytest.mark.parametrize("wrong", WRONG)
def test_a_visit_that_the_phone_filled_in_is_corrected_as_well(db, phone, halden, wrong):
    at = NOW + wrong - timedelta(hours=20)
    data = {"key": "a-visit-in-a-lift", "client": halden.id, "contact": halden.contacts[0].id}
    data |= {"kind": "visit", "outcome": "visited", "at_phone": at.isoformat()}
    data["at"] = at.astimezone(ZoneInfo("Europe/Oslo")).strftime("%Y-%m-%dT%H:%M")
    phone.post("/interactions", data=data, headers=sent(timedelta(hours=20), wrong))
    assert db.scalar(sa.select(Interaction.at)) == NOW - timedelta(hours=20)


def test_a_question_and_what_they_said_are_of_the_day_they_were_said(db, phone, halden):
    dana, headers = halden.contacts[0], sent(timedelta(hours=20))
    asking = {"key": "asked-in-a-lift", "words": "When may I call?", "channel": "text"}
    phone.post(f"/contacts/{dana.id}/time-to-talk", data=asking, headers=headers)
    told = {"key": "told-in-a-lift", "told_kind": "want", "told": "somebody who picks up"}
    phone.post(f"/contacts/{dana.id}/needs", data=told, headers=headers)
    assert db.scalar(sa.select(Interaction.at)) == NOW - timedelta(hours=20)
    assert db.scalar(sa.select(Need.said_on)) == date(2026, 11, 19)


def test_a_message_for_the_screen_outlives_what_is_sent_behind_it(phone, halden):
    phone.post("/team/causes", data={"key": "the-causes", "words": "Late again"})
    data = {"key": "behind-the-screen", "words": "send the drawings", "due": "2026-11-30"}
    headers = {**sent(timedelta(hours=1)), "X-Rounds-Background": "1"}
    assert (
        phone.post(f"/clients/{halden.id}/promises", data=data, headers=headers).status_code == 201
    )
    assert "Saved for your team." in phone.get("/today").text


@pytest.mark.parametrize("wrong", WRONG)
def test_a_promise_was_made_kept_and_moved_on_its_day(db, phone, halden, wrong):
    yesterday, day = sent(timedelta(hours=20), wrong), date(2026, 11, 19)
    data = {"key": "promise-in-a-lift", "words": "send the drawings", "due": "2026-11-30"}
    answer = phone.post(f"/clients/{halden.id}/promises", data=data, headers=yesterday)
    assert answer.status_code == 201
    promise = db.scalar(sa.select(Promise))
    move = {"key": "moved-in-a-lift", "to": "2026-12-03", "told": "yes"}
    assert (
        phone.post(f"/promises/{promise.id}/move", data=move, headers=yesterday).status_code == 201
    )
    kept = {"key": "kept-in-a-lift"}
    phone.post(f"/promises/{promise.id}/keeping", data=kept, headers=yesterday)
    db.expire_all()
    assert (promise.made, promise.kept, promise.moves[0].moved_on) == (day, day, day)


def test_what_went_wrong_counts_from_when_it_was_said_and_stands_on_the_list(db, phone, halden):
    data = {"key": "wrong-in-a-lift", "cause": "Delivery missing", "severity": "high"}
    data |= {"contact": halden.contacts[0].id}
    address, headers = f"/clients/{halden.id}/recoveries", sent(timedelta(minutes=40))
    assert phone.post(address, data=data, headers=headers).status_code == 201
    assert db.scalar(sa.select(Recovery.opened)) == NOW - timedelta(minutes=40)
    assert "Make it right" in phone.get("/today").text


def test_what_was_said_before_hides_nothing_that_came_since(db, phone, halden):
    wrong = {"key": "wrong-just-now", "cause": "Delivery missing", "severity": "high"}
    wrong |= {"contact": halden.contacts[0].id}
    phone.post(f"/clients/{halden.id}/recoveries", data=wrong)
    data = {"key": "promise-in-a-lift", "words": "send the drawings", "due": "2026-11-30"}
    phone.post(f"/clients/{halden.id}/promises", data=data, headers=sent(timedelta(hours=2)))
    later = {"key": "not-now-in-a-lift", "when": "tomorrow", "reason": "busy"}
    address = f"/clients/{halden.id}/postponement"
    phone.post(address, data=later, headers=sent(timedelta(hours=2)))
    assert "Make it right" in phone.get("/today").text


def test_not_now_holds_from_when_it_was_said(db, phone, halden):
    data = {"key": "not-now-in-a-lift", "when": "hour", "reason": "busy"}
    headers = sent(timedelta(minutes=40))
    answer = phone.post(f"/clients/{halden.id}/postponement", data=data, headers=headers)
    assert answer.status_code == 201
    row = db.scalar(sa.select(Postponement))
    assert (row.at, row.until) == (NOW - timedelta(minutes=40), NOW + timedelta(minutes=20))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Rounds-Happened": "yesterday", "X-Rounds-Sent": NOW.isoformat()},
        {"X-Rounds-Happened": "2026-11-19T10:00:00", "X-Rounds-Sent": "2026-11-20T10:00:00"},
        sent(timedelta(hours=-3)),
    ],
)
def test_whatever_cannot_be_understood_is_now(db, phone, halden, headers):
    data = {"key": "promise-in-a-lift", "words": "send the drawings", "due": "2026-11-30"}
    phone.post(f"/clients/{halden.id}/promises", data=data, headers=headers)
    assert db.scalar(sa.select(Promise)).made == NOW.date()


def test_a_replay_that_is_sent_later_is_the_same_write(db, phone, halden):
    data = {"key": "promise-in-a-lift", "words": "send the drawings", "due": "2026-11-30"}
    for hours in (1, 2):
        headers = sent(timedelta(hours=hours))
        answer = phone.post(f"/clients/{halden.id}/promises", data=data, headers=headers)
        assert answer.status_code == 201
    assert db.scalar(sa.select(sa.func.count()).select_from(Promise)) == 1


def test_what_another_person_said_is_not_taken_for_this_one(db, phone, halden, ingrid):
    data = {"key": "promise-in-a-lift", "words": "send the drawings", "due": "2026-11-30"}
    headers = {**sent(timedelta()), "X-Rounds-User": str(ingrid.id)}
    answer = phone.post(f"/clients/{halden.id}/promises", data=data, headers=headers)
    assert answer.status_code == 401
    assert db.scalar(sa.select(Promise)) is None


def test_the_key_of_a_person_stays_the_same_and_is_theirs_alone(phone, sign_in, ingrid):
    first, again = (phone.post("/phone-key") for _ in range(2))
    assert len(first.data) == 32
    assert first.data == again.data != sign_in(ingrid).post("/phone-key").data
    assert first.headers["Cache-Control"] == "no-store"


def test_a_page_fetched_ahead_leaves_what_is_said_once_for_the_screen(phone, halden):
    phone.post("/team/causes", data={"key": "the-causes", "words": "Late again"})
    ahead = phone.get(f"/clients/{halden.id}", headers={"X-Rounds-Ahead": "1"})
    assert "Saved for your team." not in ahead.text
    assert "Saved for your team." in phone.get(f"/clients/{halden.id}").text


def test_a_page_says_whose_it_is(phone, charlie, app):
    assert phone.get("/today").headers["X-Rounds-User"] == str(charlie.id)
    assert "X-Rounds-User" not in app.test_client().get("/sign-in").headers


def test_what_is_sent_in_the_background_fills_no_cookie(phone, halden):
    """A cookie that grows too large would be thrown away, and the person with it."""
    for number in range(20):
        data = {"key": f"a-call-in-a-lift-{number}", "client": halden.id, "outcome": "voicemail"}
        data |= {"contact": halden.contacts[0].id, "at": NOW.isoformat()}
        headers = {**sent(timedelta()), "X-Rounds-Background": "1"}
        assert phone.post("/interactions", data=data, headers=headers).status_code == 201
    cookie = phone.get_cookie("rounds")
    assert len(cookie.value) < 1000
