"""From the question after a call to how they like to hear from us, and back with nothing lost."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from pwa import clock
from pwa.models import User
from pwa.rules.vocabulary.enums import Channel, Compliance
from tests import factories


@pytest.fixture
def manager(live) -> User:
    with live.data():
        user = factories.user()
        client = factories.client(user)
        lena = factories.contact(client, "Lena Fischer")
        factories.preference(lena, Channel.EMAIL)
        for _ in range(4):
            factories.interaction(client, contact_id=lena.id, stamp=Compliance.NOT_HONOURED)
    return user


def test_the_way_to_what_they_wish_and_back_loses_nothing(
    live, manager, enter, context: BrowserContext
):
    enter(context, manager)
    page = context.new_page()
    begun = (clock.now() - timedelta(minutes=9)).isoformat()
    attempt = {"client": 1, "contact": 1, "key": "key-of-the-call", "at": begun}
    page.goto(f"{live.url}/interactions/new?{urlencode(attempt)}")
    page.get_by_role("button", name="We spoke").click()
    page.get_by_role("button", name="Type it instead").click()
    page.get_by_label("What was said").fill("Mail would do.")
    page.get_by_role("link", name="Lena told me").click()

    page.get_by_label("What about").fill("the migration")
    page.get_by_label("When they told you").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("When did they tell you?")
    page.reload()
    expect(page.get_by_label("What about")).to_have_value("the migration")
    page.get_by_label("When they told you").fill(begun[:10])
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("How did it go with Lena?")
    expect(page.get_by_label("What was said")).to_have_value("Mail would do.")
    expect(page.get_by_text("Did you ask how they like")).to_have_count(0)


def test_the_strip_can_be_read_by_everyone(live, manager, enter, context: BrowserContext):
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/clients/1")
    expect(page.get_by_role("heading", name="As Lena sees it")).to_be_visible()
    found = Axe().run(page, context="#seen-1").response["violations"]
    assert [one["id"] for one in found] == []
