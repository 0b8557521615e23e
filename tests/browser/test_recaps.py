"""A promise told after a call, kept over a reload, and the recap that follows from it."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, expect

from pwa.models import Contact, Interaction, Promise
from pwa.rules.vocabulary.enums import Channel
from tests import factories
from tests.browser.phone import arrived, flush, ready, until_kept, with_worker

FORM = "form[data-behaviour~=compose-message]"


@pytest.fixture
def dana(live) -> Contact:
    with live.data():
        client = factories.client(factories.user())
        return factories.contact(client, email="dana@halden.example")


def test_from_the_promise_to_the_recap_that_went_out(live, dana, enter, context: BrowserContext):
    enter(context, dana.client.owner)
    page = context.new_page()
    page.goto(f"{live.url}/interactions/new?client={dana.client_id}&direction=in&next=/promises")
    ready(page)  # what is typed before is kept by nothing yet
    page.get_by_role("button", name="We spoke").click()
    page.get_by_text("Add a promise").click()
    page.get_by_label("What did you promise?").first.fill("send the quote")
    page.get_by_label("Tomorrow").first.check()
    page.reload()
    expect(page.get_by_label("What did you promise?").first).to_be_visible()
    expect(page.get_by_label("What did you promise?").first).to_have_value("send the quote")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write the recap").click()
    page.get_by_label("To Dana").fill("Hello,\nwe said & agreed.")
    mail = page.get_by_role("link", name="E-mail Dana")
    body = "body=Hello%2C%0D%0Awe%20said%20%26%20agreed."
    assert (mail.get_attribute("href") or "").endswith(body)
    text = page.get_by_role("link", name="Text Dana")
    text.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
    text.click()
    expect(page.locator(f"{FORM} input[value=text]")).to_be_checked()
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    expect(page.get_by_role("button", name="Share")).to_be_hidden()
    page.get_by_role("button", name="Sent").click()
    expect(page).to_have_url(f"{live.url}/promises")
    with live.data() as db:
        assert db.scalars(sa.select(Promise.words)).all() == ["send the quote"]
        recap = db.scalars(sa.select(Interaction).order_by(Interaction.id.desc())).first()
        assert recap is not None
        assert (recap.note, recap.kind) == ("Hello,\nwe said & agreed.", "text")


def test_an_update_survives_leaving_and_goes_out_without_a_network(
    live, dana, enter, context: BrowserContext
):
    with live.data():
        factories.preference(dana, Channel.EMAIL)
    enter(context, dana.client.owner)
    page = context.new_page()
    page.goto(f"{live.url}/clients/{dana.client_id}")
    with_worker(page)
    for address in (f"/clients/{dana.client_id}", f"/contacts/{dana.id}/update"):
        until_kept(page, address)
    page.get_by_role("link", name="Write to Dana").click()
    ready(page)
    text = page.get_by_label("To Dana")
    drafted = text.input_value()
    assert drafted.startswith("Hello Dana,\n")
    text.fill("Hello Dana,\nthe alarm is in.")
    page.get_by_role("link", name="Later").click()
    page.get_by_role("link", name="Write to Dana").click()
    expect(text).to_have_value("Hello Dana,\nthe alarm is in.")
    page.get_by_role("button", name="Start over").click()
    expect(text).to_have_value(drafted)
    text.fill("Hello Dana,\nthe alarm works.")

    ready(page)
    mail = page.get_by_role("link", name="E-mail Dana")
    assert (mail.get_attribute("href") or "").endswith("the%20alarm%20works.")
    mail.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
    expect(page.get_by_role("button", name="I didn't send it")).to_be_hidden()
    mail.click()
    page.goto(f"{live.url}/promises")  # as after the browser was killed meanwhile
    expect(page.get_by_role("heading", name="What did you send Dana?")).to_be_visible()
    ready(page)
    expect(text).to_have_value("Hello Dana,\nthe alarm works.")
    expect(page.get_by_role("button", name="I didn't send it")).to_be_visible()

    context.set_offline(True)
    page.get_by_role("button", name="Sent").click()
    page.wait_for_url(f"**/clients/{dana.client_id}")
    context.set_offline(False)
    flush(page)
    (update,) = arrived(live, page, Interaction)
    assert (update.note, update.kind, update.reached) == (
        "Hello Dana,\nthe alarm works.",
        "email",
        True,
    )
    page.goto(f"{live.url}/contacts/{dana.id}/update")
    ready(page)
    expect(page.get_by_role("heading", name="Write to Dana")).to_be_visible()
    assert "the alarm works" not in text.input_value()
