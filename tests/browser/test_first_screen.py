"""The conversation to have now lies within the first screen, whatever waits above and below it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from pwa import clock
from pwa.models import Suggestion, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import SuggestionKind
from tests import factories
from tests.browser.phone import NO_TELEPHONE, ready

LONG = "move the whole of the third floor to the new exchange before the auditors come, with Ben"
SIZES = [(390, 844), (320, 640)]

# Whether the middle of it can be tapped where the page stands now.
ON_THE_SCREEN = """(element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const inside = top >= 0 && bottom <= innerHeight;
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return scrollY === 0 && inside && element.contains(hit);
}"""


@pytest.fixture
def full_day(live) -> User:
    """A day on which everything that can stand on top of the list stands there."""
    with live.data() as db:
        user = factories.user(name="Charlie Boone", capacity_minutes=5)
        names = (("Halden Freight and Cold Storage", "Dana Whitfield"), ("Vik Kommune", "Ole Vik"))
        for name, who in names:
            client = factories.client(user, name)
            factories.preference(factories.contact(client, who, role="head of logistics"))
            talk = factories.interaction(
                client, contact_id=client.contacts[0].id, note=f"They {LONG}. {LONG}.", reached=True
            )
            for number in range(3):
                factories.promise(client, f"{number} {LONG}", due=date(2026, 11, 2))
                factories.request(client, title=f"{number} {LONG}")
            values = {"interaction_id": talk.id, "user_id": user.id, "words": LONG}
            for number in range(5):
                db.add(Suggestion(kind=SuggestionKind.NEED, text=f"{number} {LONG}", **values))
            refresh_due_dates([client.id], clock.now())
        db.commit()
    return user


def everything(page: Page) -> None:
    """What a phone would say for itself, all at once, beside what the server says."""
    for line in ("push-lost", "to-log", "unsaved"):
        page.locator(f"#{line}").evaluate("(line) => { line.hidden = false }")
    page.locator("[data-when-idle=list-refresh]").evaluate("(line) => { line.hidden = false }")
    page.locator(".waits").evaluate("(line) => { line.hidden = false }")


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("day_off", [False, True])
def test_the_call_is_there_with_everything_on_top(
    live, full_day, enter, context, monkeypatch, width, height, day_off
):
    if day_off:

        def next_day(user, now):
            return now + timedelta(days=1)

        monkeypatch.setattr("pwa.operations.day_list.day_list.displayed_time", next_day)
    enter(context, full_day)
    context.add_init_script(NO_TELEPHONE)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live.url}/today")
    ready(page)
    everything(page)
    expect(page.get_by_role("link", name="10 to confirm", exact=True)).to_be_visible()
    expect(page.get_by_text("would slip")).to_be_attached()
    if day_off:
        expect(page.get_by_text("A day off.")).to_be_attached()
    main_button = page.locator(".first > .big")
    assert main_button.evaluate(ON_THE_SCREEN)
    name = page.locator(".first-name")
    assert name.bounding_box()["y"] < main_button.bounding_box()["y"] - 20
    page.goto(f"{live.url}/clients/1")
    expect(page.get_by_role("link", name="5 to confirm", exact=True)).to_be_visible()
    assert page.locator(".reach > .big").evaluate(ON_THE_SCREEN)
