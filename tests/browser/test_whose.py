"""Nothing of a person who left can be read on the phone, and nothing of theirs is lost."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete, select

from pwa.models import Interaction, SignIn, User
from tests import factories
from tests.browser.phone import question, ready

# Every byte that this site keeps on the phone, as a script of anybody could read it.
ALL_BYTES = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      found.push(request.url, await (await cache.match(request)).text());
  }
  const text = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
    if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value && typeof value === "object") return Object.values(value).map(text).join(" ");
    return String(value);
  };
  const db = await new Promise((resolve) => {
    indexedDB.open("rounds").onsuccess = ({ target }) => resolve(target.result);
  });
  for (const name of db.objectStoreNames)
    found.push(await new Promise((resolve) => {
      db.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) =>
        resolve(name + text(target.result));
    }));
  db.close();
  return found.join(" ");
}"""


SECRETS = ("Dana", "Whitfield", "Halden", "the gate code is 4711")


@pytest.fixture
def other(live) -> User:
    with live.data():
        return factories.user(
            team_=factories.team("South"), name="Ingrid Moe", email="i@example.com"
        )


def say_offline(live, page: Page, context: BrowserContext, client: int = 1) -> None:
    """Log a call without a network, and begin another that is not saved."""
    context.set_offline(True)
    page.goto(
        f"{live.url}/interactions/new?client={client}&contact={client}&kind=call&key=key-{client}-aaaa"
    )
    ready(page)
    page.get_by_role("button", name="Voicemail").click()
    page.get_by_role("button", name="Type it instead").click()
    page.get_by_role("textbox", name="What was said").fill("the gate code is 4711")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="1 waiting to be sent")).to_be_visible()


def sign_in(live, page: Page, user: User) -> None:
    page.goto(f"{live.url}/sign-in")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live.url}/today")
    expect(page.locator("html[data-idle]")).to_be_attached()


def readable(page: Page) -> list[str]:
    expect(page.locator("html[data-idle]")).to_be_attached()
    found = page.evaluate(ALL_BYTES)
    return [secret for secret in SECRETS if secret in found]


def stored(live) -> list[Interaction]:
    with live.data() as db:
        return list(db.scalars(select(Interaction)))


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def test_what_waits_is_sealed_and_not_only_on_leaving(live, phone, context):
    assert readable(phone) == ["Dana", "Whitfield", "Halden"]  # the day's copies, of this person
    say_offline(live, phone, context)
    assert "the gate code is 4711" not in phone.evaluate(ALL_BYTES)


def test_signing_out_sends_what_waits_and_leaves_nothing_to_read(live, phone, context):
    say_offline(live, phone, context)
    context.set_offline(False)
    phone.goto(f"{live.url}/me")
    ready(phone)
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    assert readable(phone) == []
    assert [row.note for row in stored(live)] == ["the gate code is 4711"]


def test_signed_out_without_a_network_it_stays_sealed_for_them(
    live, phone, manager, other, context
):
    phone.goto(f"{live.url}/me")
    ready(phone)
    me = context.new_page()
    say_offline(live, me, context)
    sign_out(phone)
    expect(phone.get_by_role("alert")).to_contain_text("1 thing has not been sent.")
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    expect(phone.get_by_role("heading", name="No network just now")).to_be_visible()
    me.close()
    context.set_offline(False)
    sign_in(live, phone, other)
    assert readable(phone) == []
    assert stored(live) == []
    with live.data() as db:
        assert db.scalar(select(SignIn).where(SignIn.user_id == manager.id)) is None
    phone.goto(f"{live.url}/me")
    ready(phone)
    sign_out(phone)
    phone.wait_for_url("**/sign-in")
    sign_in(live, phone, manager)
    for _ in range(100):
        if stored(live):
            break
        phone.wait_for_timeout(50)
    assert [row.note for row in stored(live)] == ["the gate code is 4711"]


def test_signed_out_from_afar_it_goes_at_the_next_contact(live, phone, manager, context):
    ready(phone)
    phone.get_by_role("link", name="Call Dana").click()
    phone.reload()
    question(phone)
    phone.get_by_role("button", name="Voicemail").click()
    with live.data() as db:
        db.execute(delete(SignIn))
    phone.goto(f"{live.url}/today")
    phone.wait_for_url("**/sign-in**")
    assert readable(phone) == []
    sign_in(live, phone, manager)
    question(phone)
    expect(phone.get_by_role("button", name="Voicemail", pressed=True)).to_be_visible()


def test_another_person_on_the_same_phone_reads_nothing(live, phone, other, context, enter):
    say_offline(live, phone, context)
    context.set_offline(False)
    context.clear_cookies()
    enter(context, other)
    phone.goto(f"{live.url}/today")
    assert readable(phone) == []
    assert stored(live) == []
