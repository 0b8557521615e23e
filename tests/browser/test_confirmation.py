"""What a note seems to say, answered on a phone: nothing typed is lost, nothing goes unsaid."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy.exc import OperationalError

from pwa import clock
from pwa.models import Booking, Client, Need, Promise, Suggestion
from tests import factories
from tests.browser.conftest import Live
from tests.browser.phone import arrived, flush, open_sheet, question, ready, save

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


def test_it_is_put_right_in_its_place_and_what_is_missing_is_added(live, cards):
    cards.evaluate("window.untouched = true")
    cable = group(cards, "order the cable")
    expect(cable.get_by_label("Wording")).to_be_hidden()
    cable.get_by_role("button", name="Edit").click()
    cable.get_by_label("Wording").fill("")
    cable.get_by_role("button", name="Yes").click()
    expect(cable.get_by_text("Write what it is about.")).to_be_visible()
    expect(cable.get_by_label("Wording")).to_be_focused()
    cable.get_by_role("radio", name="Worth keeping").check()
    expect(cable.get_by_label("By")).to_be_hidden()
    cable.get_by_label("Wording").fill("She orders the cables herself")
    cable.get_by_role("button", name="Yes").click()
    expect(cards.get_by_text("Noted")).to_be_visible()
    cards.get_by_role("button", name="Something missing?").click()
    cards.get_by_role("radio", name="I'll send the drawings on Tuesday.").check()
    cards.get_by_role("button", name="Next time").click()
    added = cards.get_by_role("group", name="Next: Call")
    added.get_by_label("How will you talk?").select_option("visit")
    assert Axe().run(cards, context=".confirm").response["violations"] == []
    added.get_by_role("button", name="Yes").click()
    expect(cards.get_by_text("Booked")).to_be_visible()
    assert cards.evaluate("window.untouched")  # no other page came in its place
    with live.data() as db:
        assert [need.words for need in db.query(Need)] == ["She orders the cables herself"]
        assert [booking.kind for booking in db.query(Booking)] == ["visit"]


def test_five_are_confirmed_with_six_taps_and_the_count_follows(live, phone):
    needs = ("the drawings", "the cable list", "the invoice", "a router", "the contract")
    with live.data() as db:
        talk = factories.interaction(db.get(Client, 1), contact_id=1, at=clock.now(), reached=True)
        for text in needs:
            values = {"user_id": talk.user_id, "words": text, "interaction_id": talk.id}
            db.add(Suggestion(kind="promise", text=f"send {text}", **values))
    phone.goto(f"{live.url}/today")
    ready(phone)
    open_sheet(phone, 5)  # a tap
    for text in needs:
        group(phone, f"send {text}").get_by_role("button", name="Yes").click()
        expect(group(phone, f"send {text}").get_by_text("Added to your promises")).to_be_visible()
    expect(phone.get_by_role("link", name="Write the recap")).to_be_focused()
    phone.go_back()
    expect(phone.get_by_text("to confirm")).to_be_hidden()


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
    cable = group(cards, "order the cable")
    cable.get_by_role("button", name="Edit").click()
    cable.get_by_label("Wording").fill("order the red cable")
    cable.get_by_role("button", name="Yes").click()
    expect(cable.get_by_text("Waiting to be sent")).to_be_visible()
    context.set_offline(False)
    flush(cards)
    expect(cards.get_by_text("waiting to be sent").last).to_be_hidden()
    kept = {promise.words for promise in arrived(live, cards, Promise, 2)}
    assert kept == {"send the drawings", "order the red cable"}
