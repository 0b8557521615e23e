"""A list that is looked at again: what changed meanwhile is said, and nothing jumps."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from pwa.models import Client, Contact, Interaction
from pwa.operations.client_state.due_dates import refresh_due_dates
from tests import factories
from tests.browser.phone import SYNC, flush, open_sheet, pause, question, save
from tests.patience import until

LATER = """(away) => {
  const now = Date.now;
  Date.now = () => now() + away;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
TWO_MINUTES = 120_000


def looked_at_again(page: Page) -> None:
    expect(page.locator("html[data-idle]")).to_be_attached()
    page.evaluate(LATER, TWO_MINUTES)


def test_a_list_that_somebody_changed_says_so_and_waits_for_a_tap(live, phone):
    with live.data() as db:
        owner = db.scalar(select(Client)).owner
        client = factories.client(owner, "Nordlicht")
        factories.preference(factories.contact(client, "Lena Fischer"))
        refresh_due_dates([client.id], factories.NOW)
    looked_at_again(phone)
    expect(phone.get_by_text("Your list has changed.")).to_be_visible()
    expect(phone.get_by_role("link", name="Lena Fischer")).to_have_count(0)
    phone.get_by_role("button", name="Show it").click()
    expect(phone.get_by_role("link", name="Lena Fischer")).to_be_visible()
    expect(phone.get_by_text("Your list has changed.")).to_be_hidden()


def test_what_else_is_new_comes_quietly(live, phone):
    with live.data() as db:
        db.scalar(select(Contact).where(Contact.name == "Ole Vik")).name = "Olav Vik"
    looked_at_again(phone)
    expect(phone.get_by_role("link", name="Olav Vik")).to_be_visible()
    expect(phone.get_by_text("Your list has changed.")).to_be_hidden()
    expect(phone.locator("[data-when-idle=outbox]")).to_have_count(1)


def called_in_a_lift(live, phone: Page, context, note: str = "") -> None:
    context.set_offline(True)
    phone.goto(f"{live.url}/interactions/new?client=1&contact=1&kind=call&key=a-call-in-a-lift")
    question(phone)
    phone.get_by_role("button", name="We spoke").click()
    phone.get_by_role("button", name="Type it instead").click()
    phone.get_by_role("textbox", name="What was said").fill(note)
    save(phone)
    expect(phone.get_by_text("1 waiting to be sent")).to_be_visible()


def stored(live) -> list[Interaction]:
    with live.data() as db:
        return list(db.scalars(select(Interaction)))


def nobody_is_called_twice(phone: Page) -> None:
    expect(phone.get_by_text("1 waiting to be sent")).to_be_hidden()
    expect(phone.get_by_text("There is a network again.")).to_be_hidden()
    expect(phone.locator("[data-row='1']")).to_have_count(0)
    expect(phone.get_by_role("heading", level=1)).to_have_text("1 to call")
    expect(phone.get_by_text("Your list has changed.")).to_be_hidden()


def test_whoever_was_called_in_a_lift_is_off_the_list_once_it_is_sent(live, phone, context):
    called_in_a_lift(live, phone, context)
    context.set_offline(False)
    flush(phone)
    nobody_is_called_twice(phone)


def test_so_they_are_when_the_worker_sent_it(live, phone, context):
    called_in_a_lift(live, phone, context)
    phone.route("**/interactions", lambda route: route.abort())
    context.set_offline(False)

    def sent_by_the_worker() -> bool:  # it steps back where the page tries just then
        context.service_workers[-1].evaluate(SYNC)
        return bool(stored(live))

    until(sent_by_the_worker, pause(phone))
    flush(phone)
    nobody_is_called_twice(phone)


def test_what_they_said_comes_with_it_and_is_answered_in_its_place(live, phone, context):
    called_in_a_lift(live, phone, context, "I told her I'd send the drawings by Friday.")
    context.set_offline(False)
    flush(phone)
    expect(phone.get_by_role("link", name="1 to confirm", exact=True)).to_be_attached()
    open_sheet(phone, 1)
    card = phone.get_by_role("group", name="You promised: send the drawings")
    phone.evaluate("window.untouched = true")
    card.get_by_role("button", name="Yes").click()
    expect(phone.get_by_text("Added to your promises")).to_be_visible()
    assert phone.evaluate("window.untouched")  # no other page came in its place
