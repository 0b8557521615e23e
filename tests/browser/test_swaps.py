"""What has no outbox is swapped by htmx: no page is loaded, focus stays, nothing is lost."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete, select

from pwa.models import Device, ImportRun, ImportState, Role, User
from tests import factories
from tests.browser.phone import pause, ready
from tests.patience import until

STAYS = "window.stays = true"


@pytest.fixture
def desk(live, page: Page, enter) -> Page:
    """The page of an administrator; Charlie and Omar are managers of the same team."""
    with live.data():
        north = factories.team()
        charlie = factories.user(team_=north, name="Charlie Boone")
        factories.client(charlie, "Halden Freight")
        factories.user(team_=north, name="Omar Haddad")
        ada = factories.user(Role.ADMINISTRATOR, north, name="Ada Lind")
        values = {"user_id": ada.id, "p256dh": "p", "auth": "a", "created_at": factories.NOW}
        for name in ("old", "new"):
            address = f"https://push.example/{name}"
            factories.save(Device(endpoint=address, name=f"My {name} phone", **values))
    page.set_viewport_size({"width": 1300, "height": 924})
    enter(page.context, ada)
    return page


def visit(live, page: Page, path: str) -> None:
    page.goto(live.url + path)
    ready(page)
    page.evaluate(STAYS)


def no_page_was_loaded(page: Page) -> None:
    assert page.evaluate("window.stays")
    assert Axe().run(page).response["violations"] == []


def press(page: Page, name: str) -> None:
    """With the keyboard, as whoever needs focus to stay does."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def test_a_device_is_removed(live, desk: Page):
    visit(live, desk, "/me")
    press(desk, "Remove My old phone")
    expect(desk.locator("#devices li")).to_have_count(1)
    expect(desk.locator("#devices")).to_contain_text("My new phone")
    expect(desk.get_by_role("heading", name="Notifications")).to_be_focused()
    no_page_was_loaded(desk)


def test_a_person_is_deactivated_and_comes_back(live, desk: Page):
    visit(live, desk, "/admin/people/1")
    press(desk, "Deactivate")
    expect(desk.get_by_role("button", name="Reactivate")).to_be_focused()
    expect(desk.locator("#flash")).to_contain_text("Charlie Boone is signed out everywhere.")
    expect(desk.locator("main")).to_contain_text("deactivated")
    expect(desk.locator("#unsaved")).to_have_count(1)
    no_page_was_loaded(desk)
    press(desk, "Reactivate")
    expect(desk.get_by_role("button", name="Deactivate")).to_be_focused()
    assert desk.url == f"{live.url}/admin/people/1"


def test_a_new_link_is_shown_once(live, desk: Page):
    visit(live, desk, "/admin/people/1")
    press(desk, "Make a new link")
    expect(desk.get_by_label("The link for Charlie")).to_have_value(re.compile("/welcome/"))
    expect(desk.get_by_role("button", name="Copy")).to_be_visible()
    expect(desk.get_by_role("button", name="Make a new link")).to_be_focused()
    no_page_was_loaded(desk)


def test_a_form_is_shown_again_with_its_problems_and_leads_on(live, desk: Page):
    visit(live, desk, "/admin/people/1")
    desk.get_by_label("Name", exact=True).fill("Charles Boone")
    desk.get_by_label("Minutes a day for conversations").fill("many")
    press(desk, "Save")
    expect(desk.locator(".problems")).to_be_focused()
    expect(desk.get_by_label("Name", exact=True)).to_have_value("Charles Boone")
    assert desk.url == f"{live.url}/admin/people/1"
    desk.get_by_label("Minutes a day for conversations").fill("200")
    press(desk, "Save")
    expect(desk.get_by_role("link", name="Charles Boone").first).to_be_visible()
    expect(desk.get_by_role("main")).to_be_focused()
    expect(desk).to_have_title("People · Rounds")
    assert desk.url == f"{live.url}/admin"
    no_page_was_loaded(desk)
    desk.go_back()
    expect(desk.get_by_label("Name", exact=True)).to_have_value("Charles Boone")


def test_a_table_is_sorted(live, desk: Page):
    visit(live, desk, "/team")
    name = desk.get_by_role("link", name="Name")
    name.focus()
    name.press("Enter")
    heading = desk.get_by_role("columnheader", name="Name")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(name).to_be_focused()
    assert desk.url == f"{live.url}/team?sort=name"
    no_page_was_loaded(desk)


def test_a_link_with_a_modifier_key_is_the_browsers(live, desk: Page):
    visit(live, desk, "/team")
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Name").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/team?sort=name")
    assert desk.url == f"{live.url}/team"


