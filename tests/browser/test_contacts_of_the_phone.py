"""A contact that the phone has fills the form: chosen by the browser, or shared by another app."""

import pytest
from playwright.sync_api import BrowserContext, FilePayload, expect

from pwa.models import Contact, User
from tests import factories
from tests.browser.phone import with_worker

PICKER = """
Object.defineProperty(navigator, "contacts", { value: {
  select: async (asked) => [{
    name: ["Dr. Anna Berg"], email: ["anna@elvebakk.example"],
    tel: ["912 34 567", "91234567", "+47 22 12 34 56"],
  }],
} });
"""
CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Dr. Anna Berg\nTEL;TYPE=CELL:912 34 567\nEND:VCARD\n"
BUTTON = "Choose from your phone's contacts"


@pytest.fixture
def manager(live) -> User:
    with live.data():
        user = factories.user()
        factories.contact(factories.client(user))
    return user


def test_a_contact_of_the_phone_fills_the_form(live, manager, enter, context: BrowserContext):
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/clients/1/contacts/new")
    page.locator("[data-behaviour=pick-contact][data-bound]").wait_for(state="attached")
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()

    context.add_init_script(PICKER)
    page.reload()
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Dr. Anna Berg")
    expect(page.get_by_label("Phone 2", exact=True).last).to_have_value("+47 22 12 34 56")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/clients/1#people")
    with live.data() as session:
        anna = session.query(Contact).filter_by(name="Anna Berg").one()
        assert [phone.number for phone in anna.phones] == ["+4791234567", "+4722123456"]
        assert (anna.title, anna.email) == ("Dr.", "anna@elvebakk.example")

    page.goto(f"{live.url}/clients/new")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_label("Phone", exact=True)).to_have_value("912 34 567")


def share(context: BrowserContext, address: str):
    """As the share sheet does it: a navigation that no page of ours began."""
    page = context.new_page()
    page.set_content(
        f'<form method="post" enctype="multipart/form-data" action="{address}/contacts/shared">'
        '<input type="file" name="card"><button>Share</button></form>'
    )
    card: FilePayload = {"name": "Anna.vcf", "mimeType": "text/vcard", "buffer": CARD}
    page.locator("input").set_input_files(card)
    page.get_by_role("button", name="Share").click()
    return page


def test_a_shared_contact_goes_by_way_of_the_worker(live, manager, enter, context: BrowserContext):
    enter(context, manager)
    first = context.new_page()
    first.goto(f"{live.url}/clients")
    with_worker(first)
    page = share(context, live.url)
    expect(page.get_by_role("heading", name="New contact")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Anna Berg")
    page.get_by_label("Client").select_option("1")
    page.get_by_role("button", name="Add contact").click()
    page.wait_for_url("**/clients/1#people")
    with live.data() as session:
        anna = session.query(Contact).filter_by(name="Anna Berg").one()
        assert (anna.title, anna.phone) == ("Dr.", "+4791234567")

    context.set_offline(True)
    page = share(context, live.url)
    expect(page.get_by_role("heading", name="No network just now")).to_be_visible()
