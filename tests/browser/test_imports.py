"""An administrator imports a list at the desk: choose, look, try out, import, without reloading."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select

from pwa import clock
from pwa.models import Client, Role
from pwa.operations.imports import runs
from tests import factories

LIST = (
    "Company,Contact,Phone,Mail\n"
    "Halden Freight,Dana Whitfield,22 12 34 56,dana@halden.example\n"
    "Brightline Dental,Omar Haddad,22 12 34 57,omar@brightline.example\n"
)


@pytest.fixture
def desk(live, page: Page, enter) -> Page:
    with live.data():
        north = factories.team()
        factories.user(team_=north, name="Charlie Boone")
        ada = factories.user(Role.ADMINISTRATOR, north, name="Ada Lind")
    page.set_viewport_size({"width": 1300, "height": 924})
    enter(page.context, ada)
    page.goto(f"{live.url}/admin/imports")
    return page


def work(live, desk: Page, meanwhile: str) -> None:
    """What the worker does each minute, once the page is seen waiting for it."""
    expect(desk.get_by_role("heading", name=meanwhile)).to_be_visible()
    with live.app.app_context():
        runs.run_waiting(clock.now)


def test_the_page_follows_the_work_by_itself(live, desk: Page):
    chosen = FilePayload(name="list.csv", mimeType="text/csv", buffer=LIST.encode())
    desk.get_by_label("Your list").set_input_files(chosen)
    desk.get_by_role("button", name="Look at the list").click()
    expect(desk.get_by_role("heading", name="What is in this list")).to_be_visible()
    desk.evaluate("window.stays = true")
    columns = [desk.get_by_label(f"We read “{name}” as") for name in ("Company", "Contact")]
    fields = [column.input_value() for column in columns]
    for column in columns:
        column.select_option("")
    desk.get_by_role("button", name="Try it out").click()
    expect(desk.locator(".problems")).to_be_focused()
    for column, field in zip(columns, fields, strict=True):
        column.select_option(field)
    desk.get_by_role("button", name="Try it out").click()
    work(live, desk, "Trying it out")
    expect(desk.get_by_role("heading", name="2 new clients in this list")).to_be_visible()
    expect(desk.locator("[role=status]:has-text('2 new clients in this list')")).to_have_count(1)
    desk.get_by_role("button", name="Import this list").dblclick()
    work(live, desk, "Importing")
    expect(desk.get_by_role("heading", name="2 clients are in")).to_be_visible()
    assert desk.evaluate("window.stays")  # from the decision on no page was loaded
    assert Axe().run(desk).response["violations"] == []
    with live.data() as db:
        assert set(db.scalars(select(Client.name))) == {"Halden Freight", "Brightline Dental"}