def test_a_link_without_a_network_leads_to_what_the_phone_has(live, desk: Page):
    visit(live, desk, "/team")
    asked = []

    def cut(route: Route) -> None:
        asked.append(route.request.resource_type)
        route.abort()

    desk.route("**/team?sort=name", cut)
    desk.get_by_role("link", name="Name").click()
    until(lambda: asked == ["fetch", "document"], pause(desk))


def test_an_answer_without_the_part_is_shown_as_a_page(live, desk: Page, tmp_path):
    unreadable = tmp_path / "list"
    unreadable.write_bytes(b"\x00\x01\x02PK")
    with live.data() as db:
        ada_id = db.scalars(select(User.id).where(User.role == Role.ADMINISTRATOR)).one()
    with live.data():
        run = ImportRun(
            user_id=ada_id,
            filename="a.xlsx",
            path=str(unreadable),
            created_at=factories.NOW,
            state=ImportState.FAILED,
        )
        number = factories.save(run).id
    visit(live, desk, f"/admin/imports/{number}")
    desk.get_by_role("link", name="Change what is read").click()
    expect(desk.locator("input[type=file]")).to_be_visible()


def test_nothing_for_somebody_else_is_put_into_a_page(live, desk: Page, enter):
    visit(live, desk, "/team")
    with live.data():
        eve = factories.user(Role.ADMINISTRATOR, name="Eve Strand", email="eve@example.com")
    enter(desk.context, eve)
    desk.get_by_role("link", name="Name").click()
    expect(desk.locator(f"body[data-user='{eve.id}']")).to_be_attached()


def test_a_refusal_shows_its_page(live, desk: Page):
    visit(live, desk, "/me")
    with live.data() as db:
        db.execute(delete(Device))  # nothing is read before: the page writes meanwhile
    press(desk, "Remove My old phone")
    expect(desk.get_by_role("heading", name="Nothing here for you")).to_be_visible()


def test_without_a_network_it_is_said(live, desk: Page):
    visit(live, desk, "/admin/people/1")

    def cut(route: Route) -> None:
        route.abort()

    desk.route("**/deactivation", cut)
    press(desk, "Deactivate")
    expect(desk.get_by_role("alert")).to_contain_text("No network.")
    desk.unroute("**/deactivation", cut)
    press(desk, "Deactivate")
    expect(desk.get_by_role("button", name="Reactivate")).to_be_focused()


def test_whoever_was_signed_out_signs_in(live, desk: Page):
    visit(live, desk, "/admin/people/1")
    desk.context.clear_cookies()
    press(desk, "Deactivate")
    expect(desk.get_by_role("button", name="Sign in")).to_be_visible()
    expect(desk.get_by_role("link", name="People")).to_have_count(0)


def test_without_a_script_a_device_is_removed_all_the_same(live, desk: Page, browser, enter):
    with live.data() as db:
        ada = db.scalars(select(User).where(User.role == Role.ADMINISTRATOR)).one()
    context = browser.new_context(java_script_enabled=False)
    enter(context, ada)
    page = context.new_page()
    page.goto(f"{live.url}/me")
    page.get_by_role("button", name="Remove My old phone").click()
    expect(page.locator("#devices li")).to_have_count(1)
    context.close()


def test_hours_that_cannot_be_are_shown_with_what_was_typed(live, desk: Page, enter):
    with live.data() as db:
        charlie = db.scalars(select(User).where(User.name == "Charlie Boone")).one()
    desk.context.clear_cookies()
    enter(desk.context, charlie)
    visit(live, desk, "/me")
    digest = desk.get_by_label("Morning list at")
    digest.fill("23:30")
    press(desk, "Save")
    expect(digest).to_be_focused()
    expect(digest).to_have_value("23:30")
    expect(desk.locator("#hours")).to_contain_text("Your quiet hours are 19:00 to 7:00.")
    digest.fill("07:15")
    press(desk, "Save")
    expect(desk.locator("#flash")).to_contain_text("Saved.")
    expect(desk.get_by_role("button", name="Save")).to_be_focused()
    no_page_was_loaded(desk)


def test_a_cover_is_agreed_on_and_called_off(live, desk: Page):
    visit(live, desk, "/team/covers")
    press(desk, "Agree on it")
    expect(desk.locator(".problems")).to_be_focused()
    desk.get_by_label("Who is away").select_option("Charlie Boone")
    desk.get_by_label("Who looks after the clients").select_option("Omar Haddad")
    desk.get_by_label("From").fill("2030-01-07")
    desk.get_by_label("Until, this day included").fill("2030-01-11")
    desk.get_by_label("Why").fill("Skiing")
    press(desk, "Agree on it")
    expect(desk.get_by_role("heading", name="Omar Haddad for Charlie Boone")).to_be_visible()
    expect(desk.get_by_role("button", name="Agree on it")).to_be_focused()
    press(desk, "Call off Charlie Boone")
    expect(desk.get_by_role("heading", name="Agreed")).to_be_focused()
    no_page_was_loaded(desk)
