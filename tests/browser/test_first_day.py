"""A newcomer's first day: from the list that another program exported to the third conversation."""

import json
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from pwa.models import Client, Interaction, Role, User
from tests import factories
from tests.browser.phone import NO_TELEPHONE, question, ready, record
from tests.browser.test_call_loop import come_back, kept

SHARED = Path(__file__).parents[3] / "shared" / "data" / "clients-au-500.csv"
COLUMNS = "first_name last_name company_name address city state post phone1 phone2 email web"


def a_list(folder: Path) -> Path:
    """The real list where it is; else one of its shape: same columns, same line endings."""
    if SHARED.exists():
        return SHARED
    rows = [",".join(f'"{name}"' for name in COLUMNS.split())]
    for number in range(500):
        person = f'"Given{number}","Family{number}","Firm {number}","{number} Acoma St","Leith"'
        reach = f'"03-8174-{number:04d}","0458-665-{number % 1000:03d}","p{number}@firm.example"'
        rows.append(f'{person},"TAS",7315,{reach},"http://firm.example"')
    made = folder / "clients.csv"
    made.write_bytes("\r".join(rows).encode())
    return made


def imported(live, file: Path) -> dict:
    command = ["import-clients", str(file), "--region", "AU", "--timezone", "Australia/Sydney"]
    answer = live.app.test_cli_runner().invoke(args=[*command, "--json"])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def at_work(live, context: BrowserContext) -> Page:
    """The app as it opens: on the list, or signed out."""
    context.add_init_script(NO_TELEPHONE)
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(f"{live.url}/")
    return page


def sign_in(page: Page, person: User) -> None:
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").tap()
    page.wait_for_url("**/today")


def dial_first(page: Page) -> tuple[str, str]:
    """Tap the big button; who is called, and who the list names next."""
    ready(page)
    button = page.locator("a.call.big")
    name, following = button.get_attribute("data-name"), button.get_attribute("data-next")
    assert name
    assert following
    expect(button).to_have_attribute("href", re.compile(r"^tel:\+61\d+$"))
    page.get_by_role("link", name=f"Call {name}").first.tap()
    return name, following


def say_it(page: Page) -> None:
    page.get_by_role("button", name="We spoke").tap()
    record(page)
    page.get_by_role("button", name="Stop recording").tap()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def save_and_go_on(page: Page, following: str) -> None:
    """After saving the list is there, and begins with the person it had named."""
    page.get_by_role("button", name=f"Save, next: {following}").tap()
    page.wait_for_url("**/today")
    expect(page.get_by_role("status").filter(has_text="Saved: Call")).to_be_visible()
    expect(page.locator("a.call.big")).to_have_attribute("data-name", following)


def test_import_list_dial_return_recorded_note_save_next_for_three_clients(
    live, browser_type, browser_type_launch_args, browser_context_args, tmp_path
):
    with live.data():
        north = factories.team(country="AU", region="AU")
        charlie = factories.user(Role.MANAGER, north, timezone="Australia/Sydney")
    file = a_list(tmp_path)
    assert imported(live, file)["created"] == 500
    assert imported(live, file)["unchanged"] == 500

    def opened() -> BrowserContext:
        return browser_type.launch_persistent_context(
            tmp_path / "profile", **browser_type_launch_args, **browser_context_args
        )

    with opened() as context:
        page = at_work(live, context)
        sign_in(page, charlie)
        first, following = dial_first(page)
        come_back(page, first)
        say_it(page)
        save_and_go_on(page, following)
        second, following = dial_first(page)
        come_back(page, second)
        say_it(page)  # and the phone dies before it is saved
    with opened() as context:
        page = at_work(live, context)
        question(page, second)
        expect(page.get_by_role("button", name="We spoke", pressed=True)).to_be_visible()
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        save_and_go_on(page, following)
        third, following = dial_first(page)
        come_back(page, third)
        say_it(page)
        save_and_go_on(page, following)
        assert kept(page) == []

    with live.data() as db:
        rows = list(db.scalars(select(Interaction).order_by(Interaction.id)))
        assert [row.contact.first_name for row in rows] == [first, second, third]
        assert all(row.reached and row.voice_note.size > 1000 for row in rows)
        due = db.scalars(select(Client.next_due).where(Client.id.in_(r.client_id for r in rows)))
        assert all(day > row.at.date() for day, row in zip(due, rows, strict=True))
