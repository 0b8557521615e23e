"""Nothing of a person who left can be read on the phone, and nothing of theirs is lost."""

import re
import time
from collections.abc import Iterator

import pytest
from flask import request
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete, select

from pwa.models import Device, Interaction, SignIn, User
from tests import factories
from tests.browser.phone import SYNC, arrived, pause, question, ready, save, until_kept, with_worker
from tests.patience import until

# Every byte that this site keeps on the phone, as a script of anybody could read it.
ALL_BYTES = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      found.push(request.url, await (await cache.match(request)).text());
  }
  const text = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
    if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value && typeof value === "object") return Object.values(value).map(text).join(" ");
    return String(value);
  };
  const db = await new Promise((resolve) => {
    indexedDB.open("rounds").onsuccess = ({ target }) => resolve(target.result);
  });
  for (const name of db.objectStoreNames)
    found.push(await new Promise((resolve) => {
      db.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) =>
        resolve(name + text(target.result));
    }));
  db.close();
  return found.join(" ");
}"""


SECRETS = ("Dana", "Whitfield", "Halden", "the gate code is 4711")


# Sealed with a key that the server gave before it was restored from an old copy, say.
BROKEN_ROW = """() => new Promise((resolve) => {
  indexedDB.open("rounds").onsuccess = ({ target: { result: db } }) => {
    const transaction = db.transaction("outbox", "readwrite");
    const sealed = [{ iv: new Uint8Array(12), data: new ArrayBuffer(40) }];
    transaction.objectStore("outbox").put({ user: document.body.dataset.user, number: 1, sealed });
    transaction.oncomplete = () => { db.close(); resolve(); };
  };
})"""


@pytest.fixture
def other(live) -> User:
    with live.data():
        return factories.user(
            team_=factories.team("South"), name="Ingrid Moe", email="i@example.com"
        )


@pytest.fixture
def idle_phone(phone) -> Page:
    """A phone that has fetched all that it fetches ahead: it asks nothing by itself."""
    until_kept(phone, "/interactions/new", times=6)
    return phone


def say_offline(live, page: Page, context: BrowserContext, client: int = 1) -> None:
    """Log a call without a network, and begin another that is not saved."""
    context.set_offline(True)
    page.goto(
        f"{live.url}/interactions/new?client={client}&contact={client}&kind=call&key=key-{client}-aaaa"
    )
    ready(page)
    page.get_by_role("button", name="Voicemail").click()
    page.get_by_role("button", name="Type it instead").click()
    page.get_by_role("textbox", name="What was said").fill("the gate code is 4711")
    save(page)
    expect(page.get_by_role("link", name="1 waiting to be sent")).to_be_visible()


def sign_in(live, page: Page, user: User) -> None:
    page.goto(f"{live.url}/sign-in")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live.url}/today")
    expect(page.locator("html[data-idle]")).to_be_attached()


def readable(page: Page) -> list[str]:
    expect(page.locator("html[data-idle]")).to_be_attached()
    found = page.evaluate(ALL_BYTES)
    return [secret for secret in SECRETS if secret in found]


def stored(live) -> list[Interaction]:
    with live.data() as db:
        return list(db.scalars(select(Interaction)))


# The lock that whoever sends the outbox holds, until `done` is called.
BE_THE_SENDER = """() => new Promise((held) =>
  navigator.locks.request(`rounds-outbox-${document.body.dataset.user}`, () =>
    new Promise((done) => { window.done = done; held(); })))"""


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def test_what_waits_is_sealed_and_not_only_on_leaving(live, phone, context):
    assert readable(phone) == ["Dana", "Whitfield", "Halden"]  # the day's copies, of this person
    say_offline(live, phone, context)
    assert "the gate code is 4711" not in phone.evaluate(ALL_BYTES)


def test_signing_out_sends_what_waits_and_leaves_nothing_to_read(live, phone, context):
    say_offline(live, phone, context)
    context.set_offline(False)
    phone.goto(f"{live.url}/me")
    ready(phone)
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    assert readable(phone) == []
    assert [row.note for row in stored(live)] == ["the gate code is 4711"]


def test_signing_out_waits_for_a_sender_that_is_at_work(live, phone, context):
    say_offline(live, phone, context)
    phone.goto(f"{live.url}/me")
    ready(phone)
    phone.evaluate(BE_THE_SENDER)
    context.set_offline(False)
    sign_out(phone)
    phone.evaluate("window.done()")
    phone.wait_for_url("**/sign-in")
    assert [row.note for row in stored(live)] == ["the gate code is 4711"]


def test_signed_out_without_a_network_it_stays_sealed_for_them(
    live, phone, manager, other, context
):
    phone.goto(f"{live.url}/me")
    ready(phone)
    me = context.new_page()
    say_offline(live, me, context)
    sign_out(phone)
    expect(phone.get_by_role("alert")).to_contain_text("1 thing has not been sent.")
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    expect(phone.get_by_role("heading", name="No network just now")).to_be_visible()
    me.close()
    context.set_offline(False)
    sign_in(live, phone, other)
    assert readable(phone) == []
    assert stored(live) == []
    with live.data() as db:
        assert db.scalar(select(SignIn).where(SignIn.user_id == manager.id)) is None
    phone.goto(f"{live.url}/me")
    ready(phone)
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    sign_in(live, phone, manager)
    arrived(live, phone, Interaction)
    assert [row.note for row in stored(live)] == ["the gate code is 4711"]


def test_signed_out_from_afar_it_goes_at_the_next_contact(live, idle_phone, manager, context):
    phone = idle_phone
    ready(phone)
    phone.get_by_role("link", name="Call Dana").click()
    phone.reload()
    question(phone)
    phone.get_by_role("button", name="Voicemail").click()
    with live.data() as db:
        db.execute(delete(SignIn))
    phone.goto(f"{live.url}/today")
    phone.wait_for_url("**/sign-in**")
    assert readable(phone) == []
    sign_in(live, phone, manager)
    question(phone)
    expect(phone.get_by_role("button", name="Voicemail", pressed=True)).to_be_visible()


def test_another_person_on_the_same_phone_reads_nothing(live, phone, other, context, enter):
    say_offline(live, phone, context)
    context.clear_cookies()
    enter(context, other)
    context.set_offline(False)
    phone.goto(f"{live.url}/today")
    assert readable(phone) == []
    assert stored(live) == []


@pytest.mark.parametrize("way", ["today", "me"])
def test_left_without_a_network_nothing_comes_back_with_one(live, phone, context, way):
    """Whatever is opened first: what the browser asked for ahead still carries their cookie."""
    phone.goto(f"{live.url}/me")
    ready(phone)
    context.set_offline(True)
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    context.set_offline(False)
    phone.goto(f"{live.url}/{way}")
    expect(phone.get_by_role("button", name="Sign in")).to_be_visible()
    assert readable(phone) == []


def test_what_the_server_did_not_take_is_sealed_as_well(live, phone):
    phone.goto(f"{live.url}/clients/1/promises/new")
    ready(phone)
    phone.get_by_label("What you promised").fill("the gate code is 4711")
    phone.get_by_role("button", name="Keep in mind").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.goto(f"{live.url}/me")
    ready(phone)
    sign_out(phone)
    expect(phone.get_by_role("alert")).to_contain_text("1 thing has not been sent.")
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    assert readable(phone) == []


def test_what_cannot_be_sealed_goes_after_a_word(live, manager, other, enter, context):
    page = context.new_page()
    page.route("**/phone-key", lambda route: route.fulfill(status=503))
    enter(context, manager)
    page.goto(f"{live.url}/me")
    ready(page)
    with_worker(page)
    me = context.new_page()
    me.route("**/phone-key", lambda route: route.fulfill(status=503))
    me.goto(f"{live.url}/interactions/new?client=1&contact=1&kind=call&key=key-1-aaaa")
    ready(me)
    context.set_offline(True)
    me.get_by_role("button", name="Voicemail").click()
    me.get_by_role("button", name="Type it instead").click()
    me.get_by_role("textbox", name="What was said").fill("the gate code is 4711")
    me.get_by_role("button", name="Save").click()
    expect(me.get_by_text("Kept on this phone. It is sent as soon as")).to_be_visible()
    me.close()
    sign_out(page)
    expect(page.get_by_role("alert")).to_contain_text("Signing out throws it away.")
    sign_out(page)
    page.wait_for_url("**/sign-in")
    page.unroute("**/phone-key")
    context.set_offline(False)
    sign_in(live, page, other)
    assert readable(page) == []


def test_a_browser_that_keeps_nothing_lets_go(live, manager, enter, context):
    enter(context, manager)
    page = context.new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private') }")
    page.goto(f"{live.url}/me")
    ready(page)
    sign_out(page)
    page.wait_for_url("**/sign-in")
    with live.data() as db:
        assert db.scalar(select(SignIn)) is None


def test_a_sign_out_that_the_server_did_not_take_is_said_again(live, phone):
    phone.goto(f"{live.url}/me")
    ready(phone)
    phone.route("**/sign-out", lambda route: route.fulfill(status=503))
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    phone.unroute("**/sign-out")
    phone.goto(f"{live.url}/today")
    expect(phone.get_by_role("button", name="Sign in")).to_be_visible()
    with live.data() as db:
        assert db.scalar(select(SignIn)) is None


def test_a_slow_contact_after_a_sign_out_from_afar_wipes_as_well(live, idle_phone):
    phone = idle_phone
    with live.data() as db:
        db.execute(delete(SignIn))
    live.app.before_request_funcs.setdefault(None, []).insert(0, slow_today)
    phone.goto(f"{live.url}/today")
    # The worker leads there and so does the page itself: one of the two is broken off.
    expect(phone).to_have_url(re.compile("/sign-in"))
    ready(phone)
    assert readable(phone) == []


def slow_today() -> None:
    if request.path == "/today":
        time.sleep(4)


def test_one_row_that_cannot_be_read_holds_up_nothing(live, phone, context):
    phone.evaluate(BROKEN_ROW)
    say_offline(live, phone, context)
    context.set_offline(False)
    phone.goto(f"{live.url}/waiting")
    ready(phone)
    expect(phone.get_by_text("cannot be read any more")).to_be_visible()
    phone.get_by_role("button", name="Throw it away").click()
    expect(phone.get_by_role("heading", name="Nothing waits")).to_be_visible()
    assert [row.note for row in stored(live)] == ["the gate code is 4711"]


# A subscription of this browser at a push service, and a notification on its screen.
TAKES_PUSHES = """() => {
  const subscription = { endpoint: "https://fcm.googleapis.com/x", toJSON: () => ({}),
                         unsubscribe: async () => { self.ended = true; return true; } };
  PushManager.prototype.getSubscription = async () => (self.ended ? null : subscription);
  return self.registration.showNotification("In 5 minutes: Dana Whitfield");
}"""
SHOWS = """async () => [self.ended ?? false, (await self.registration.getNotifications()).length]"""
COPIES = """async () => (await caches.keys()).filter((name) => name.startsWith("rounds-day-"))"""
RENEWS = """() => {
  const renewed = { toJSON: () => ({ endpoint: "", keys: {} }) };
  return self.pushes.renew(null, renewed).catch(() => {});
}"""


@pytest.fixture
def desk(live, browser, enter, manager) -> Iterator[Page]:
    """The person's other browser, open at Me."""
    context = browser.new_context()
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/me")
    yield page
    context.close()


