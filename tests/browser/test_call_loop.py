"""Dial, come back, say how it went, save: on a phone, with a microphone, through every mishap."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, render_template_string
from flask_login import login_required
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from pwa.models import Interaction, User, VoiceNote
from tests import factories
from tests.browser.phone import KEYS, NO_TELEPHONE, pause, question, ready, record, save
from tests.patience import until

LIST = """{% extends "base.html" %}{% from "_dial.html" import call_button with context %}
{% block content %}<h1>List</h1>
{% for c in contacts %}{{ call_button(c.client_id, c.id, c.first_name, c.phone, "Omar") }}
{% endfor %}{% endblock %}"""


# The request arrives and is answered; the answer does not.
LOSE_ONE_ANSWER = """() => {
  const send = window.fetch;
  window.fetch = async (...request) => {
    window.fetch = send;
    await send(...request);
    throw new TypeError("lost");
  };
}"""


@pytest.fixture
def more_pages():
    """A page with nothing but people to call."""
    pages = Blueprint("for_tests", __name__)

    @pages.get("/for-tests/list")
    @login_required
    def people() -> str:
        from pwa.db import session
        from pwa.models import Contact

        return render_template_string(LIST, contacts=session.scalars(select(Contact)).all())

    return [pages]


@pytest.fixture
def manager(live) -> User:
    with live.data():
        user = factories.user()
        client = factories.client(user)
        factories.contact(client)
        factories.contact(client, "Ben Okafor", phone="+4722123457")
    return user


@pytest.fixture
def phone(live, manager, enter, context: BrowserContext) -> Page:
    return open_list(live, manager, enter, context)


def open_list(live, person: User, enter, context: BrowserContext) -> Page:
    enter(context, person)
    context.add_init_script(NO_TELEPHONE)
    page = context.new_page()
    page.goto(f"{live.url}/for-tests/list")
    return page


def dial(page: Page, name: str = "Dana") -> None:
    ready(page)
    page.get_by_role("link", name=f"Call {name}").click()
    expect(page.get_by_role("heading", name="List")).to_be_visible()


def come_back(page: Page, name: str = "Dana") -> None:
    page.evaluate(
        """() => {
          for (const hidden of [true, false]) {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
          }
        }"""
    )
    question(page, name)


def stored(live) -> list[Any]:
    """The interactions, oldest first."""
    with live.data() as db:
        rows = list(db.scalars(select(Interaction).order_by(Interaction.id)))
        for row in rows:
            _ = row.voice_note, row.contact
        return rows


def waiting(page: Page) -> int:
    """How much lies in the outbox."""
    return len(page.evaluate(KEYS, "outbox"))


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('rounds:'))")


def test_dial_come_back_record_save(live, phone: Page):
    dial(phone)
    assert len(kept(phone)) == 1
    come_back(phone)
    phone.get_by_role("button", name="We spoke").click()
    record(phone)
    expect(phone.locator(".meter rect:not([height='4'])").first).to_be_visible()
    phone.get_by_role("button", name="Stop recording").click()
    phone.get_by_role("button", name="Play").click()
    expect(phone.get_by_role("button", name="Pause")).to_be_visible()
    expect(phone.get_by_role("button", name="Save, next: Omar")).to_be_visible()
    save(phone)
    [row] = stored(live)
    assert (row.outcome, row.reached, row.minutes) == ("spoke", True, 1)
    assert row.voice_note.content_type == "audio/webm"
    assert row.voice_note.seconds >= 1
    assert kept(phone) == []
    expect(phone.get_by_role("status")).to_contain_text("Saved: Call, 1 min, Dana.")


def test_a_reload_in_the_middle_keeps_every_answer(live, phone: Page):
    dial(phone)
    phone.reload()
    question(phone)
    phone.get_by_role("button", name="Something else").click()
    phone.get_by_role("button", name="Busy").click()
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_role("textbox", name="What was said").fill("Engaged all morning")
    phone.reload()
    question(phone)
    expect(phone.get_by_role("button", name="Busy", pressed=True)).to_be_visible()
    expect(phone.get_by_role("textbox", name="What was said")).to_have_value("Engaged all morning")
    save(phone)
    [row] = stored(live)
    assert (row.outcome, row.note, row.reached) == ("busy", "Engaged all morning", False)


def test_killed_while_recording_the_note_is_offered_again(
    live, manager, enter, browser_type, browser_type_launch_args, browser_context_args, tmp_path
):
    def opened() -> BrowserContext:
        return browser_type.launch_persistent_context(
            tmp_path / "profile", **browser_type_launch_args, **browser_context_args
        )

    with opened() as before:
        page = open_list(live, manager, enter, before)
        dial(page)
        come_back(page)
        page.get_by_role("button", name="We spoke").click()
        record(page, seconds=2)
    with opened() as after:
        page = open_list(live, manager, enter, after)
        question(page)
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        expect(page.locator(".timer")).to_have_text(re.compile("0:0[1-9]"))
        expect(page.get_by_role("button", name="We spoke", pressed=True)).to_be_visible()
        save(page)
    [row] = stored(live)
    folder = Path(live.app.config["ROUNDS"].voice_notes_url)
    assert (folder / row.voice_note.name).stat().st_size == row.voice_note.size > 1000


def test_without_a_network_it_stays_and_goes_later(live, phone: Page, context: BrowserContext):
    dial(phone)
    come_back(phone)
    phone.get_by_role("button", name="Voicemail").click()
    record(phone)
    context.set_offline(True)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Kept on this phone. It is sent as soon as")).to_be_visible()
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    assert stored(live) == []
    context.set_offline(False)
    phone.wait_for_url("**/today")
    [row] = stored(live)
    assert row.outcome == "voicemail"
    assert row.voice_note


def test_an_answer_that_got_lost_is_not_stored_twice(live, phone: Page):
    dial(phone)
    come_back(phone)
    phone.get_by_role("button", name="No answer").click()
    phone.evaluate(LOSE_ONE_ANSWER)
    save(phone)
    until(lambda: waiting(phone) == 0, pause(phone))
    assert len(stored(live)) == 1
    assert waiting(phone) == 0


def test_i_did_not_call_stores_nothing(live, phone: Page):
    dial(phone)
    come_back(phone)
    phone.get_by_role("button", name="I did not call").click()
    phone.wait_for_url("**/today")
    assert stored(live) == []
    assert kept(phone) == []


def test_what_was_said_is_not_thrown_away_by_one_tap(phone: Page):
    dial(phone)
    come_back(phone)
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_role("textbox", name="What was said").fill("He will call back")
    phone.get_by_role("button", name="I did not call").click()
    phone.get_by_role("button", name="Throw away what you said about it?").click()
    phone.wait_for_url("**/today")
    assert kept(phone) == []


def test_two_calls_are_asked_one_after_the_other(live, phone: Page):
    dial(phone, "Dana")
    dial(phone, "Ben")
    come_back(phone, "Dana")
    phone.get_by_role("button", name="No answer").click()
    phone.get_by_role("button", name="Save").click()
    question(phone, "Ben")
    phone.get_by_role("button", name="We spoke").click()
    save(phone)
    assert [row.contact.first_name for row in stored(live)] == ["Dana", "Ben"]


def test_a_second_tap_on_the_same_number_is_the_same_attempt(phone: Page):
    dial(phone)
    dial(phone)
    assert len(kept(phone)) == 1


def test_later_leaves_a_line_on_the_list_and_asks_on_no_page(phone: Page, live):
    dial(phone)
    come_back(phone)
    phone.get_by_role("link", name="Later").click()
    phone.wait_for_url("**/today")
    ready(phone)
    phone.reload()
    ready(phone)
    to_log = phone.get_by_role("link", name="1 call to log")
    expect(to_log).to_be_visible()
    phone.goto(f"{live.url}/clients")
    ready(phone)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.get_by_role("heading", name="Clients", level=1)).to_be_visible()
    phone.goto(f"{live.url}/today")
    to_log.click()
    question(phone)
    phone.get_by_role("button", name="No answer").click()
    save(phone)
    assert len(stored(live)) == 1
    assert not kept(phone)


def test_someone_may_look_something_up_first(phone: Page, live):
    dial(phone)
    come_back(phone)
    phone.evaluate("location.assign('/today')")
    phone.wait_for_url("**/today")
    ready(phone)
    phone.reload()
    question(phone)


def test_another_person_is_not_asked_about_it(live, phone: Page, context: BrowserContext, enter):
    dial(phone)
    with live.data():
        other = factories.user(team_=factories.team("South"), email="other@example.com")
    enter(context, other)
    phone.goto(f"{live.url}/for-tests/list")
    ready(phone)
    come_back_unasked = "document.dispatchEvent(new Event('visibilitychange'))"
    phone.evaluate(come_back_unasked)
    expect(phone.get_by_role("heading", name="List")).to_be_visible()


def test_a_problem_stands_beside_its_field_and_the_note_stays(live, phone: Page):
    dial(phone)
    come_back(phone)
    record(phone)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("alert")).to_contain_text("Choose how it went.")
    expect(phone.get_by_role("button", name="Stop recording")).to_be_visible()  # it goes on
    phone.get_by_role("button", name="We spoke").click()
    save(phone)
    [row] = stored(live)
    assert row.voice_note


@pytest.mark.parametrize(
    ("problem", "words"),
    [("NotAllowedError", "closed to Rounds"), ("NotFoundError", "No microphone was found")],
)
def test_without_a_microphone_one_types(phone: Page, problem: str, words: str):
    phone.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => "
        f"Promise.reject(new DOMException('no', '{problem}'))"
    )
    dial(phone)
    phone.reload()
    question(phone)
    phone.get_by_role("button", name="Start recording").click()
    expect(phone.get_by_role("alert")).to_contain_text(words)
    phone.get_by_role("button", name="Type it instead").click()
    expect(phone.get_by_role("textbox", name="What was said")).to_be_focused()


def test_a_discarded_note_is_not_sent(live, phone: Page):
    dial(phone)
    come_back(phone)
    phone.get_by_role("button", name="We spoke").click()
    record(phone)
    phone.get_by_role("button", name="Stop recording").click()
    phone.get_by_role("button", name="Discard").click()
    phone.get_by_role("button", name="Throw it away").click()
    expect(phone.get_by_role("button", name="Start recording")).to_be_visible()
    save(phone)
    with live.data() as db:
        assert db.scalar(select(VoiceNote)) is None


def test_the_telephone_link_is_never_held_up(phone: Page):
    """Even a full store must not stand between a tap and the call."""
    phone.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    dial(phone)
    assert phone.evaluate("window.heldUp") is False
