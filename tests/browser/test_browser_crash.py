"""The whole browser crashes: what was begun and what was spoken are still there afterwards."""

import contextlib

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from pwa.models import User
from tests import factories
from tests.browser.conftest import Live
from tests.browser.phone import KEYS, NO_TELEPHONE, pause, question, ready, record
from tests.patience import until


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


def crash(page: Page, *written: str) -> None:
    """As when the system kills it, once all that is `written` lies in the phone's database."""
    until(lambda: set(written) <= on_disk(page), pause(page))
    with contextlib.suppress(Error):  # nobody is left to answer
        page.context.new_cdp_session(page).send("Browser.crash")


def on_disk(page: Page) -> set[str]:
    """`attempt`, `draft` and `note`, as far as they lie in the database of the phone."""
    kinds = {kind for _, _, kind in page.evaluate(KEYS, "kept")}
    return kinds | {"note" for _ in page.evaluate(KEYS, "chunks")}


def test_the_call_is_asked_about_after_a_crash(live, manager, enter, opened):
    before = opened()
    enter(before, manager)
    crash(dial(live, before), "attempt")
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
    crash(page, "attempt", "draft", "note")
    with opened() as after:
        enter(after, manager)
        page = after.new_page()
        page.goto(f"{live.url}/clients")
        question(page)
        expect(page.get_by_role("button", name="We spoke", pressed=True)).to_be_visible()
        expect(page.get_by_role("button", name="Play")).to_be_visible()
