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
