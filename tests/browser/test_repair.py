"""Between a form and its answer: nothing that was typed is lost, and nothing is asked twice."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete, select

from pwa.models import Client, Interaction, Promise, SignIn, VoiceNote
from tests import factories
from tests.browser.conftest import Live
from tests.browser.phone import arrived, question, ready, record, save, until_kept

ASKED = "interactions/new?client={0}&contact={0}&kind=call&key=key-of-call-{0}"


def say(live: Live, page: Page, client: int, words: str) -> None:
    page.goto(f"{live.url}/{ASKED.format(client)}")
    question(page, "Dana" if client == 1 else "Ole")
    page.get_by_role("button", name="We spoke").click()
    page.get_by_role("button", name="Type it instead").click()
    page.get_by_role("textbox", name="What was said").fill(words)
    save(page)


def stored(live: Live, model=Interaction):
    with live.data() as db:
        return list(db.scalars(select(model).order_by(model.id)))


@pytest.fixture
def refused(live, phone: Page, context: BrowserContext) -> Page:
    """Two notes at two clients that the server did not take."""
    context.set_offline(True)
    say(live, phone, 1, "rings back on Monday")
    say(live, phone, 2, "wants the drawings")
    with live.data() as db:  # whoever talked is asked about that, which the phone did not know
        for client in db.scalars(select(Client)):
            factories.recovery(client, contact_id=client.contacts[0].id)
    context.set_offline(False)
    expect(phone.get_by_role("link", name="Something was not taken")).to_be_visible()
    return phone


def test_one_that_is_put_right_leaves_the_other_alone(live, refused):
    for _ in range(2):  # the first is opened and left as it is
        refused.goto(f"{live.url}/waiting")
        ready(refused)
        refused.get_by_role("button", name="Put it right").nth(0).click()
        question(refused)
    refused.goto(f"{live.url}/waiting")
    ready(refused)
    refused.get_by_role("button", name="Put it right").nth(1).click()
    question(refused, "Ole")
    note = refused.get_by_role("textbox", name="What was said")
    expect(note).to_have_value("wants the drawings")
    refused.get_by_role("button", name="Voicemail").click()
    save(refused)
    refused.goto(f"{live.url}/waiting")
    ready(refused)
    expect(refused.get_by_text("rings back on Monday")).to_be_visible()
    expect(refused.get_by_text("wants the drawings")).to_have_count(0)
    assert [row.note for row in stored(live)] == ["wants the drawings"]


def test_what_has_no_form_any_more_can_still_be_read(live, phone, context):
    context.set_offline(True)
    say(live, phone, 1, "rings back on Monday")
    with live.data() as db:
        south = factories.team("South")
        other = factories.user(team_=south, name="Ingrid Moe", email="ingrid@example.com")
        db.get(Client, 1).owner_id = other.id
    context.set_offline(False)
    phone.goto(f"{live.url}/waiting")
    ready(phone)
    expect(phone.get_by_text("This client is not on your list any more.")).to_be_visible()
    expect(phone.get_by_text("rings back on Monday")).to_be_visible()
    expect(phone.get_by_role("button", name="Put it right")).to_be_hidden()
    expect(phone.get_by_role("button", name="Throw away")).to_be_visible()


def test_a_form_that_was_not_taken_and_left_waits_and_holds_up_nothing(live, phone):
    phone.goto(f"{live.url}/clients/1/promises/new")
    ready(phone)
    phone.get_by_label("What you promised").fill("send the drawings")
    phone.get_by_role("button", name="Keep in mind").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.get_by_role("link", name="Something was not taken")).to_be_hidden()
    phone.goto(f"{live.url}/{ASKED.format(1)}")
    question(phone)
    phone.get_by_role("button", name="Voicemail").click()
    save(phone)
    expect(phone.get_by_role("link", name="Something was not taken")).to_be_visible()
    assert len(stored(live)) == 1
    phone.goto(f"{live.url}/clients/1/promises/new")
    ready(phone)
    expect(phone.get_by_label("What you promised")).to_have_value("send the drawings")
    phone.get_by_label("By which day").fill("2030-01-07")
    phone.get_by_role("button", name="Keep in mind").click()
    phone.wait_for_url(re.compile("/clients/1(#.*)?$"))
    expect(phone.locator("[data-when-idle=outbox]")).to_be_hidden()
    assert [one.words for one in stored(live, Promise)] == ["send the drawings"]


def test_saved_after_the_session_ended_it_goes_with_the_next(live, phone, manager):
    phone.goto(f"{live.url}/{ASKED.format(1)}")
    question(phone)
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_role("textbox", name="What was said").fill("rings back on Monday")
    phone.get_by_role("button", name="Voicemail").click()
    with live.data() as db:
        db.execute(delete(SignIn))
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_url("**/sign-in**")
    phone.get_by_label("E-mail").fill(manager.email)
    phone.get_by_label("Password").fill(factories.PASSWORD)
    phone.get_by_role("button", name="Sign in").click()
    phone.wait_for_url(f"{live.url}/today")
    arrived(live, phone, Interaction)
    assert [row.note for row in stored(live)] == ["rings back on Monday"]
    phone.goto(f"{live.url}/today")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("to call")


def test_what_was_typed_fast_does_not_come_back_as_a_draft(live, phone, context):
    context.set_offline(True)
    say(live, phone, 1, "the gate code is 4711")
    ready(phone)
    assert "4711" not in phone.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize("status", [408, 425, 429, 503])
def test_an_answer_that_says_not_now_is_tried_again(live, phone, status):
    tried = []

    def not_now(route):
        tried.append(route.request.url)
        route.fulfill(status=status) if len(tried) == 1 else route.continue_()

    phone.route("**/interactions", not_now)
    phone.goto(f"{live.url}/{ASKED.format(1)}")
    question(phone)
    phone.get_by_role("button", name="Voicemail").click()
    save(phone)
    arrived(live, phone, Interaction)
    assert len(stored(live)) == 1


def test_a_visit_is_logged_in_a_lift_as_one(live, phone, context):
    until_kept(phone, "/interactions/new", times=6)
    context.set_offline(True)
    phone.goto(f"{live.url}/clients/1")
    ready(phone)
    phone.get_by_role("link", name="I was there").click()
    question(phone)
    expect(phone.get_by_role("button", name="We spoke")).to_have_count(0)
    phone.get_by_role("button", name="I was there").click()
    save(phone, "**/clients/1")
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    context.set_offline(False)
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_hidden()
    assert [row.outcome for row in arrived(live, phone, Interaction)] == ["visited"]


# The database takes forms and no sound.
NO_ROOM_FOR_SOUND = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row, ...rest) {
    if (this.name === "chunks") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, row, ...rest);
  };
}"""


def test_sound_that_the_phone_cannot_keep_stays_with_its_page(live, phone, context):
    phone.add_init_script(f"({NO_ROOM_FOR_SOUND})()")
    phone.goto(f"{live.url}/{ASKED.format(1)}")
    question(phone)
    record(phone)
    phone.get_by_role("button", name="Stop recording").click()
    phone.get_by_role("button", name="We spoke").click()
    context.set_offline(True)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Kept on this phone. It is sent as soon as")).to_be_visible()
    context.set_offline(False)
    phone.wait_for_url(f"{live.url}/today")
    assert stored(live, VoiceNote)[0].size > 1000
