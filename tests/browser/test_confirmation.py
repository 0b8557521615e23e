"""What a note seems to say, answered on a phone: nothing typed is lost, nothing goes unsaid."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.exc import OperationalError

from pwa.models import Client, Promise
from tests import factories
from tests.browser.conftest import Live
from tests.browser.phone import flush, open_sheet, question, save

ASKED = "interactions/new?client=1&contact=1&kind=call&key=a-call-that-says-two"
NOTE = "I'll send the drawings on Tuesday. I'll order the cable by Friday."


@pytest.fixture
def cards(live: Live, phone: Page) -> Page:
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    phone.get_by_role("button", name="We spoke").click()
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_label("What was said").fill(NOTE)
    save(phone)
    open_sheet(phone, 2)
    return phone


def group(page: Page, what: str):
    return page.get_by_role("group", name=f"You promised: {what}")


def test_a_day_changed_at_one_outlives_the_answer_to_another(live, cards):
    group(cards, "order the cable").get_by_label("By").fill("2027-03-01")
    group(cards, "send the drawings").get_by_role("button", name="Yes").click()
    expect(group(cards, "send the drawings").get_by_text("Added to your")).to_be_visible()
    expect(group(cards, "order the cable").get_by_label("By")).to_have_value("2027-03-01")
    group(cards, "order the cable").get_by_role("button", name="Yes").click()
    expect(cards.get_by_text("All answered.")).to_be_visible()
    with live.data() as db:
        days = {one.words: one.due.isoformat() for one in db.query(Promise)}
    assert days["order the cable"] == "2027-03-01"


def test_a_day_that_is_gone_takes_the_focus_to_its_field(cards):
    one = group(cards, "send the drawings")
    one.get_by_label("By").fill("2020-01-01")
    one.get_by_role("button", name="Yes").click()
    expect(one.get_by_text("That day is gone.")).to_be_visible()
    expect(one.get_by_label("By")).to_be_focused()


def test_a_client_that_went_to_somebody_else_takes_the_card_along(live, cards):
    with live.data() as db:
        south = factories.team("South")
        other = factories.user(team_=south, name="Ingrid Moe", email="ingrid@example.com")
        db.get(Client, 1).owner_id = other.id
        db.commit()
    group(cards, "send the drawings").get_by_role("button", name="Yes").click()
    expect(cards.get_by_text("send the drawings")).to_have_count(0)
    expect(cards.get_by_text("Nothing waiting")).to_be_visible()
    expect(cards.get_by_role("main")).to_have_count(1)


def test_a_server_in_trouble_is_said_beside_the_buttons(cards, monkeypatch):
    def locked(_: int) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr("pwa.web.calls.suggestions.load_own", locked)
    one = group(cards, "send the drawings")
    one.get_by_role("button", name="Yes").click()
    expect(one.get_by_text("That could not be kept.")).to_be_visible()
    expect(cards.get_by_role("main")).to_have_count(1)


def test_an_answer_without_a_network_is_kept_and_sent_once(live, cards, context):
    context.set_offline(True)
    one = group(cards, "send the drawings")
    one.get_by_role("button", name="Yes").click()
    expect(one.get_by_text("Waiting to be sent")).to_be_visible()
    expect(one.get_by_role("button", name="Yes")).to_be_hidden()
    expect(cards.get_by_text("1 waiting to be sent")).to_be_visible()
    cards.goto(f"{live.url}/today")
    open_sheet(cards, 1)
    expect(one.get_by_text("Waiting to be sent")).to_be_visible()
    context.set_offline(False)
    flush(cards)
    expect(cards.get_by_text("1 waiting to be sent")).to_be_hidden()
    with live.data() as db:
        assert [one.words for one in db.query(Promise)] == ["send the drawings"]
