"""The settings of notifications on Me, as they are saved there."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import ready

Y = "window.scrollY"


@pytest.fixture
def me(live, manager, enter, page: Page) -> Page:
    """Me of a manager on a phone."""
    enter(page.context, manager)
    page.goto(f"{live.url}/me")
    ready(page)
    return page


@pytest.mark.parametrize("way", ["click", "press"])
def test_a_good_save_keeps_the_place(me, way):
    save = me.locator("#save-hours")
    save.scroll_into_view_if_needed()
    save.evaluate("(button) => button.scrollIntoView({ block: 'center' })")
    before = me.evaluate(Y)
    for _ in range(2):
        if way == "press":
            save.focus()
            save.press("Enter")
        else:
            save.tap()
        expect(me.locator("#flash")).to_contain_text("Saved.")
        assert abs(me.evaluate(Y) - before) < 2
        expect(save).to_be_focused()
        me.evaluate("document.getElementById('flash').replaceChildren()")
