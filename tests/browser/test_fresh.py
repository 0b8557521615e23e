"""A list that is looked at again: what changed meanwhile is said, and nothing jumps."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from pwa.models import Client, Contact
from pwa.operations.next_steps import settle
from tests import factories

LATER = """(away) => {
  const now = Date.now;
  Date.now = () => now() + away;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
TWO_MINUTES = 120_000


def looked_at_again(page: Page) -> None:
    expect(page.locator("html[data-idle]")).to_be_attached()
    page.evaluate(LATER, TWO_MINUTES)


def test_a_list_that_somebody_changed_says_so_and_waits_for_a_tap(live, phone):
    with live.data() as db:
        owner = db.scalar(select(Client)).owner
        client = factories.client(owner, "Nordlicht")
        factories.preference(factories.contact(client, "Lena Fischer"))
        settle([client.id], factories.NOW)
    looked_at_again(phone)
    expect(phone.get_by_text("Your list has changed.")).to_be_visible()
    expect(phone.get_by_role("link", name="Lena Fischer")).to_have_count(0)
    phone.get_by_role("button", name="Show it").click()
    expect(phone.get_by_role("link", name="Lena Fischer")).to_be_visible()
    expect(phone.get_by_text("Your list has changed.")).to_be_hidden()


def test_what_else_is_new_comes_quietly(live, phone):
    with live.data() as db:
        db.scalar(select(Contact).where(Contact.name == "Ole Vik")).name = "Olav Vik"
    looked_at_again(phone)
    expect(phone.get_by_role("link", name="Olav Vik")).to_be_visible()
    expect(phone.get_by_text("Your list has changed.")).to_be_hidden()
    expect(phone.locator("[data-when-idle=outbox]")).to_have_count(1)
