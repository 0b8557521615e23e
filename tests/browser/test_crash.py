"""The whole browser crashes: what was begun and what was spoken are still there afterwards."""

import contextlib

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from pwa.models import User
from tests import factories
from tests.browser.conftest import Live
from tests.browser.phone import NO_TELEPHONE, question, ready, record

PROMPTLY = 500  # milliseconds; the telephone takes longer to come up


@pytest.fixture
def manager(live: Live) -> User:
    with live.data():
        user = factories.user()
        factories.contact(factories.client(user))
    return user


@pytest.fixture
def opened(browser_type, browser_type_launch_args, browser_context_args, tmp_path):
    """Opens the browser of one phone, as often as needed."""

    def launched() -> BrowserContext:
        context = browser_type.launch_persistent_context(
            tmp_path / "profile", **browser_type_launch_args, **browser_context_args
        )
        context.add_init_script(NO_TELEPHONE)
        return context

    return launched


def dial(live: Live, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"{live.url}/clients")
    ready(page)
    page.get_by_role("link", name="Call Dana").click()
    return page


def crash(page: Page) -> None:
    """As when the system kills it: from here on nothing is written any more."""
    page.wait_for_timeout(PROMPTLY)
    with contextlib.suppress(Error):  # nobody is left to answer
        page.context.new_cdp_session(page).send("Browser.crash")


def test_the_call_is_asked_about_after_a_crash(live, manager, enter, opened):
    before = opened()
    enter(before, manager)
    crash(dial(live, before))
    with opened() as after:
        enter(after, manager)
        page = after.new_page()
        page.goto(f"{live.url}/clients")
        question(page)


def test_what_was_answered_and_spoken_is_there_after_a_crash(live, manager, enter, opened):
    before = opened()
    enter(before, manager)
    page = dial(live, before)
    page.reload()
    question(page)
    page.get_by_role("button", name="We spoke").click()
    record(page, seconds=2)
    crash(page)
    with opened() as after:
        enter(after, manager)
        page = after.new_page()
        page.goto(f"{live.url}/clients")
        question(page)
        expect(page.get_by_role("button", name="We spoke", pressed=True)).to_be_visible()
        expect(page.get_by_role("button", name="Play")).to_be_visible()
