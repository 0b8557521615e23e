"""What a person does on the phone, for every test of it."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, Page, ViewportSize, expect
from sqlalchemy import select

from tests.patience import until

if TYPE_CHECKING:
    from tests.browser.conftest import Live

PHONE: ViewportSize = {"width": 390, "height": 844}

# The browser would ask which program should dial, in a window that nobody can answer here. By
# then the page has done everything that it does on a telephone.
NO_TELEPHONE = """addEventListener("click", (event) => {
  window.heldUp = event.defaultPrevented;
  if (event.target.closest("a[href^='tel:']")) event.preventDefault();
})"""

# For the worker: that there is a network. Chromium's own sync waits for its own idea of one.
SYNC = "self.dispatchEvent(new SyncEvent('sync', { tag: 'outbox' }))"

# Copies of pages, by whose they are.
ALL_KEPT = """async () => {
  const found = [];
  for (const name of (await caches.keys()).filter((one) => one.startsWith("rounds-day-")))
    for (const request of await (await caches.open(name)).keys())
      found.push(name + " " + new URL(request.url).pathname);
  return found;
}"""

# The keys of one store of the phone's database: what has been written through to the disk.
KEYS = """(store) => new Promise((resolve) => {
  indexedDB.open("rounds").onsuccess = ({ target }) =>
    (target.result.transaction(store).objectStore(store).getAllKeys().onsuccess = (event) => {
      target.result.close();
      resolve(event.target.result);
    });
})"""


def ready(page: Page) -> None:
    """Every behaviour of the page is bound."""
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("[data-behaviour]:not([data-bound])")).to_have_count(0)


def with_worker(page: Page) -> None:
    """The service worker is installed: without a network it answers."""
    assert page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def flush(page: Page) -> None:
    """Sends what waits, unless the page did so by itself and is being replaced already."""
    try:
        page.evaluate("document.dispatchEvent(new Event('outbox:flush'))")
    except Error as error:
        if "context was destroyed" not in error.message:
            raise


def question(page: Page, name: str = "Dana") -> None:
    expect(page.get_by_role("heading", name=f"How did it go with {name}?")).to_be_visible()
    ready(page)


def record(page: Page, seconds: int = 1) -> None:
    """Record for at least so many seconds, nine at most."""
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    expect(page.locator(".timer")).to_have_text(re.compile(rf"0:(0[{seconds}-9]|[1-5]\d)"))


def save(page: Page, leads_to: str = "**/today") -> None:
    """With or without a network: the page that follows is there."""
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(leads_to)


def open_sheet(page: Page, count: int) -> None:
    """From the line on top to the sheet behind it, with every behaviour bound."""
    page.get_by_role("link", name=f"{count} to confirm", exact=True).click()
    expect(page.get_by_role("heading", name="Confirm what you said")).to_be_visible()
    ready(page)


def pause(page: Page) -> Callable[[float], None]:
    """Waits so that the browser goes on meanwhile, for `until`."""
    return lambda seconds: page.wait_for_timeout(seconds * 1000)


def until_kept(page: Page, path: str, *, times: int = 1) -> None:
    """Wait until a copy of that page lies on the phone; what comes before it is there by then.

    Pages that differ in what follows the path are counted: `times` of them.
    """
    until(
        lambda: sum(copy.endswith(f" {path}") for copy in page.evaluate(ALL_KEPT)) >= times,
        pause(page),
    )


def arrived(live: "Live", page: Page, model: Any, count: int = 1) -> list[Any]:
    """The rows of `model`, oldest first, once there are so many: what is hidden says little."""

    def rows() -> list[Any]:
        with live.data() as db:
            return list(db.scalars(select(model).order_by(model.id)))

    until(lambda: len(rows()) >= count, pause(page))
    return rows()
