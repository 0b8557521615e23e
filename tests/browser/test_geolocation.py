"""Where a visit was: asked on a tap, and said when the phone will not tell."""

import pytest
from playwright.sync_api import BrowserContext, expect

from pwa.models import Client, Interaction, User
from tests import factories
from tests.browser.phone import save


@pytest.fixture
def manager(live) -> User:
    with live.data():
        user = factories.user()
        factories.contact(factories.client(user))
    return user


def visit(live, context: BrowserContext):
    page = context.new_page()
    page.goto(f"{live.url}/interactions/new?client=1&kind=visit")
    page.locator("[data-behaviour=geolocate][data-bound]").wait_for(state="attached")
    return page


def test_a_tap_tells_where_the_client_is(live, manager, enter, context: BrowserContext):
    enter(context, manager)
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 59.91, "longitude": 10.75})
    page = visit(live, context)
    expect(page.locator("[name=latitude]")).to_have_value("")
    page.get_by_role("button", name="I am here now").click()
    expect(page.get_by_text("Noted. It is kept when you save.")).to_be_visible()
    save(page)
    with live.data() as session:
        assert session.get_one(Client, 1).latitude == 59.91
        assert session.query(Interaction).one().longitude == 10.75


def test_a_refusal_is_said_and_nothing_is_kept(live, manager, enter, context: BrowserContext):
    enter(context, manager)
    context.clear_permissions()
    page = visit(live, context)
    page.get_by_role("button", name="I am here now").click()
    expect(page.get_by_text("Your phone keeps that to itself.")).to_be_visible()
    expect(page.locator("[name=latitude]")).to_have_value("")
