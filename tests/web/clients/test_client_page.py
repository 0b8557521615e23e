"""A client's page: what it says, what a clash says, standing and handover, who sees it."""

from datetime import date

import pytest
import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Away, Client, Role
from pwa.operations.clients.clients import refresh_keys
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from tests import factories
from tests.web.pages import stamp_of

pytestmark = pytest.mark.usefixtures("on_a_friday")


@pytest.fixture
def owner(db):
    return factories.user(name="Charlie Boone")


@pytest.fixture
def outsider(db):
    return factories.user(name="Someone Else")


@pytest.fixture
def halden(owner):
    client = factories.client(owner, town="Halden")
    factories.contact(client, email="dana@halden.example")
    refresh_keys(client)
    return client


@pytest.fixture
def phone(owner, sign_in):
    return sign_in(owner)


def edit(page):
    """The fields of the edit form as the browser would send them."""
    form = {"name": "Halden Freight", "town": "Halden", "country": "NO", "tier": "B"}
    stamp = stamp_of(page)
    return {**form, "stamp": stamp, "key": f"edit-{stamp}-{id(page)}"}


def test_an_edit_changes_the_client_and_how_it_is_found(phone, db, halden):
    db.commit()
    form = edit(phone.get(f"/clients/{halden.id}/edit"))
    away = "2026-12-21 to 2027-01-01\n2026-11-30"
    answer = phone.post(
        f"/clients/{halden.id}", data={**form, "name": "Halden Cargo", "away": away}
    )
    assert answer.status_code == 303
    assert "Halden Cargo" in phone.get("/clients?q=cargo").text
    stretches = db.execute(sa.select(Away.first_day, Away.last_day).order_by(Away.first_day)).all()
    assert [tuple(row) for row in stretches] == [
        (date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 12, 21), date(2027, 1, 1)),
    ]


def test_days_away_that_are_over_can_be_taken_back(phone, db, halden):
    halden.away.append(Away(first_day=date(2026, 12, 1), last_day=date(2026, 12, 2)))
    halden.away.append(Away(first_day=date(2026, 12, 21), last_day=date(2026, 12, 27)))
    db.commit()
    form = edit(phone.get(f"/clients/{halden.id}/edit"))
    phone.post(f"/clients/{halden.id}", data={**form, "away": "2026-12-21 to 2026-12-27"})
    assert db.scalars(sa.select(Away.first_day)).all() == [date(2026, 12, 21)]


def test_an_away_line_that_cannot_be_read_is_said(phone, db, halden):
    db.commit()
    form = edit(phone.get(f"/clients/{halden.id}/edit"))
    answer = phone.post(f"/clients/{halden.id}", data={**form, "away": "over Christmas"})
    assert answer.status_code == 422
    assert "over Christmas" in answer.text
    assert "one stretch a line" in answer.text


def test_an_edit_from_an_older_version_shows_both(phone, db, halden):
    db.commit()
    first = edit(phone.get(f"/clients/{halden.id}/edit"))
    second = edit(phone.get(f"/clients/{halden.id}/edit"))
    phone.post(f"/clients/{halden.id}", data={**first, "key": "the-first", "town": "Sarpsborg"})
    clash = phone.post(
        f"/clients/{halden.id}", data={**second, "key": "the-second", "town": "Moss"}
    )
    assert clash.status_code == 409
    assert "now: Sarpsborg" in clash.text
    assert "yours: Moss" in clash.text
    again = {**edit(clash), "key": "the-third", "town": "Moss"}
    assert phone.post(f"/clients/{halden.id}", data=again).status_code == 303


def test_what_else_moves_on_a_client_disturbs_no_edit(phone, db, halden):
    db.commit()
    form = edit(phone.get(f"/clients/{halden.id}/edit"))
    halden.next_due = date(2026, 12, 1)
    db.commit()
    assert phone.post(f"/clients/{halden.id}", data=form).status_code == 303


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("pause", ClientStatus.PAUSED),
        ("ending", ClientStatus.ENDED),
        ("resumption", ClientStatus.ACTIVE),
    ],
)
def test_pausing_ending_and_resuming_keep_who_and_why(phone, db, owner, halden, change, status):
    db.commit()
    address = f"/clients/{halden.id}/{change}"
    assert phone.get(address).status_code == 200
    assert phone.post(address, data={"key": "without-why"}).status_code == 422
    assert phone.post(address, data={"key": "with-a-why", "reason": "moving"}).status_code == 303
    db.expire_all()
    assert db.get(Client, halden.id).status == status
    note = db.scalar(sa.select(Audit).where(Audit.subject == "client"))
    assert (note.user_id, note.details["why"]) == (owner.id, "moving")


