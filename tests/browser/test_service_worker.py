"""The service worker in a real browser: installed by the page, there when the network is not."""

import dataclasses
import json
import re

from playwright.sync_api import Page, expect

from pwa.push import configured
from pwa.push.keys import application_server_key
from tests import factories
from tests.browser.phone import with_worker
from tests.push.endpoint import PushService


def open_me(live, page: Page, enter) -> None:
    configured.make_key(live.app.config["ROUNDS"])
    with live.data():
        user = factories.user(name="Charlie Boone")
    enter(page.context, user)
    page.goto(f"{live.url}/me")


def test_without_a_network_a_page_says_so_and_comes_back_with_it(live, page, enter):
    open_me(live, page, enter)
    with_worker(page)
    page.context.set_offline(True)
    page.goto(f"{live.url}/clients?q=halden")
    expect(page.get_by_role("heading", name="No network just now")).to_be_visible()
    again = page.get_by_role("link", name="Try again")
    assert again.evaluate("link => getComputedStyle(link).backgroundColor") == "rgb(15, 107, 72)"
    page.context.set_offline(False)
    again.click()
    expect(page).to_have_url(re.compile(r"/clients\?q=halden$"))
    expect(page.get_by_role("heading", name="No network just now")).not_to_be_visible()


def test_what_is_kept_is_the_offline_page_and_nothing_of_a_person(live, page, enter):
    open_me(live, page, enter)
    with_worker(page)
    kept = page.evaluate(
        """async () => {
          const found = {};
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys())
              found[new URL(request.url).pathname] =
                await (await caches.match(request)).text();
          return found;
        }"""
    )
    assert "/offline" in kept
    assert all(path.startswith("/static/") for path in kept if path != "/offline")
    assert "Charlie" not in "".join(kept.values())
    assert "data-user" not in kept["/offline"]


def test_a_server_that_is_down_is_told_from_one_that_refuses(live, page, enter):
    open_me(live, page, enter)
    with_worker(page)
    page.goto(f"{live.url}/clients/999999")
    expect(page.get_by_role("heading", name="Nothing here for you")).to_be_visible()


def test_a_push_is_shown_and_a_tap_leads_to_the_client(live, page, enter):
    """What the worker does with a push, called in the worker itself."""
    page.context.grant_permissions(["notifications"])
    open_me(live, page, enter)
    with_worker(page)
    (worker,) = page.context.service_workers
    shown = worker.evaluate(
        """async () => {
          const said = { title: "In 5 minutes: Dana", body: "Halden Freight", url: "/clients",
                         tag: "booking-7" };
          await self.pushes.show({ json: () => said });
          const [one] = await self.registration.getNotifications();
          return [one.title, one.body, one.tag, one.data.url, new URL(one.icon).pathname];
        }"""
    )
    assert shown[:4] == ["In 5 minutes: Dana", "Halden Freight", "booking-7", "/clients"]
    assert page.request.get(live.url + shown[4]).ok


def test_the_page_says_when_the_browser_blocks_notifications(live, page, enter):
    open_me(live, page, enter)  # this Chromium allows nothing that it was not told to
    expect(page.get_by_text("Blocked in the settings of this browser.")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on for this device")).to_be_hidden()


def test_the_page_says_when_turning_on_fails(live, page, enter):
    page.context.grant_permissions(["notifications"])
    open_me(live, page, enter)
    turn_on = page.get_by_role("button", name="Turn on for this device")
    turn_on.click()  # a private window has no push service
    expect(page.get_by_role("alert")).to_contain_text("That did not work")
    expect(turn_on).to_be_enabled()


# The browser maker's part: a subscription at a push service of ours, remembered over a reload.
SUBSCRIBES = """(phone) => {
  const made = (options) => ({
    endpoint: phone.endpoint, options, toJSON: () => phone,
    unsubscribe: async () => { sessionStorage.removeItem("on"); return true; },
  });
  PushManager.prototype.subscribe = async (options) => {
    sessionStorage.setItem("on", String(options.applicationServerKey));
    return made(options);
  };
  PushManager.prototype.getSubscription = async () => {
    const key = sessionStorage.getItem("on");
    return key && made({ applicationServerKey: Uint8Array.from(key.split(",")).buffer });
  };
}"""


def test_notifications_are_turned_on_tried_and_turned_off(live, page, enter):
    allowed = dataclasses.replace(
        live.app.config["ROUNDS"], push_allowed_hosts=frozenset({"127.0.0.1"})
    )
    live.app.config["ROUNDS"] = allowed
    configured.make_key(allowed)
    key = application_server_key(configured.private_key(allowed))
    page.context.grant_permissions(["notifications"])
    with PushService() as service:
        phone = service.subscribe(key)
        page.add_init_script(f"({SUBSCRIBES})({json.dumps(phone.as_json())})")
        open_me(live, page, enter)
        page.get_by_role("button", name="Turn on for this device").click()
        expect(page.get_by_text("This device takes notifications.")).to_be_visible()
        expect(page.locator("#devices")).to_contain_text("Turned on just now")
        page.reload()
        page.get_by_role("button", name="Send me a test").click()
        expect(page.get_by_role("status").first).to_contain_text("Sent.")
        assert [received.json["title"] for received in phone.received] == ["Notifications are on"]
        page.get_by_role("button", name="Turn off here").click()
        expect(page.get_by_role("button", name="Turn on for this device")).to_be_visible()
        expect(page.locator("#devices li")).to_have_count(0)
        assert service.complaints == []


def test_signing_out_works_from_the_page(live, page, enter):
    open_me(live, page, enter)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_url(f"{live.url}/sign-in")
