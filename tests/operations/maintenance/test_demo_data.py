"""The demo book holds together on any day, and Charlie's day looks as it should."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import phonenumbers
import pytest

from pwa.demo import PASSWORD, demo_book, emails
from pwa.demo.days import Today
from pwa.models import User
from pwa.operations import book_files
from pwa.operations.accounts import passwords
from pwa.operations.day_list import day_list
from pwa.operations.maintenance import demo_data as operations
from pwa.rules.vocabulary.enums import Stage

FRIDAY = datetime(2026, 11, 20, 8, 40, tzinfo=UTC)
MOMENTS = [
    FRIDAY,
    datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    datetime(2027, 3, 1, 5, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 21, 30, tzinfo=UTC),
]


def interactions(book):
    return [entry for client in book["clients"] for entry in client["interactions"]]


@pytest.fixture(scope="module")
def book():
    return demo_book(FRIDAY)


def test_the_same_moment_gives_the_same_book(book):
    assert demo_book(FRIDAY) == book


def test_it_holds_what_it_says(book):
    roles = [user["role"] for user in book["users"]]
    assert sorted(roles) == ["administrator", "manager", "manager", "manager", "supervisor"]
    assert len({client["ref"] for client in book["clients"]}) == 60
    assert {client["cadence"]["stage"] for client in book["clients"]} == set(Stage)
    assert {client["tier"] for client in book["clients"]} == {"A", "B", "C"}
    assert {client["country"] for client in book["clients"]} == {"NO", "SE", "DE", "GB", "ES"}


def test_notes_are_many_and_say_something(book):
    notes = [entry["note"] for entry in interactions(book) if "note" in entry]
    sentences = {part for note in notes for part in note.replace("? ", ". ").split(". ")}
    assert len(sentences) > 300
    assert not any("{" in note for note in notes)


def test_nobody_can_be_reached_by_its_numbers_and_addresses(book):
    for client in book["clients"]:
        for contact in client["contacts"]:
            assert contact["email"].endswith(".example")
            assert contact["email"].isascii()
            number = phonenumbers.parse(contact["phone"], None)
            assert phonenumbers.is_possible_number(number)
            if client["country"] in {"NO", "ES"}:
                assert not phonenumbers.is_valid_number(number)


@pytest.mark.parametrize("ahead", range(0, 400, 9))
def test_on_any_day_the_past_is_past_and_calls_fall_on_weekdays(ahead):
    now = FRIDAY + timedelta(days=ahead)
    for client in demo_book(now)["clients"]:
        moments = [datetime.fromisoformat(entry["at"]) for entry in client["interactions"]]
        assert max(moments) <= now
        assert all(moment.weekday() < 5 for moment in moments)
        assert all(earlier <= later for earlier, later in pairwise(moments))
        for promise in client["promises"]:
            assert promise["made"] <= promise["due"]
            if promise["kept"]:
                assert promise["made"] <= promise["kept"] <= Today(now).day.isoformat()


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_charlies_day(db, now):
    loaded = operations.load(now, "NO")
    assert loaded.created == 60
    assert loaded.warnings == []
    charlie = db.query(User).filter_by(email="charlie@rounds.example").one()
    names = [row.client_name for row in day_list.whole_list(charlie, now, past=False)]
    assert names[0] == "Halden Freight"
    assert set(names) == {
        "Halden Freight",
        "Brightline Dental",
        "Okafor & Sons",
        "Nordlicht GmbH",
        "Casa Vega Foods",
        "Eriksen Bygg",
    }


def test_its_people_sign_in_with_the_one_password(db):
    operations.load(FRIDAY, "NO")
    assert operations.is_loaded()
    for email in emails():
        assert passwords.authenticate(email, PASSWORD)


def test_it_is_a_book_like_any_other(db, book):
    book_files.load(book, FRIDAY, "NO")
    again = book_files.load(book, FRIDAY, "NO")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 60)


def test_days_ahead_are_worked_and_after_today():
    today = Today(FRIDAY)
    assert today.ahead(1) == date(2026, 11, 23)
    assert today.ago(7) == date(2026, 11, 13)
