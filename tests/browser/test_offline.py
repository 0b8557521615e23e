"""A day without a network: the list, the briefs and the whole loop, and whose they are."""

import re
import threading

from playwright.sync_api import expect
from sqlalchemy import select

from pwa.models import (
    Client,
    Interaction,
    Postponement,
    Preference,
    Promise,
    Recovery,
    ServiceRequest,
    User,
)
from tests import factories
from tests.browser.phone import arrived, question, ready, save, until_kept
from tests.patience import PATIENCE


def stored(live, model=Interaction):
    with live.data() as db:
        return list(db.scalars(select(model)))


def test_the_day_is_there_without_a_network_with_its_age(live, phone, context):
    context.set_offline(True)
    phone.goto(f"{live.url}/today")
    expect(phone.get_by_role("link", name="Dana Whitfield")).to_be_visible()
    expect(phone.get_by_text(re.compile(r"No network\. This is from \d\d:\d\d"))).to_be_visible()
    phone.get_by_role("link", name="Dana Whitfield").click()
    expect(phone.get_by_role("heading", name="Dana Whitfield", level=1)).to_be_visible()
    expect(phone.get_by_text("No network. This is from")).to_be_visible()
    phone.goto(f"{live.url}/today")
    phone.get_by_role("link", name="Tomorrow", exact=True).click()
    expect(phone.get_by_role("heading", name="Tomorrow and this week", level=1)).to_be_visible()
    expect(phone.get_by_text("No network. This is from")).to_be_visible()
    phone.goto(f"{live.url}/library")
    expect(phone.get_by_role("heading", name="No network just now")).to_be_visible()


def test_a_slow_network_gives_way_to_the_copy_after_three_seconds(live, phone, context):
    seen = threading.Event()

    def hold_back() -> None:
        seen.wait(PATIENCE)

    live.app.before_request_funcs.setdefault(None, []).insert(0, hold_back)
    phone.goto(f"{live.url}/today")
    expect(phone.get_by_text("No network. This is from")).to_be_visible()
    seen.set()


def test_the_whole_loop_in_a_lift(live, phone, context):
    context.set_offline(True)
    phone.goto(f"{live.url}/today")
    ready(phone)
    phone.get_by_role("link", name="Call Dana").click()
    phone.reload()
    question(phone)
    phone.get_by_role("button", name="Voicemail").click()
    save(phone)
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    expect(phone.get_by_role("link", name="Dana Whitfield")).to_be_hidden()
    expect(phone.get_by_role("heading", level=1)).to_have_text("1 to call")
    phone.get_by_role("link", name="1 waiting to be sent").click()
    expect(phone.get_by_role("heading", name="How it went with Dana")).to_be_visible()
    assert stored(live) == []
    context.set_offline(False)
    expect(phone.get_by_role("heading", name="Nothing waits")).to_be_visible()
    [row] = stored(live)
    assert (row.outcome, row.contact_id) == ("voicemail", 1)


def test_what_needs_the_network_says_so_and_keeps_what_was_typed(live, phone, context):
    phone.goto(f"{live.url}/clients/1/requests/new")
    ready(phone)
    context.set_offline(True)
    phone.get_by_label("What they wait for").fill("a second ramp")
    phone.get_by_role("button", name="Add").click()
    expect(phone.get_by_role("alert")).to_contain_text("No network.")
    context.set_offline(False)
    phone.get_by_role("button", name="Add").click()
    phone.wait_for_url("**/clients/1#open")
    assert [one.title for one in stored(live, ServiceRequest)] == ["a second ramp"]


def test_whoever_was_looked_at_can_be_called_in_a_lift(live, phone, context):
    with live.data() as db:
        owner = db.scalar(select(User))
        later = factories.client(owner, "Odde Verft", next_due=None)
        factories.contact(later, "Siri Odde")
    phone.goto(f"{live.url}/clients/3")
    until_kept(phone, "/clients/3/postponement")
    context.set_offline(True)
    phone.get_by_role("link", name="Call Siri").click()
    phone.reload()
    question(phone, "Siri")


def test_not_now_and_a_promise_go_later_with_the_day_they_were_said(live, phone, context):
    phone.goto(f"{live.url}/clients/1/promises/new")
    until_kept(phone, "/clients/1/promises/new")
    context.set_offline(True)
    phone.goto(f"{live.url}/clients/1/promises/new")
    ready(phone)
    phone.get_by_label("What you promised").fill("send the drawings")
    phone.get_by_label("By which day").fill("2030-01-07")
    phone.get_by_role("button", name="Keep in mind").click()
    phone.wait_for_url("**/clients/1")
    phone.goto(f"{live.url}/clients/2/postponement")
    ready(phone)
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    phone.get_by_role("button", name="Tomorrow").click()
    phone.wait_for_url("**/today")
    expect(phone.get_by_role("link", name="2 waiting to be sent")).to_be_visible()
    context.set_offline(False)
    expect(phone.get_by_role("link", name="2 waiting to be sent")).to_be_hidden()
    assert [one.words for one in stored(live, Promise)] == ["send the drawings"]
    assert len(stored(live, Postponement)) == 1


