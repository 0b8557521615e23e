"""A spoken note that nothing leads to any more is offered, not forgotten."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from pwa.models import VoiceNote
from tests import factories
from tests.browser.phone import NO_TELEPHONE, question, ready, record, save

SAYS = "You have a spoken note that is not saved yet."

# What a store that went wrong would leave: the note without anything that leads to it.
LOSE_THE_ATTEMPT = """() => new Promise((resolve) => {
  localStorage.clear();
  indexedDB.open("rounds").onsuccess = ({ target: { result: db } }) => {
    const transaction = db.transaction("kept", "readwrite");
    transaction.objectStore("kept").clear();
    transaction.oncomplete = () => { db.close(); resolve(); };
  };
})"""


@pytest.fixture
def phone(live, page: Page, enter) -> Page:
    """With a note about Dana, but without the attempt."""
    with live.data():
        user = factories.user()
        factories.contact(factories.client(user))
    enter(page.context, user)
    page.add_init_script(NO_TELEPHONE)
    page.goto(f"{live.url}/clients")
    ready(page)
    page.get_by_role("link", name="Call Dana").click()
    page.reload()
    question(page)
    record(page)
    page.get_by_role("button", name="Stop recording").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.evaluate(LOSE_THE_ATTEMPT)
    page.goto(f"{live.url}/today")
    return page


def test_it_is_listened_to_and_saved_with_its_client(live, phone: Page):
    expect(phone.get_by_role("status").filter(has_text=SAYS)).to_be_visible()
    phone.get_by_role("link", name="Listen to it").click()
    ready(phone)
    assert phone.locator("audio").evaluate("one => one.play().then(() => one.currentSrc)")
    phone.get_by_role("link", name="Halden Freight").click()
    expect(phone.get_by_role("heading", name="How did it go at Halden Freight?")).to_be_visible()
    expect(phone.get_by_role("button", name="Play")).to_be_visible()
    phone.get_by_role("button", name="We spoke").click()
    save(phone)
    with live.data() as db:
        assert db.scalars(select(VoiceNote)).one().size > 1000
    ready(phone)
    expect(phone.get_by_text(SAYS)).not_to_be_visible()


def test_it_may_be_thrown_away_after_being_asked(phone: Page):
    phone.get_by_role("link", name="Listen to it").click()
    ready(phone)
    phone.get_by_role("button", name="Discard").click()
    phone.get_by_role("button", name="Throw it away?").click()
    phone.wait_for_url(re.compile("/today$"))
    ready(phone)
    expect(phone.get_by_text(SAYS)).not_to_be_visible()


def test_it_waits_while_one_looks_elsewhere(phone: Page):
    phone.get_by_role("link", name="Listen to it").click()
    phone.get_by_role("link", name="Later").click()
    expect(phone.get_by_text(SAYS)).to_be_visible()
