"""The book: what is found, what is added, who sees it."""

from datetime import date

import pytest
import sqlalchemy as sa

from pwa.models import Client, Role
from pwa.operations.clients.clients import refresh_keys
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

NEW = {
    "key": "a-key-of-the-form",
    "name": "Fjordlys AS",
    "contact_name": "Åse Nygård",
    "contact_phone": "22 12 34 56",
    "contact_email": "ase@fjordlys.example",
    "town": "Ålesund",
    "country": "NO",
    "timezone": "Europe/Oslo",
    "tier": "A",
    "stage": "weekly",
}


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


def created(db):
    db.expire_all()
    return db.scalar(sa.select(Client).where(Client.name == NEW["name"]))


def test_an_empty_book_says_how_it_begins(phone):
    answer = phone.get("/clients")
    assert answer.status_code == 200
    assert "Your book is still empty" in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        "halden",
        "HALDEN fre",
        "dana",
        "Whitfield halden",
        "22 12 34",
        "+47 2212",
        "0047 22",
        "halden.ex",
    ],
)
def test_a_client_is_found_by_any_word_known_of_it(phone, db, halden, typed):
    db.commit()
    assert "Halden Freight" in phone.get("/clients", query_string={"q": typed}).text


@pytest.mark.parametrize("typed", ["oslo", "33", "halden oslo", "%", "_"])
def test_what_does_not_fit_is_not_found(phone, db, halden, typed):
    db.commit()
    answer = phone.get("/clients", query_string={"q": typed})
    assert "Halden Freight" not in answer.text
    assert "No client matches" in answer.text


def test_accents_do_not_matter_either_way(phone, db):
    phone.post("/clients", data=NEW)
    for typed in ("alesund", "Ålesund", "ase nygard", "ÅSE"):
        assert "Fjordlys" in phone.get("/clients", query_string={"q": typed}).text


def test_typing_gets_the_list_alone(phone, db, halden):
    db.commit()
    answer = phone.get("/clients?q=hal", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<section id="book"')
    assert "HX-Request" in answer.vary


def test_a_row_says_whom_how_often_and_when(phone, db, halden):
    halden.next_due = date(2026, 11, 18)
    db.commit()
    text = phone.get("/clients").text
    assert "Dana Whitfield" in text
    assert "weekly" in text
    assert "2 days late" in text
    assert 'href="tel:+4722123456"' in text


def test_only_what_is_in_reach_is_listed(db, sign_in, owner, outsider, halden):
    supervisor = factories.user(Role.SUPERVISOR, owner.team)
    administrator = factories.user(Role.ADMINISTRATOR)
    seen = {
        p.name: "Halden" in sign_in(p).get("/clients").text
        for p in (owner, outsider, supervisor, administrator)
    }
    assert list(seen.values()) == [True, False, True, True]


def test_a_new_client_is_due_within_two_working_days(phone, db, owner):
    answer = phone.post("/clients", data=NEW)
    client = created(db)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/clients/{client.id}"
    assert client.new_since == date(2026, 11, 20)
    assert client.next_due <= date(2026, 11, 24)
    assert client.contacts[0].phone == "+4722123456"
    assert client.owner_id == owner.id


def test_sending_the_form_twice_adds_one(phone, db):
    first, second = (phone.post("/clients", data=NEW) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert db.scalar(sa.select(sa.func.count()).select_from(Client)) == 1


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", " ", "What is the company called?"),
        ("contact_name", "", "Whom do you talk to there?"),
        ("contact_phone", "22 12", "too short"),
        ("contact_phone", "22 12 34 56 / 22 12 34 57 58 59", "too long"),
        ("contact_phone", "ask at the desk", "not a phone number"),
        ("contact_phone", "+999 123456", "No country has that code"),
        ("contact_email", "ase@", "no e-mail address"),
        ("timezone", "Atlantis", "Choose a time zone"),
        ("country", "Norway", "Choose a country"),
        ("stage", "hourly", "Choose one of the list"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    phone, db, field, typed, words
):
    answer = phone.post("/clients", data={**NEW, field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-problem"' in answer.text
    assert 'value="ase@fjordlys.example"' in answer.text or field == "contact_email"
    assert created(db) is None


def test_a_possible_number_that_nobody_has_is_taken(phone, db):
    phone.post("/clients", data={**NEW, "contact_phone": "+61 8 9600 0000"})
    assert created(db).contacts[0].phone == "+61896000000"


def test_a_number_is_read_by_the_teams_region(phone, db, owner):
    owner.team.region = "AU"
    db.commit()
    phone.post("/clients", data={**NEW, "contact_phone": "08 9600 1234"})
    assert created(db).contacts[0].phone == "+61896001234"


def test_the_same_company_in_the_same_town_is_one_client(phone, db):
    phone.post("/clients", data=NEW)
    again = phone.post("/clients", data={**NEW, "key": "another-key", "name": "FJORDLYS as"})
    elsewhere = phone.post("/clients", data={**NEW, "key": "a-third-key", "town": "Bergen"})
    assert "You have a client of that name in that town already" in again.text
    assert elsewhere.status_code == 303


def test_supervisors_add_no_clients(db, sign_in):
    client = sign_in(factories.user(Role.SUPERVISOR))
    assert client.get("/clients/new").status_code == 404
    assert client.post("/clients", data=NEW).status_code == 404


def queries(phone, statements, address):
    statements.clear()
    assert phone.get(address).status_code == 200
    return len(statements)


def test_the_book_costs_the_same_whatever_its_size(phone, db, owner, halden, count_queries):
    db.commit()
    small = queries(phone, count_queries, "/clients?q=h")
    rows = [factories.client(owner, f"House {n}", search_key=f"house {n}\n") for n in range(120)]
    for row in rows[:60]:
        factories.contact(row)
    db.commit()
    assert queries(phone, count_queries, "/clients?q=h") == small == 2


def test_a_write_that_fails_says_nothing_of_having_worked(phone, db, monkeypatch):
    def locked(*_args):
        raise sa.exc.OperationalError("COMMIT", {}, Exception("database is locked"))

    with monkeypatch.context() as trouble:
        trouble.setattr("pwa.web.clients.clients.redirect_after_post", locked)
        answer = phone.post("/clients", data=NEW)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "is in your book" not in answer.text + phone.get("/clients").text
    assert created(db) is None
