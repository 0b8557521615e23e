"""The settings of notifications on Me, as they are saved there."""

import pytest
from playwright.sync_api import Browser, Page, expect

from pwa.push import configured
from tests.browser.phone import PHONE, ready

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


def test_without_scripts_it_says_what_is_missing(live, manager, enter, browser: Browser):
    configured.make_key(live.app.config["ROUNDS"])
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    enter(context, manager)
    page = context.new_page()
    page.goto(f"{live.url}/me")
    # The driver's own ways to find words leave <noscript> out.
    expect(page.locator("noscript .notice")).to_be_in_viewport()
    expect(page.locator("noscript .notice")).to_contain_text("Notifications need JavaScript")
    expect(page.locator("[data-state=unknown]")).to_be_hidden()
    page.get_by_label("Your time zone").fill("Europe/Nowhere")
    page.locator("#save-hours").click()
    problem = page.locator("noscript .problems a")
    expect(problem).to_be_in_viewport()
    expect(problem).to_contain_text("such as Europe/Oslo")
    problem.click()
    expect(page.get_by_label("Your time zone")).to_be_in_viewport()
    context.close()


def test_with_scripts_the_field_says_it(me):
    me.get_by_label("Your time zone").fill("Europe/Nowhere")
    me.locator("#save-hours").click()
    expect(me.get_by_label("Your time zone")).to_be_focused()
    expect(me.get_by_role("alert")).to_be_hidden()


# Whether each select is as wide as its longest choice, with the arrow.
WIDE_ENOUGH = """() => [...document.querySelectorAll("#hours select")].every((select) => {
  const style = getComputedStyle(select);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const longest = Math.max(...[...select.options].map(({ text }) => pen.measureText(text).width));
  const edges = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight) + 20;
  return longest + edges <= select.clientWidth;
})"""


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("width", [390, 780])
def test_fields_of_a_pair_stand_on_one_line(me, width, size):
    me.set_viewport_size({"width": width, "height": 844})
    me.evaluate("(size) => { document.documentElement.style.fontSize = `${size}%` }", size)
    assert me.evaluate(WIDE_ENOUGH)
    for pair in (("digest_at", "evening_at"), ("call_lead", "visit_lead")):
        left, right = (me.locator(f"#{name}").bounding_box() for name in pair)
        assert left
        assert right
        is_beside = right["x"] > left["x"]
        assert is_beside == (width * 100 / size >= 390)
        assert not is_beside or left["y"] == right["y"]
