"""Not now in two taps, and its notice: out of the way, for a while, with a way back."""

import re

from playwright.sync_api import Locator, Page, expect

from pwa.models import Postponement
from tests.browser.conftest import Live
from tests.browser.phone import arrived, ready

COVERED = """() => {
  const box = (element) => element.getBoundingClientRect();
  const bar = box(document.querySelector(".above-bar"));
  const overlaps = ({ top, bottom }) => top < bar.bottom && bottom > bar.top;
  return [...document.querySelectorAll("main .button.big")].some((each) => overlaps(box(each)));
}"""


SCROLLED = """(top) => new Promise((done) => {
  scrollTo(0, top);
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""


def height(notice: Locator) -> float:
    box = notice.bounding_box()
    assert box
    return box["height"]


def scroll_all_the_way(page: Page) -> list[bool]:
    """Whether the notice covers the main button, at each step of the page."""
    covered = []
    for top in range(0, 700, 60):
        page.evaluate(SCROLLED, top)
        covered.append(page.evaluate(COVERED))
    page.evaluate("scrollTo(0, 0)")
    return covered


def test_a_row_is_put_off_in_two_taps_and_brought_back(live: Live, phone: Page):
    phone.clock.install()
    phone.goto(f"{live.url}/today")
    ready(phone)
    row = phone.locator(".list li").first
    name = row.get_by_role("heading").get_by_role("link").inner_text().split()[0]
    row.get_by_role("link", name=f"Not now: {name}").click()
    ready(phone)
    phone.get_by_role("button", name="Tomorrow").click()
    notice = phone.locator("#flash .notice")
    expect(notice).to_contain_text(f"{name} is back on your list tomorrow.")
    ready(phone)
    assert len(arrived(live, phone, Postponement)) == 1
    expect(phone.locator(".list li", has_text=name)).to_have_count(0)
    assert not any(scroll_all_the_way(phone))
    phone.clock.run_for(30_000)
    expect(notice).to_have_class(re.compile(r"\bread\b"))
    assert height(notice) <= 1  # for screen readers only
    undo = notice.get_by_role("button", name="Undo")
    undo.focus()  # whoever gets there by the keyboard sees it again
    assert height(notice) > 40
    undo.press("Enter")
    back = phone.locator("#flash .notice", has_text=f"{name} is back on your list.")
    expect(back).to_be_visible()
    expect(phone.locator(".list li", has_text=name)).to_have_count(1)
    ready(phone)
    back.get_by_role("button", name="Close this message").click()
    expect(back).to_have_count(0)
