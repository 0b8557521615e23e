"""Reminders on the phone: what a push shows, where a tap leads, and what a page says instead."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from pwa import clock
from pwa.models import Booking, Device, Notice, SignIn, User
from pwa.rules.vocabulary.enums import Kind
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests.browser.phone import NO_TELEPHONE, arrived, pause, ready, until_kept, with_worker
from tests.browser.test_call_loop import come_back
from tests.patience import until

PLAIN = ("Rounds", "Open your list")
OURS = {
    "id": 7,
    "title": "In 5 minutes: Dana",
    "body": "Booked for 10:00",
    "url": "/clients/1",
    "tag": "booking-7",
    "badge": 3,
    "actions": [{"name": "hour", "title": "In an hour", "url": "/clients/1"}],
}
SHOWN = """async () => {
  const { ready } = navigator.serviceWorker;
  const shown = await (await ready).getNotifications();
  return shown.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
}"""
# A tap gives the right to bring a window to the front, which no test can.
TAPPED = """async (action) => {
  WindowClient.prototype.focus = async function () { return this; };
  const [notification] = await self.registration.getNotifications();
  await self.pushes.open(notification, action);
}"""
# What the worker sends is seen by nobody else.
SUBSCRIBED = """(endpoint) => {
  PushManager.prototype.getSubscription = async () => ({ endpoint });
}"""

HIDE = """
  Object.defineProperty(document, "hidden", { get: () => true });
  document.dispatchEvent(new Event("visibilitychange"));
"""

pytestmark = pytest.mark.sampled


@pytest.fixture
def phone(live, manager, enter, context: BrowserContext) -> Page:
    """Their phone, which may show notifications."""
    context.grant_permissions(["notifications"])
    context.add_init_script(NO_TELEPHONE)
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/today")
    with_worker(page)
    return page


def ahead(phone: Page) -> None:
    """The day is fetched ahead: questions and the clients' pages are there without a network."""
    until_kept(phone, "/clients/2/postponement")