def test_something_that_went_wrong_is_said_in_a_lift(live, phone, context):
    context.set_offline(True)
    phone.goto(f"{live.url}/clients/1/recoveries/new")
    ready(phone)
    phone.get_by_role("radio", name="Delivery missing").check(force=True)
    phone.get_by_role("radio", name="Bad", exact=True).check(force=True)
    phone.locator("form.form button[type=submit]").click()
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    context.set_offline(False)
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_hidden()
    assert [one.cause for one in arrived(live, phone, Recovery)] == ["Delivery missing"]


def test_what_is_not_taken_says_why_and_is_put_right(live, phone, context):
    context.set_offline(True)
    phone.goto(f"{live.url}/interactions/new?client=1&contact=1&kind=call&key=a-key-of-mine")
    question(phone)
    phone.get_by_role("button", name="We spoke").click()
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_role("textbox", name="What was said").fill("Rings back on Monday")
    save(phone)
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    with live.data() as db:  # whoever talked is asked about that, which the phone did not know
        client = db.get(Client, 1)
        factories.recovery(client, contact_id=client.contacts[0].id)
    context.set_offline(False)
    expect(phone.get_by_role("link", name="Something was not taken")).to_be_visible()
    phone.get_by_role("link", name="Something was not taken").click()
    expect(phone.get_by_text("Did you talk about it? Choose Yes or No.")).to_be_visible()
    phone.get_by_role("button", name="Put it right").click()
    question(phone)
    expect(phone.get_by_role("textbox", name="What was said")).to_have_value("Rings back on Monday")
    phone.get_by_role("button", name="Voicemail").click()
    save(phone)
    expect(phone.locator("[data-when-idle=outbox]")).to_be_hidden()
    [row] = arrived(live, phone, Interaction)
    assert (row.outcome, row.note) == ("voicemail", "Rings back on Monday")


def test_a_new_version_waits_for_a_yes(live, phone, monkeypatch):
    """Its worker is another one, as its address names another release."""
    monkeypatch.setattr("pwa.web.http.assets.release", lambda: "another-release")
    phone.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    expect(phone.get_by_text("A new version of Rounds is here.")).to_be_visible()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Use it now").click()
    expect(phone.get_by_text("A new version of Rounds is here.")).to_be_hidden()
    shells = "caches.keys().then((all) => all.filter((one) => one.startsWith('rounds-shell-')))"
    assert phone.evaluate(shells)[-1] == "rounds-shell-another-release"


def test_a_copy_finds_the_files_of_its_own_release(live, phone, context, monkeypatch):
    monkeypatch.setattr("pwa.web.http.assets.release", lambda: "another-release")
    phone.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Use it now").click()
    context.set_offline(True)
    phone.goto(f"{live.url}/clients/2")
    ready(phone)
    expect(phone.get_by_text("No network. This is from")).to_be_visible()


def test_what_an_earlier_release_kept_is_still_there(live, manager, enter, context):
    """As version 0.2 wrote it: its own database, nothing sealed."""
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/offline")
    page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("rounds", 2);
          opening.onupgradeneeded = ({ target: { result: db } }) => {
            db.createObjectStore("chunks", { keyPath: ["user", "key", "number"] });
            db.createObjectStore("kept", { keyPath: ["user", "key", "what"] });
          };
          opening.onsuccess = ({ target: { result: db } }) => {
            const all = db.transaction(["chunks", "kept"], "readwrite");
            const key = "an-earlier-key", user = "1";
            const value = { key, client: "1", contact: "1", name: "Dana", kind: "call", noted: 1,
                            at: new Date().toISOString() };
            all.objectStore("kept").put({ user, key, what: "attempt", value });
            const bytes = new TextEncoder().encode("sound").buffer;
            all.objectStore("chunks").put(
              { user, key, number: 0, bytes, type: "audio/webm", seconds: 2, begun: value.at });
            all.oncomplete = () => { db.close(); resolve(); };
          };
        })"""
    )
    page.goto(f"{live.url}/today")
    question(page)
    expect(page.locator(".timer")).to_have_text("0:02")


def test_a_wish_that_somebody_else_recorded_meanwhile_is_shown_beside_it(live, phone, context):
    address = f"{live.url}/contacts/1/preference"
    phone.goto(address)
    until_kept(phone, "/contacts/1/preference")
    context.set_offline(True)
    phone.goto(address)
    ready(phone)
    phone.get_by_label("What about").fill("only invoices")
    save(phone, "**/clients/1#contact-1")
    expect(phone.get_by_role("link", name="1 waiting to be sent")).to_be_visible()
    with live.data() as db:
        db.scalar(select(Preference)).about = "the migration"
    context.set_offline(False)
    phone.get_by_role("link", name="Something was not taken").click()
    phone.get_by_role("button", name="Put it right").click()
    ready(phone)
    expect(phone.get_by_label("What about")).to_have_value("only invoices")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("heading", name="Someone changed this meanwhile")).to_be_visible()
    expect(phone.get_by_text("now: the migration")).to_be_visible()
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_url("**/clients/1**")
    assert [one.about for one in stored(live, Preference)][-1] == "only invoices"
