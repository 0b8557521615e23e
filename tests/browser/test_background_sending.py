"""Where the phone keeps nothing, or sends with no page open."""

import re

from playwright.sync_api import expect
from sqlalchemy import select

from pwa.models import Interaction
from tests.browser.phone import SYNC, arrived, question, ready

FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row, ...rest) {
    if (this.name === "outbox") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, row, ...rest);
  };
}"""
CLOSED = "() => { IDBFactory.prototype.open = () => { throw new Error('private') } }"
SILENT = """() => {
  const never = () => request;
  const request = Object.assign(new EventTarget(), { then: never, catch: never });
  IDBFactory.prototype.open = never;
}"""
ASKED = "interactions/new?client=1&contact=1&kind=call&key=a-key-of-mine"


def said(phone, live):
    """A typed note and an outcome, saved."""
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    phone.get_by_role("button", name="Voicemail").click()
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_role("textbox", name="What was said").fill("Rings back")
    phone.get_by_role("button", name="Save").click()


def stored(live):
    with live.data() as db:
        return [row.note for row in db.scalars(select(Interaction))]


def test_a_full_phone_says_so_and_keeps_what_was_typed_on_the_screen(live, phone):
    phone.add_init_script(f"({FULL})()")
    said(phone, live)
    expect(phone.get_by_text("This phone is full, so nothing can be kept here.")).to_be_visible()
    expect(phone.get_by_role("textbox", name="What was said")).to_have_value("Rings back")
    assert stored(live) == []


def test_a_private_window_says_so(live, phone):
    phone.add_init_script(f"({CLOSED})()")
    said(phone, live)
    expect(phone.get_by_text("This browser keeps nothing, as in a private window.")).to_be_visible()
    assert stored(live) == []


def test_what_is_typed_before_the_database_answers_is_kept(live, phone):
    phone.add_init_script(f"({SILENT})()")
    phone.goto(f"{live.url}/{ASKED}")
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_role("textbox", name="What was said").fill("Rings back")
    phone.goto(f"{live.url}/offline")
    phone.goto(f"{live.url}/{ASKED}")
    expect(phone.get_by_role("textbox", name="What was said")).to_have_value("Rings back")


def test_the_worker_sends_with_no_page_open(live, phone, context):
    context.set_offline(True)
    said(phone, live)
    phone.wait_for_url("**/today")
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    (worker,) = context.service_workers
    phone.goto("about:blank")
    context.set_offline(False)
    worker.evaluate(SYNC)
    arrived(live, phone, Interaction)
    assert stored(live) == ["Rings back"]


def test_once_signed_out_elsewhere_it_waits_for_the_sign_in(live, phone, context, manager, enter):
    ready(phone)
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    phone.get_by_role("button", name="Voicemail").click()
    context.clear_cookies()
    phone.get_by_role("button", name="Save").click()
    expect(phone).to_have_url(re.compile("/sign-in"))
    assert stored(live) == []
    enter(context, manager)
    phone.goto(f"{live.url}/today")
    arrived(live, phone, Interaction)
    assert len(stored(live)) == 1