def end_elsewhere(desk: Page) -> None:
    """The desk ends the phone's session."""
    places = desk.locator("#signed-in")
    places.get_by_role("button").click()
    expect(places.get_by_role("listitem")).to_have_count(1)


def test_ended_elsewhere_the_workers_next_request_wipes(live, manager, idle_phone, desk):
    phone = idle_phone
    with live.data() as db:
        theirs = db.scalar(select(SignIn.id).order_by(SignIn.id))  # the phone was first
        keys = {"endpoint": "https://fcm.googleapis.com/x", "p256dh": "", "auth": ""}
        made = {"name": "Phone", "created_at": factories.NOW, "sign_in_id": theirs}
        db.add(Device(user_id=manager.id, **keys, **made))
    phone.context.grant_permissions(["notifications"])
    (worker,) = phone.context.service_workers
    worker.evaluate(TAKES_PUSHES)
    end_elsewhere(desk)
    with live.data() as db:
        assert db.scalar(select(Device)) is None  # no push from here on
    assert worker.evaluate(SHOWS) == [False, 1]
    worker.evaluate(RENEWS)
    phone.wait_for_url("**/sign-in**")
    assert readable(phone) == []
    assert worker.evaluate(SHOWS) == [True, 0]


def test_ended_elsewhere_a_page_that_fetches_ahead_wipes(live, idle_phone, desk):
    phone = idle_phone
    end_elsewhere(desk)
    phone.evaluate(
        """async () => {
          const [name] = (await caches.keys()).filter((each) => each.startsWith("rounds-day-"));
          await (await caches.open(name)).delete("/promises"); // so that it is fetched again
          const { src } = document.querySelector("script[src*='js/main.js']");
          const { default: prefetch } = await import(new URL("behaviours/prefetch.js", src));
          prefetch();
        }"""
    )
    phone.wait_for_url("**/sign-in**")
    assert readable(phone) == []
    phone.context.set_offline(True)
    phone.goto(f"{live.url}/clients/1")
    expect(phone.get_by_role("heading", name="No network just now")).to_be_visible()


def test_ended_elsewhere_what_the_worker_sends_in_the_background_wipes(
    live, idle_phone, desk, context, manager
):
    phone = idle_phone
    say_offline(live, phone, context)
    end_elsewhere(desk)
    (worker,) = context.service_workers
    phone.goto("about:blank")  # no page of ours is open
    context.set_offline(False)
    worker.evaluate(SYNC)
    until(lambda: worker.evaluate(COPIES) == [], pause=pause(phone))
    sign_in(live, phone, manager)
    arrived(live, phone, Interaction)
    assert [row.note for row in stored(live)] == ["the gate code is 4711"]
