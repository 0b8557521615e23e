"""Every client can be found and called without a network, from what lies sealed on the phone."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pwa.models import Contact, User
from pwa.operations.clients.clients import refresh_keys
from tests import factories
from tests.browser.phone import ALL_KEPT, pause, ready, until_kept
from tests.patience import until

INDEX = "/clients/index.json"
# The sealed clients as a script of anybody could read them, and their version.
SEALED = """async () => {
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).match("/clients/index.json");
    if (kept) return [kept.headers.get("ETag"), await kept.text()];
  }
  return null;
}"""
ATTEMPTS = "Object.entries(localStorage).filter(([name]) => name.includes(':attempt:'))"


@pytest.fixture
def manager(live, manager) -> User:
    """With a client beside the two of the day, whose page nobody opens."""
    with live.data() as db:
        client = factories.client(
            db.merge(manager), "Fjordlys AS", town="Ålesund", new_since=None, unasked=False
        )
        contact = factories.contact(client, "Åse Nygård", phone="+4755000002")
        factories.preference(contact)
        refresh_keys(client)
    return manager


def version(page: Page) -> str:
    return page.evaluate(SEALED)[0]


def test_any_client_is_found_and_called_without_a_network(
    live, phone: Page, context: BrowserContext
):
    until_kept(phone, INDEX)
    until_kept(phone, "/clients")
    assert "Fjordlys" not in phone.evaluate(SEALED)[1]

    context.set_offline(True)
    phone.goto(f"{live.url}/clients?show=late")
    ready(phone)
    expect(phone.locator("#stored")).to_contain_text(re.compile(r"Offline: list from \d?\d:\d\d"))
    expect(phone.get_by_text("Filters need a network")).to_be_visible()
    field = phone.get_by_role("searchbox")
    field.press_sequentially("ase n")
    expect(phone.locator("#book li")).to_have_count(1)
    expect(phone.locator("#book")).to_contain_text("Fjordlys AS")
    field.fill("55 00 00 02")
    call = phone.get_by_role("link", name="Call Åse")
    expect(call).to_have_attribute("href", "tel:+4755000002")
    expect(call).to_have_attribute("data-bound", "")
    field.fill("nobody")
    expect(phone.get_by_text("No client matches “nobody”")).to_be_visible()
    field.fill("alesund")
    ready(phone)
    call.click()
    [[_name, attempt]] = phone.evaluate(ATTEMPTS)
    assert '"client":"3","contact":"3","name":"Åse","kind":"call"' in attempt

    phone.reload()  # killed during the call: there is no copy of the question about this client
    expect(phone.get_by_role("link", name="1 call to log")).to_be_visible()
    expect(phone).to_have_url(re.compile("/clients"))


def test_what_changed_is_fetched_and_nothing_stays_after_signing_out(
    live, phone: Page, context: BrowserContext
):
    until_kept(phone, INDEX)
    before = version(phone)
    phone.goto(f"{live.url}/clients")
    expect(phone.locator("html[data-idle]")).to_be_attached()
    assert version(phone) == before
    with live.data() as db:
        db.query(Contact).where(Contact.name == "Åse Nygård").update({"phone": "+4755000003"})
    phone.reload()
    until(lambda: version(phone) != before, pause(phone))
    phone.goto(f"{live.url}/me")
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url("**/sign-in")
    until(lambda: phone.evaluate(ALL_KEPT) == [], pause(phone))
