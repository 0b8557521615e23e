"""Said on the phone before it is sent: what is missing, what waits, why something was not taken."""

from playwright.sync_api import Page, expect

from pwa.models import Client
from tests import factories
from tests.browser.phone import flush, question, ready, save

ASKED = "interactions/new?client=1&contact=1&kind=call&key=a-call-in-a-lift"


def trouble(live) -> None:
    with live.data() as db:
        client = db.get(Client, 1)
        factories.recovery(client, "Crates broken", contact_id=client.contacts[0].id)


def test_a_question_left_open_is_asked_without_a_network_too(live, phone: Page, context):
    trouble(live)
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    context.set_offline(True)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Choose how it went.")).to_be_visible()
    expect(phone.get_by_role("button", name="We spoke")).to_be_focused()
    phone.get_by_role("button", name="We spoke").click()
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Choose Yes or No.")).to_be_visible()
    phone.get_by_role("radio", name="Yes").check()
    save(phone)
    expect(phone.get_by_text("1 waiting to be sent")).to_be_visible()


def test_what_was_not_taken_says_why_and_its_client_is_on_the_list_again(live, phone, context):
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    context.set_offline(True)
    phone.get_by_role("button", name="We spoke").click()
    save(phone)
    row = phone.locator("[data-row='1']").first
    expect(row).to_be_hidden()
    trouble(live)  # the server asks for more than the phone knew of
    context.set_offline(False)
    flush(phone)
    expect(phone.get_by_text("Something was not taken. Look at it")).to_be_visible()
    expect(row).to_be_visible()
    phone.get_by_role("link", name="Something was not taken").click()
    expect(phone.get_by_text("Did you talk about it? Choose Yes or No.")).to_be_visible()
    phone.get_by_role("button", name="Put it right").click()
    question(phone)
    expect(phone.locator("#after").get_by_text("Choose Yes or No.").first).to_be_visible()


def test_a_part_of_the_page_that_did_not_arrive_is_said(live, manager, enter, page, context):
    """On the first visit: once the worker is there, it has all of them."""
    page.route("**/js/behaviours/save.js", lambda route: route.abort())
    enter(context, manager)
    page.goto(f"{live.url}/{ASKED}")
    expect(page.get_by_text("A part of this page has not arrived.")).to_be_visible()
    page.unroute("**/js/behaviours/save.js")
    page.get_by_role("link", name="Load it again").click()
    question(page)
    expect(page.get_by_text("A part of this page has not arrived.")).to_be_hidden()


def test_a_promise_kept_without_a_network_says_that_it_waits(live, phone, context):
    with live.data() as db:
        factories.promise(db.get(Client, 1), "send the switch quote")
    phone.goto(f"{live.url}/promises")
    ready(phone)
    kept = phone.get_by_role("button", name="“send the switch quote” is kept")
    context.set_offline(True)
    kept.click()
    expect(phone.get_by_text("Waiting to be sent", exact=True)).to_be_visible()
    expect(kept).to_be_hidden()
    context.set_offline(False)
    flush(phone)
    # Beside the page a notice may say what was kept, with its undo.
    expect(phone.get_by_role("main").get_by_text("send the switch quote")).to_have_count(0)


def test_the_page_of_a_client_says_what_waits_for_it(live, phone, context):
    ready(phone)
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    context.set_offline(True)
    phone.get_by_role("button", name="We spoke").click()
    save(phone)
    waits = phone.get_by_text("What you saved last waits to be sent")
    phone.goto(f"{live.url}/clients/2")
    expect(phone.get_by_text("1 waiting to be sent")).to_be_visible()
    expect(waits).to_be_hidden()
    phone.goto(f"{live.url}/clients/1")
    expect(waits).to_be_visible()
    context.set_offline(False)
    flush(phone)
    expect(waits).to_be_hidden()
    expect(phone.locator("#history").get_by_text("Call", exact=True)).to_be_visible()


def test_the_page_without_a_network_leads_on(live, phone, context):
    ready(phone)
    phone.goto(f"{live.url}/clients")
    context.set_offline(True)
    phone.goto(f"{live.url}/library")
    expect(phone.get_by_role("heading", name="No network just now")).to_be_visible()
    phone.get_by_role("link", name="To your list").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.wait_for_url(f"{live.url}/today")