def test_a_handover_is_a_first_impression_again(db, sign_in, owner, halden):
    supervisor = factories.user(Role.SUPERVISOR, owner.team)
    colleague = factories.user(team_=owner.team, name="Omar Haddad")
    stranger = factories.user(name="Not Ours")
    desk = sign_in(supervisor)
    address = f"/clients/{halden.id}/handover"
    page = desk.get(address)
    assert "Omar Haddad" in page.text
    assert "Not Ours" not in page.text
    refused = desk.post(address, data={"key": "to-stranger", "owner": stranger.id, "reason": "x"})
    assert refused.status_code == 422
    given = {"key": "to-colleague", "owner": colleague.id, "reason": "parental leave"}
    assert desk.post(address, data=given).status_code == 303
    db.expire_all()
    moved = db.get(Client, halden.id)
    assert (moved.owner_id, moved.new_since) == (colleague.id, date(2026, 11, 20))
    note = db.scalar(sa.select(Audit).where(Audit.action == "handed over"))
    assert note.details == {"before": owner.id, "to": colleague.id, "why": "parental leave"}


def test_a_manager_hands_nothing_over(phone, db, halden):
    db.commit()
    assert phone.get(f"/clients/{halden.id}/handover").status_code == 404
    assert phone.post(f"/clients/{halden.id}/handover", data={"owner": 1}).status_code == 404


@pytest.mark.parametrize(
    "part",
    [
        "",
        "/edit",
        "/pause",
        "/cadence",
        "/contacts/new",
        "/requests/new",
        "/promises/new",
        "/bookings/new",
    ],
)
def test_an_outsider_finds_nothing(db, sign_in, outsider, halden, part):
    assert sign_in(outsider).get(f"/clients/{halden.id}{part}").status_code == 404


@pytest.mark.parametrize(
    "part", ["", "/pause", "/cadence", "/contacts", "/requests", "/promises", "/bookings"]
)
def test_an_outsider_changes_nothing(db, sign_in, outsider, halden, part):
    before = session.scalar(sa.select(sa.func.count()).select_from(Audit))
    assert (
        sign_in(outsider).post(f"/clients/{halden.id}{part}", data={"name": "Mine now"}).status_code
        == 404
    )
    assert session.scalar(sa.select(sa.func.count()).select_from(Audit)) == before


def test_the_page_says_what_there_is(phone, db, halden):
    halden.address = "Storgata 1"
    factories.preference(halden.contacts[0], days="tue,wed,thu,fri")
    db.commit()
    text = phone.get(f"/clients/{halden.id}").text
    for words in (
        "How Dana likes to hear from us",
        "Rhythm",
        "Go through, every one",
        "Last time",
        "Call Dana",
        "Phone first",
        "not on Monday",
        "Ask again in April",
        "mailto:dana@halden.example",
        "sms:+4722123456",
        "search?query=Storgata%201%2C%20Halden%2C%20NO",
    ):
        assert words in text, words


def test_debts_are_named_with_the_way_to_mend_them(phone, db, owner, halden):
    factories.contact(halden, "Ben Ray", phone=None)
    factories.contact(halden, "Eve Low", phone=None, phone_given="ext. 12")
    db.commit()
    text = phone.get(f"/clients/{halden.id}").text
    assert "Not asked yet. You owe Dana the question" in text
    assert "No phone and no e-mail yet. Find one and Ben can hear from you." in text
    assert "“ext. 12” cannot be dialled" in text


def test_a_client_without_people_asks_for_one(phone, db, owner):
    client = factories.client(owner)
    db.commit()
    text = phone.get(f"/clients/{client.id}").text
    assert "Nobody to call yet" in text
    assert "tel:" not in text


def queries(phone, statements, address):
    statements.clear()
    assert phone.get(address).status_code == 200
    return len(statements)


def test_the_page_costs_the_same_however_much_is_on_it(phone, db, owner, halden, count_queries):
    factories.preference(halden.contacts[0])
    factories.a_full_page(halden, 1)
    db.commit()
    small = queries(phone, count_queries, f"/clients/{halden.id}")
    factories.a_full_page(halden, 8)
    for n in range(5):
        factories.preference(factories.contact(halden, f"Person {n}"))
    db.commit()
    db.expire_all()
    assert queries(phone, count_queries, f"/clients/{halden.id}") == small
    assert small <= 30


def test_a_quarterly_cadence_stands_on_its_rung(phone, db, owner):
    client = factories.client(owner, stage=Stage.QUARTERLY)
    factories.contact(client)
    db.commit()
    text = phone.get(f"/clients/{client.id}").text
    assert '<li aria-current="step">quarter</li>' in text
