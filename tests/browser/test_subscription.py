"""Notifications that were turned on here stay so, or the list says that they are off."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect

from pwa import clock
from pwa.models import Device, Notice, SignIn
from pwa.operations import notices
from pwa.push import configured
from pwa.push.keys import application_server_key
from tests import factories
from tests.browser.phone import arrived, pause, ready, with_worker
from tests.browser.test_service_worker import SUBSCRIBES
from tests.patience import until
from tests.push.endpoint import Answer, PushService

LOST = "Notifications are off on this phone."
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/26.0 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"

pytestmark = pytest.mark.sampled


@pytest.fixture
def service(live) -> Iterator[PushService]:
    """A push service on this machine, which the server may send to."""
    config = live.app.config["ROUNDS"]
    allowed = dataclasses.replace(config, push_allowed_hosts=frozenset({"127.0.0.1"}))
    live.app.config["ROUNDS"] = allowed
    configured.make_key(allowed)
    with PushService() as service:
        yield service


@pytest.fixture
def phone(live, manager, enter, service, page: Page) -> Page:
    """A phone on which notifications were turned on."""
    key = application_server_key(configured.private_key(live.app.config["ROUNDS"]))
    subscription = service.subscribe(key).as_json()
    page.add_init_script(f"({SUBSCRIBES})({json.dumps(subscription)})")
    page.context.grant_permissions(["notifications"])
    enter(page.context, manager)
    page.goto(f"{live.url}/me")
    with_worker(page)
    ready(page)
    page.get_by_role("button", name="Turn on for this device").click()
    expect(page.get_by_text("This device takes notifications.")).to_be_visible()
    return page


def lose(live, phone: Page, *, subscription: bool = False) -> None:
    """The server has lost the device, or the browser its subscription; the app is opened anew."""
    with live.data() as db:
        db.execute(sa.delete(Device))
    names = ["rounds:push-posted", *(["on"] if subscription else [])]
    phone.evaluate("(names) => names.forEach((name) => sessionStorage.removeItem(name))", names)


def test_whoever_signs_in_again_in_the_same_window_has_them_on_again(live, phone, manager):
    """As after a new password, or a session that was ended from afar."""
    phone.goto(f"{live.url}/today")
    assert "subscription.js" in loaded(phone)
    with live.data() as db:
        db.execute(sa.delete(SignIn))  # the device ends with it
    with suppress(Error):  # the page may find out by itself at the same moment
        phone.goto(f"{live.url}/today")
    phone.wait_for_url("**/sign-in**")
    expect(phone.locator("html[data-idle]")).to_be_attached()
    phone.get_by_label("E-mail").fill(manager.email)
    phone.get_by_label("Password").fill(factories.PASSWORD)
    phone.get_by_role("button", name="Sign in").click()
    phone.wait_for_url("**/today")
    assert len(arrived(live, phone, Device)) == 1


def loaded(phone: Page) -> list[str]:
    expect(phone.locator("html[data-idle]")).to_be_attached()
    entries = "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"
    return phone.evaluate(entries)


def test_a_device_that_the_server_lost_is_back_at_the_next_opening(live, phone):
    lose(live, phone)
    phone.goto(f"{live.url}/today")
    assert len(arrived(live, phone, Device)) == 1
    expect(phone.locator("html[data-idle]")).to_be_attached()
    expect(phone.get_by_text(LOST)).to_be_hidden()


def test_a_subscription_that_the_browser_dropped_is_made_anew(live, phone):
    lose(live, phone, subscription=True)
    phone.goto(f"{live.url}/promises")
    assert len(arrived(live, phone, Device)) == 1


def test_it_is_told_once_for_each_opening(live, phone):
    phone.goto(f"{live.url}/today")
    assert "subscription.js" in loaded(phone)
    posted: list[str] = []
    phone.on("request", lambda request: posted.append(f"{request.method} {request.url}"))
    phone.goto(f"{live.url}/promises")
    expect(phone.locator("html[data-idle]")).to_be_attached()
    assert f"POST {live.url}/devices" not in posted


def test_the_list_says_that_they_are_off_and_turns_them_on(live, phone):
    lose(live, phone, subscription=True)
    phone.add_init_script(
        """{
          const works = PushManager.prototype.subscribe;
          PushManager.prototype.subscribe = async (options) => {
            if (!localStorage.getItem("reachable")) throw new DOMException("none", "AbortError");
            return works(options);
          };
        }"""
    )
    phone.goto(f"{live.url}/today")
    expect(phone.get_by_text(LOST)).to_be_visible()
    assert Axe().run(phone).violations_count == 0
    phone.evaluate("localStorage.setItem('reachable', 'yes')")
    phone.get_by_role("button", name="Turn on").click()
    expect(phone.get_by_text(LOST)).to_be_hidden()
    assert len(arrived(live, phone, Device)) == 1


def test_whoever_leaves_them_off_is_not_told_again(live, phone):
    lose(live, phone, subscription=True)
    phone.context.clear_permissions()
    phone.goto(f"{live.url}/today")
    phone.get_by_role("button", name="Leave off").click()
    expect(phone.get_by_text(LOST)).to_be_hidden()
    phone.reload()
    assert "subscription.js" not in loaded(phone)
    expect(phone.get_by_text(LOST)).to_be_hidden()


def test_where_they_are_blocked_turning_on_leads_to_the_help(live, phone):
    lose(live, phone, subscription=True)
    phone.context.clear_permissions()
    phone.goto(f"{live.url}/today")
    phone.get_by_role("button", name="Turn on").click()
    phone.wait_for_url("**/me#notifications")
    expect(phone.get_by_text("Blocked in the settings of this browser.")).to_be_visible()


def test_whoever_turned_them_off_is_not_told(live, phone):
    phone.get_by_role("button", name="Turn off here").click()
    expect(phone.get_by_role("button", name="Turn on for this device")).to_be_visible()
    phone.goto(f"{live.url}/today")
    assert "subscription.js" not in loaded(phone)
    expect(phone.get_by_text(LOST)).to_be_hidden()


def test_a_phone_that_never_had_any_loads_nothing_for_them(live, manager, enter, page):
    enter(page.context, manager)
    page.goto(f"{live.url}/today")
    names = loaded(page)
    assert "presence.js" in names
    assert not {"subscription.js", "push.js", "platform.js"} & set(names)


def test_a_test_says_that_it_was_shown(live, phone):
    phone.reload()
    phone.get_by_role("button", name="Send me a test").click()
    expect(phone.get_by_text("It should be on your screen in a moment.")).to_be_visible()
    (notice,) = arrived(live, phone, Notice)
    (device,) = arrived(live, phone, Device)
    phone.evaluate(
        """([id, endpoint]) => fetch(`/notices/${id}/shown`,
             { method: "POST", body: new URLSearchParams({ endpoint }) })""",
        [notice.id, device.endpoint],
    )
    expect(phone.get_by_text("Shown on")).to_be_visible()
    expect(phone.locator("[hx-trigger]")).to_have_count(0)
    assert Axe().run(phone).violations_count == 0


def test_on_is_not_green_above_a_problem(live, phone, service):
    """And a test that waits is asked for until the worker has sent it."""
    (device,) = service.phones.values()
    device.answer = Answer(500)
    phone.reload()
    ready(phone)
    green, amber = (phone.locator(f"[data-arrives={arrives}]") for arrives in ("yes", "no"))
    expect(green).to_be_visible()
    phone.get_by_role("button", name="Send me a test").click()
    expect(phone.get_by_text("Not sent yet: we keep trying")).to_be_visible()
    expect(amber).to_be_visible()
    expect(green).to_be_hidden()
    expect(phone.locator("#devices .problem")).to_be_visible()
    assert Axe().run(phone).violations_count == 0
    device.answer = Answer(201)
    with live.app.app_context():
        notices.sweep(clock.now() + timedelta(minutes=2))
    expect(phone.get_by_text("It should be on your screen")).to_be_visible()
    expect(green).to_be_visible()
    expect(amber).to_be_hidden()
    expect(phone.locator("#devices .problem")).to_have_count(0)


def test_a_subscription_that_ended_is_made_anew_and_the_test_still_says_so(live, phone, service):
    (device,) = service.phones.values()
    device.answer = Answer(410)
    phone.reload()
    ready(phone)
    phone.get_by_role("button", name="Send me a test").click()
    turn_on = phone.get_by_role("button", name="Turn on for this device")
    expect(turn_on).to_be_visible()
    expect(phone.get_by_text("It could not be sent.")).to_be_visible()
    phone.evaluate(
        """() => {
          const { prototype } = PushManager;
          const present = prototype.getSubscription;
          prototype.getSubscription = async function () {
            const subscription = await present.call(this);
            if (subscription)
              subscription.unsubscribe = async () => {
                localStorage.setItem("ended", "yes");
                sessionStorage.removeItem("on");
              };
            return subscription;
          };
        }"""
    )
    turn_on.click()
    expect(phone.get_by_text("This device takes notifications.")).to_be_visible()
    assert phone.evaluate("localStorage.getItem('ended')") == "yes"
    expect(phone.get_by_text("It could not be sent.")).to_have_count(0)


@pytest.mark.parametrize("name", ["Turn on for this device", "Turn off here"])
def test_without_a_network_it_says_so_and_changes_nothing(live, phone, name):
    if name == "Turn on for this device":
        phone.get_by_role("button", name="Turn off here").click()
    button = phone.get_by_role("button", name=name)
    expect(button).to_be_visible()
    phone.context.set_offline(True)
    button.click()
    expect(phone.get_by_role("alert").filter(visible=True)).to_contain_text("No network, so")
    expect(button).to_be_visible()
    expect(phone.get_by_text("That did not work")).to_be_hidden()
    phone.context.set_offline(False)
    button.click()
    expect(button).to_be_hidden()
    expect(phone.get_by_text("No network, so")).to_be_hidden()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"{ANDROID} Chrome/150.0.0.0 Mobile Safari/537.36", "Tap the icon left"),
        (f"{ANDROID} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36", "Samsung"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0", "choose Allow"),
        (f"{WINDOWS} Chrome/150.0.0.0 Safari/537.36", "Click the icon left of the address"),
        (f"{WINDOWS} Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0", "Permissions for this site"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "speech bubble"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15", "Websites"),
        (IPHONE, "Allow Notifications"),
    ],
)
def test_where_they_are_blocked_the_help_is_that_of_the_browser(
    live, manager, enter, service, browser: Browser, agent, words
):
    context = browser.new_context(user_agent=agent, permissions=["microphone"])  # and no other
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/me")
    ready(page)
    expect(page.get_by_text("Blocked in the settings of this browser.")).to_be_visible()
    helps = page.locator("[data-help]:visible")
    expect(helps).to_have_count(1)
    expect(helps).to_contain_text(words)
    context.close()


def test_on_an_iphone_the_home_screen_comes_first(live, manager, enter, service, browser: Browser):
    context = browser.new_context(user_agent=IPHONE)
    context.add_init_script("delete window.PushManager")
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/me")
    ready(page)
    expect(page.get_by_text("put Rounds on the Home Screen first")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on for this device")).to_be_hidden()
    context.close()


def test_the_badge_is_what_is_left_and_goes_with_the_sign_out(live, manager, enter, page):
    page.add_init_script(
        """navigator.setAppBadge = async (left) => localStorage.setItem("badge", left);
           navigator.clearAppBadge = async () => localStorage.setItem("badge", 0);"""
    )
    enter(page.context, manager)
    page.goto(f"{live.url}/today")
    ready(page)
    rows = page.locator("[data-row]").count()
    assert page.evaluate("localStorage.getItem('badge')") == str(rows)
    page.goto(f"{live.url}/me")
    ready(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_url(f"{live.url}/sign-in")
    until(lambda: page.evaluate("localStorage.getItem('badge')") == "0", pause(page))