class Push:
    """What a push service does: brings a text to the worker of this page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.origin = page.evaluate("location.origin")
        self.registrations: list[str] = []
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")
        until(lambda: bool(self.registrations), pause(page))

    def _note(self, event: dict[str, Any]) -> None:
        self.registrations += [row["registrationId"] for row in event["registrations"]]

    def __call__(self, text: str) -> None:
        ids = {"origin": self.origin, "registrationId": self.registrations[-1]}
        self.session.send("ServiceWorker.deliverPushMessage", {**ids, "data": text})

    def shown(self, count: int = 1) -> list[dict[str, Any]]:
        until(lambda: len(self.page.evaluate(SHOWN)) >= count, pause(self.page))
        return self.page.evaluate(SHOWN)


@pytest.fixture
def push(phone: Page) -> Push:
    return Push(phone)


def declarative(origin: str) -> dict[str, Any]:
    navigate = f"{origin}/clients/1?notice=7"
    actions = [{"action": "call", "title": "Call", "navigate": navigate}]
    texts = {key: OURS[key] for key in ("title", "body", "tag")}
    shape = {**texts, "navigate": navigate, "app_badge": "3", "actions": actions}
    return {"web_push": 8030, "notification": shape}


def a_notice(live, user, kind=NoticeKind.DIGEST, **values) -> int:
    with live.data() as db:
        now = clock.now()
        times = {"due_at": now, "expires_at": now + timedelta(hours=4), "next_try_at": now}
        row = Notice(user_id=user.id, kind=kind, **{"subject": "1", **times, **values})
        db.add(row)
        db.flush()
        return row.id


def booked(live, user) -> int:
    """The notice of a call that begins in four minutes: due in quiet hours as well."""
    with live.data() as db:
        at = clock.now() + timedelta(minutes=4)
        booking = Booking(client_id=1, at=at, kind=Kind.CALL)
        db.add(booking)
        db.flush()
        subject = f"{booking.id}@{at:%Y%m%dT%H%M}"
    return a_notice(live, user, NoticeKind.BOOKED, subject=subject, client_id=1)


def notice_of(live, number: int) -> Notice:
    with live.data() as db:
        return db.get_one(Notice, number)


def worker_of(page: Page):
    (worker,) = page.context.service_workers
    return worker


@pytest.mark.parametrize("shape", ["ours", "declarative", "both"])
def test_every_shape_of_a_push_is_shown(phone, push, shape):
    theirs = declarative(push.origin)
    push(json.dumps({"ours": OURS, "declarative": theirs, "both": {**OURS, **theirs}}[shape]))
    (shown,) = push.shown()
    assert (shown["title"], shown["body"]) == (OURS["title"], OURS["body"])
    assert shown["tag"] == "booking-7"
    assert shown["data"]["url"].startswith("/clients/1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Call Dana",
        '{"title": "Call',
        "[]",
        "null",
        "7",
        '{"title": 5}',
        '{"body": "b"}',
        "\x00",
    ],
)
def test_whatever_else_arrives_is_shown_as_well(phone, push, text):
    push(text)
    (shown,) = push.shown()
    assert (shown["title"], shown["body"]) == PLAIN
    assert "undefined" not in json.dumps(shown)


def test_the_same_notice_twice_is_one(phone, push):
    push(json.dumps(OURS))
    push.shown()
    push(json.dumps(OURS))
    push(json.dumps({**OURS, "id": 8, "tag": "another"}))
    assert len(push.shown(2)) == 2


def test_the_server_hears_that_it_was_shown(live, phone, push, manager):
    number = a_notice(live, manager)
    endpoint = "https://push.example/1"
    with live.data() as db:
        keys = {"p256dh": "p", "auth": "a", "name": "Phone", "created_at": clock.now()}
        db.add(Device(user_id=manager.id, endpoint=endpoint, **keys))
    worker_of(phone).evaluate(SUBSCRIBED, endpoint)
    push(json.dumps({**OURS, "id": number}))
    until(lambda: arrived(live, phone, Device)[0].last_shown_at is not None, pause(phone))


@pytest.mark.parametrize("offline", [False, True])
def test_a_tap_leads_to_the_client_with_or_without_a_network(live, phone, push, manager, offline):
    number = a_notice(live, manager)
    push(json.dumps({**OURS, "id": number}))
    push.shown()
    ahead(phone)
    phone.context.set_offline(offline)
    worker_of(phone).evaluate(TAPPED, "")
    phone.wait_for_url(f"**/clients/1?notice={number}")
    expect(phone.get_by_role("heading", name="Dana Whitfield").first).to_be_visible()
    expect(phone.get_by_role("button", name="In an hour")).to_have_count(0 if offline else 1)
    assert (notice_of(live, number).opened_at is None) == offline


def test_what_a_tap_opened_is_not_the_copy_of_every_day(live, phone, manager):
    number = a_notice(live, manager)
    ahead(phone)
    phone.goto(f"{live.url}/clients/1?notice={number}")
    expect(phone.get_by_role("button", name="In an hour")).to_be_visible()
    phone.context.set_offline(True)
    phone.goto(f"{live.url}/clients/1")
    expect(phone.get_by_text("No network.")).to_be_visible()
    expect(phone.get_by_role("button", name="In an hour")).to_have_count(0)


def test_putting_it_off_on_the_notification_opens_nothing(live, phone, push, manager):
    number = a_notice(live, manager)
    push(json.dumps({**OURS, "id": number}))
    push.shown()
    worker_of(phone).evaluate(TAPPED, "hour")
    assert len(arrived(live, phone, Notice, 2)) == 2
    assert phone.url.endswith("/today")


def test_putting_it_off_without_a_network_opens_the_page(live, phone, push, manager):
    number = a_notice(live, manager)
    push(json.dumps({**OURS, "id": number}))
    push.shown()
    ahead(phone)
    phone.context.set_offline(True)
    worker_of(phone).evaluate(TAPPED, "hour")
    phone.wait_for_url(f"**/clients/1?notice={number}")


def test_the_page_has_the_same_buttons(live, phone, manager):
    number = a_notice(live, manager)
    phone.goto(f"{live.url}/today?notice={number}")
    ready(phone)
    assert Axe().run(phone).violations_count == 0
    phone.get_by_role("button", name="In an hour").click()
    phone.wait_for_url("**/today")
    expect(phone.get_by_role("status").filter(has_text="You'll be reminded again")).to_be_visible()
    assert len(arrived(live, phone, Notice, 2)) == 2


# --- a question that is open


def attempted(phone: Page, user: User) -> None:
    """A call that was begun a while ago and is not logged."""
    phone.evaluate(
        """(user) => {
          const at = new Date(Date.now() - 600_000).toISOString();
          const call = { key: "begun-a-while-ago", client: "2", kind: "call", name: "Ole", at };
          localStorage.setItem(`rounds:${user}:attempt:${call.key}`, JSON.stringify(call));
        }""",
        user.id,
    )


def opened_anew(live, phone: Page, user: User) -> None:
    """The app is closed, and a call that was begun is not logged. No script of ours runs there."""
    phone.goto(f"{live.url}/offline")
    attempted(phone, user)


def test_a_tapped_notification_outranks_a_question_that_is_open(live, phone, manager):
    number = a_notice(live, manager)
    opened_anew(live, phone, manager)
    phone.goto(f"{live.url}/clients/1?notice={number}")
    line = phone.get_by_role("link", name="1 call to log")
    expect(line).to_be_visible()
    ready(phone)
    assert phone.url.endswith(f"/clients/1?notice={number}")
    assert Axe().run(phone).violations_count == 0
    line.click()
    expect(phone.get_by_role("heading", name="How did it go")).to_be_visible()


def test_without_a_network_as_well(live, phone, manager):
    ahead(phone)
    opened_anew(live, phone, manager)
    phone.context.set_offline(True)
    phone.goto(f"{live.url}/clients/1?notice=1")
    expect(phone.get_by_role("link", name="1 call to log")).to_be_visible()


def test_a_reload_is_no_tap(live, phone, manager):
    number = a_notice(live, manager)
    phone.goto(f"{live.url}/clients/1?notice={number}")
    ready(phone)
    attempted(phone, manager)
    phone.reload()
    expect(phone.get_by_role("heading", name="How did it go")).to_be_visible()


def test_a_call_from_the_page_that_a_tap_opened_is_asked_about(live, phone, manager):
    number = a_notice(live, manager)
    phone.goto(f"{live.url}/clients/1?notice={number}")
    ready(phone)
    phone.get_by_role("link", name="Call Dana").first.click()
    come_back(phone)


# --- a page on the screen


def test_a_page_on_the_screen_says_what_would_be_pushed(live, phone, manager):
    number = booked(live, manager)
    phone.goto(f"{live.url}/promises")
    banner = phone.get_by_role("status").filter(has_text="Dana")
    expect(banner).to_be_visible()
    assert Axe().run(phone).violations_count == 0
    assert all(row.visible_at for row in arrived(live, phone, SignIn) if row.browser)
    phone.goto(f"{live.url}/clients")  # it goes along to the next page
    expect(banner).to_be_visible()
    assert notice_of(live, number).settled_at is None
    phone.keyboard.press("Shift")  # whoever goes on has seen it
    until(lambda: notice_of(live, number).why == "It was seen on the page.", pause(phone))
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Close").click()
    expect(banner).to_be_hidden()
    until(lambda: notice_of(live, number).why == "It was closed on the page.", pause(phone))
    with phone.expect_request("**/presence") as left:
        phone.evaluate(HIDE)
    assert left.value.post_data == "left=1"


def test_what_is_over_leaves_the_page_by_itself(live, phone, manager):
    number = booked(live, manager)
    phone.goto(f"{live.url}/promises")
    banner = phone.get_by_role("status").filter(has_text="Dana")
    expect(banner).to_be_visible()
    with live.data() as db:
        db.execute(sa.update(Booking).values(cancelled_at=clock.now()))
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(banner).to_be_hidden()
    assert notice_of(live, number).why == "The booking was cancelled."


def test_a_page_whose_session_ends_elsewhere_shows_no_client_any_more(live, phone, manager):
    booked(live, manager)
    phone.goto(f"{live.url}/clients/1")
    expect(phone.get_by_role("heading", name="Dana Whitfield", level=1)).to_be_visible()
    with_worker(phone)
    with live.data() as db:
        db.execute(sa.delete(SignIn))
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.get_by_label("Password")).to_be_visible()
    phone.context.set_offline(True)
    phone.goto(f"{live.url}/clients/1")
    expect(phone.get_by_text("Halden Freight")).to_have_count(0)
    phone.context.set_offline(False)


def test_the_banner_leads_to_the_page(live, phone, manager):
    number = booked(live, manager)
    phone.goto(f"{live.url}/promises")
    phone.get_by_role("status").get_by_role("link", name="Open").click()
    phone.wait_for_url(f"**/clients/1?notice={number}")


def test_a_page_that_is_hidden_says_nothing(live, phone):
    phone.add_init_script("Object.defineProperty(document, 'hidden', { get: () => true })")
    posted: list[str] = []
    phone.on("request", lambda request: posted.append(f"{request.method} {request.url}"))
    phone.goto(f"{live.url}/promises")
    expect(phone.locator("html[data-idle]")).to_be_attached()
    assert f"POST {live.url}/presence" not in posted


# --- calls that were begun


def test_a_call_is_kept_first_and_then_told(live, phone, manager):
    phone.add_init_script("""
      const send = window.fetch;
      window.fetch = (address, options) => {
        if (address === "/attempts") {
          const names = Object.keys(localStorage);
          window.keptBefore = names.filter((name) => name.includes(":attempt:")).length;
          window.keepsAlive = options.keepalive;
        }
        return send(address, options);
      };
    """)
    phone.goto(f"{live.url}/clients/1")
    ready(phone)
    phone.get_by_role("link", name="Call Dana").first.click()
    assert phone.evaluate("[window.keptBefore, window.keepsAlive]") == [1, True]
    (notice,) = arrived(live, phone, Notice)
    assert (notice.kind, notice.client_id) == (NoticeKind.UNLOGGED, 1)


def test_without_a_network_a_call_is_begun_all_the_same(live, phone):
    ahead(phone)
    phone.goto(f"{live.url}/clients/1")
    ready(phone)
    phone.context.set_offline(True)
    phone.get_by_role("link", name="Call Dana").first.click()
    assert phone.evaluate("window.heldUp") is False
    come_back(phone)
    with live.data() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0


def test_i_did_not_call_ends_the_reminder(live, phone):
    phone.goto(f"{live.url}/clients/1")
    ready(phone)
    phone.get_by_role("link", name="Call Dana").first.click()
    arrived(live, phone, Notice)
    come_back(phone)
    phone.get_by_role("button", name="I did not call").click()
    until(lambda: arrived(live, phone, Notice)[0].settled_at is not None, pause(phone))
