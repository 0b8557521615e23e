"""What a person does on the phone, for every test of it."""

from playwright.sync_api import Page, expect

# The browser would ask which program should dial, in a window that nobody can answer here. By
# then the page has done everything that it does on a telephone.
NO_TELEPHONE = """addEventListener("click", (event) => {
  window.heldUp = event.defaultPrevented;
  if (event.target.closest("a[href^='tel:']")) event.preventDefault();
})"""


def ready(page: Page) -> None:
    """Every behaviour of the page is bound."""
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("[data-behaviour]:not([data-bound])")).to_have_count(0)


def question(page: Page, name: str = "Dana") -> None:
    expect(page.get_by_role("heading", name=f"How did it go with {name}?")).to_be_visible()
    ready(page)


def record(page: Page, until: str = "0:01") -> None:
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    expect(page.locator(".timer")).to_have_text(until)
