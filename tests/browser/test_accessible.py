"""Every page that a link of the demo book leads to: as a phone and as a desk show it, in light and
in dark, and in letters of twice the size.

No dead link, no violation that axe can see, nothing on the browser's console, nothing that has to
be scrolled sideways.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from pwa import clock
from pwa.models import Client, Contact, User
from pwa.operations.accounts import passwords
from pwa.operations.maintenance import demo_data
from tests import factories

DESK = {"viewport": {"width": 1300, "height": 924}, "is_mobile": False, "has_touch": False}
# What is well is not described: most of axe's time. In the dark only the colours differ.
QUICKLY = {"resultTypes": ["violations"]}
SCHEMES: dict[Literal["light", "dark"], Any] = {
    "light": QUICKLY,
    "dark": {**QUICKLY, "runOnly": ["color-contrast"]},
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SWAPS_WITHOUT_HTMX = "!!document.querySelector('[hx-get],[hx-post]') && !window.htmx"
LINKS = "[...document.querySelectorAll('a[href]')].map((link) => link.href)"
# Levels of headings: one of the first, none left out on the way down.
HEADINGS = """[...document.querySelectorAll('h1, h2, h3, h4')]
  .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"""


@pytest.fixture
def book(live) -> dict[str, User]:
    """The people of the demo book, by first name."""
    with live.data() as db:
        demo_data.load(clock.now(), "NO")
        people = {user.first_name: user for user in db.scalars(select(User))}
        for user in people.values():
            user.password_hash = passwords.hash_password(factories.PASSWORD)
    return people


def pages(live, page: Page, within: str = "") -> Iterator[str]:
    """Go to one page of each kind that links lead to, beginning at home."""
    waiting, seen = [f"{live.url}/"], set()
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        kind = re.sub(r"\d+", "N", address.removeprefix(live.url))
        kind = re.sub(r"&(next|key|at)=.*", "", kind.replace("?next=", "&next="))
        kind = re.sub(r"(sort|topic)=[^&]*", r"\1=", kind)
        if kind in seen:
            continue
        seen.add(kind)
        answer = page.goto(address)
        assert answer
        assert answer.ok, f"{address} says {answer.status}"
        yield kind
        found = page.evaluate(LINKS)
        waiting += [one for one in found if one.startswith(f"{live.url}/{within}")]
    assert len(seen) >= 5


def problems(page: Page) -> Iterator[str]:
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for found in Axe().run(page, options=options).response["violations"]:
            yield f"{scheme}: {found['id']} at {found['nodes'][0]['html'][:120]}"
    levels = page.evaluate(HEADINGS)
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"headings {levels}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings {levels}"
    if page.evaluate(SWAPS_WITHOUT_HTMX):
        yield "names a swap and does not load what does it"
    if page.evaluate(SIDEWAYS) > 0:
        yield "scrolls sideways"


def gone_wrong(live, context: BrowserContext, within: str = "") -> list[str]:
    page, found = context.new_page(), []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    for kind in pages(live, page, within):
        found += [f"{kind}: {words}" for words in problems(page)]
    return found


def test_every_page_of_a_manager_on_the_phone(live, book, enter, context):
    enter(context, book["Charlie"])
    assert gone_wrong(live, context) == []


@pytest.mark.parametrize(("who", "within"), [("Petra", ""), ("Ada", "admin")])
def test_every_page_at_the_desk(live, book, enter, browser, browser_context_args, who, within):
    context = browser.new_context(**{**browser_context_args, **DESK})
    enter(context, book[who])
    assert gone_wrong(live, context, within) == []


def test_a_long_name_without_a_space_needs_no_scrolling_sideways(live, book, enter, context):
    with live.data() as db:
        for one in [*db.scalars(select(Client)), *db.scalars(select(Contact))]:
            one.name = f"Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk{one.id}"
    enter(context, book["Charlie"])
    page = context.new_page()
    wide = {kind: page.evaluate(SIDEWAYS) for kind in pages(live, page)}
    assert {kind: by for kind, by in wide.items() if by > 0} == {}


def test_letters_of_twice_the_size_need_no_scrolling_sideways(
    live, book, enter, browser_type, browser_type_launch_args, browser_context_args
):
    twice = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    with browser_type.launch(**{**browser_type_launch_args, "args": twice}) as browser:
        context = browser.new_context(**browser_context_args)
        enter(context, book["Charlie"])
        page = context.new_page()
        wide = {kind: page.evaluate(SIDEWAYS) for kind in pages(live, page)}
    assert {kind: by for kind, by in wide.items() if by > 0} == {}
