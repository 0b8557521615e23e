"""Finding a client while typing, and the same without any script."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pwa.models import User
from pwa.operations.clients.clients import refresh_keys
from tests import factories


@pytest.fixture
def manager(live) -> User:
    with live.data():
        user = factories.user()
        for name, town in (("Fjordlys", "Ålesund"), ("Halden Freight", "Halden")):
            client = factories.client(user, name, town=town)
            factories.contact(client)
            refresh_keys(client)
    return user


def test_the_list_follows_what_is_typed_and_the_field_keeps_the_focus(
    live, manager, enter, context: BrowserContext
):
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/clients")
    expect(page.locator("#book li")).to_have_count(2)
    page.get_by_role("searchbox").press_sequentially("ales")
    expect(page.locator("#book li")).to_have_count(1)
    expect(page.locator("#book")).to_contain_text("Fjordlys")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_without_scripts_enter_does_the_same(live, manager, enter, browser):
    context = browser.new_context(java_script_enabled=False)
    enter(context, manager)
    page: Page = context.new_page()
    page.goto(f"{live.url}/clients")
    page.get_by_role("searchbox").fill("halden")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#book li")).to_have_count(1)
    expect(page.locator("#book")).to_contain_text("Halden Freight")
    context.close()


def test_back_from_a_client_the_list_is_as_it_was(live, manager, enter, context: BrowserContext):
    with live.data() as db:
        owner = db.merge(manager)
        for number in range(40):
            refresh_keys(factories.client(owner, f"House {number:02d}"))
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/clients?tier=B")
    expect(page.locator("html[data-ready]")).to_be_attached()
    page.get_by_role("searchbox").press_sequentially("hou")
    expect(page.locator(".pager")).to_contain_text("1–30 of 40")
    expect(page).to_have_url(f"{live.url}/clients?tier=B&q=hou")
    for leave_and_return in (False, True):
        page.get_by_role("link", name="House 25").click()
        page.wait_for_url("**/clients/*")
        left_at = page.evaluate("JSON.parse(sessionStorage.getItem('rounds:list')).scroll")
        assert left_at > 300
        if leave_and_return:  # a form on the way: the browser's own way back is longer
            page.get_by_role("link", name="Change House 25").click()
            page.get_by_role("button", name="Save").click()
            page.wait_for_url(lambda url: not url.endswith("/edit"))
        expect(page.locator(".back[data-bound]")).to_be_attached()
        page.locator(".back").click()
        expect(page).to_have_url(f"{live.url}/clients?tier=B&q=hou")
        expect(page.locator("html[data-ready]")).to_be_attached()
        expect(page.get_by_role("link", name="House 25")).to_be_in_viewport()
        page.wait_for_function("at => Math.abs(scrollY - at) < 2", arg=left_at)
