"""A book goes in and comes out; twice changes nothing; a wrong one says where."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import (
    Audit,
    Base,
    Booking,
    Cadence,
    Client,
    Contact,
    Interaction,
    Preference,
    Promise,
    Recovery,
    User,
    WrongNumber,
)
from pwa.operations import book_files
from tests.factories import NOW
from tests.operations.full_book import full_book

pytestmark = pytest.mark.usefixtures("db")


def load(book, now=NOW):
    return book_files.load(deepcopy(book), now, "NO")


def exported():
    return json.loads("".join(book_files.export(NOW)))


def assert_contains(actual, expected, path=""):
    """Fail unless `actual` has every value of `expected`, at the same path."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            assert name in actual, f"{path}.{name} did not come out"
            assert_contains(actual[name], value, f"{path}.{name}")
    elif isinstance(expected, list):
        assert len(expected) == len(actual), path
        for index, value in enumerate(expected):
            assert_contains(actual[index], value, f"{path}[{index}]")
    else:
        assert expected == actual, path


def empty(db):
    db.expunge_all()
    for table in reversed(Base.metadata.sorted_tables):
        db.execute(table.delete())


def fingerprint(db):
    db.flush()
    return {
        table.name: sorted(map(repr, db.execute(sa.select(table)).all()))
        for table in Base.metadata.sorted_tables
    }


def by_ref(db, model, ref):
    return db.scalar(sa.select(model).where(model.ref == ref))


def minimal(**client):
    base = {"ref": "acme", "name": "Acme", "owner": "a@example.com"}
    return {"version": 1, "users": [{"email": "a@example.com"}], "clients": [{**base, **client}]}


def test_every_field_comes_out_as_it_went_in(db):
    load(full_book())
    assert_contains(exported(), full_book())


def test_what_came_out_goes_into_an_empty_database_and_comes_out_the_same(db):
    load(full_book())
    first = exported()
    empty(db)
    load(first)
    assert exported() == first


def test_loading_twice_changes_nothing(db):
    assert load(full_book()).created == 2
    before = fingerprint(db)
    again = load(full_book(), NOW + timedelta(hours=3))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert fingerprint(db) == before


def test_an_export_loaded_over_itself_changes_nothing(db):
    load(full_book())
    before = fingerprint(db)
    load(exported())
    assert fingerprint(db) == before


def test_an_edited_book_updates_what_was_edited(db):
    load(full_book())
    book = full_book()
    halden = book["clients"][0]
    halden["name"] = "Halden Cargo"
    halden["contacts"][0]["role"] = "director"
    halden["interactions"][2]["covered"] = []
    halden["promises"][0]["moved"] = [{"to": "2026-11-30", "told": None}]
    halden["away"] = [{"from": "2027-02-01", "to": "2027-02-05"}]
    loaded = load(book)
    assert (loaded.updated, loaded.unchanged) == (1, 1)
    assert "covered" not in exported()["clients"][0]["interactions"][2]
    del halden["interactions"][2]["covered"]
    assert_contains(exported(), book)
    client = by_ref(db, Client, "halden")
    assert client.version == 2
    assert client.search_key.startswith("halden cargo\noslo\n")
    assert by_ref(db, Promise, "p1").falls_due == date(2026, 11, 30)


def test_what_a_book_leaves_out_stays(db):
    load(full_book())
    before = exported()
    client = {"ref": "halden", "name": "Halden Freight", "owner": "charlie@example.com"}
    load({"version": 1, "clients": [client]})
    assert exported() == before


def test_null_empties_a_field(db):
    load(full_book())
    book = full_book()
    book["clients"][0].update(town=None, tier=None)
    book["clients"][0]["contacts"][0]["phone"] = None
    load(book)
    out = exported()["clients"][0]
    assert "town" not in out
    assert "tier" not in out
    assert "phone" not in out["contacts"][0]


def test_a_new_preference_keeps_the_earlier_one(db):
    load(full_book())
    book = full_book()
    dana = book["clients"][0]["contacts"][0]
    dana["preference"] = {"channel": "video", "asked_on": "2026-11-19"}
    load(book)
    stored = db.scalars(sa.select(Preference).order_by(Preference.id)).all()
    assert [(p.channel.value, p.is_current) for p in stored] == [
        ("phone", False),
        ("email", False),
        ("video", True),
    ]


def test_another_stage_from_another_day_ends_the_one_before(db):
    load(full_book())
    book = full_book()
    book["clients"][0]["cadence"] = {"stage": "fortnightly", "since": "2026-11-15"}
    load(book)
    client = by_ref(db, Client, "halden")
    rows = db.scalars(sa.select(Cadence).where(Cadence.client_id == client.id)).all()
    assert [row.stage.value for row in rows if row.ended_at is None] == ["fortnightly"]
    assert len(rows) == 3


def test_another_owner_is_written_down(db):
    load(full_book())
    book = full_book()
    book["clients"][1]["owner"] = "charlie@example.com"
    load(book)
    row = db.scalar(sa.select(Audit).where(Audit.action == "reassigned"))
    assert row.subject_id == by_ref(db, Client, "small").id


def test_writing_counts_only_from_the_day_it_was_asked_for(db):
    load(full_book())
    assert not by_ref(db, Interaction, "before").reached
    assert by_ref(db, Interaction, "after").reached
    assert by_ref(db, Interaction, "i1").reached
    assert by_ref(db, Interaction, "mistapped").superseded_at is not None


def test_a_booking_and_a_recovery_are_settled_by_the_conversation_since(db):
    talk = {"contact": "bo", "kind": "call", "outcome": "spoke", "at": "2026-11-10T09:00:00+00:00"}
    client = {
        "contacts": [{"ref": "bo", "name": "Bo"}],
        "interactions": [talk],
        "bookings": [{"ref": "past", "contact": "bo", "at": "2026-11-10T08:45:00+00:00"}],
        "recoveries": [{"ref": "r", "contact": "bo", "opened": "2026-11-09T09:00:00+00:00"}],
    }
    load(minimal(**client))
    assert by_ref(db, Booking, "past").settled_at == datetime(2026, 11, 10, 9, tzinfo=UTC)
    assert by_ref(db, Recovery, "r").live == datetime(2026, 11, 10, 9, tzinfo=UTC)


def test_an_older_book_says_when_a_booking_was_settled(db):
    at, moment = "2026-11-10T08:45:00+00:00", "2026-11-10T09:05:00+00:00"
    booked = [{"ref": "old", "at": at, "settled": moment}, {"ref": "no", "at": at}]
    load(minimal(bookings=booked))
    words = [entry.get("settled") for entry in exported()["clients"][0]["bookings"]]
    assert words == ["happened", "missed"]
    assert by_ref(db, Booking, "old").settled_at == datetime(2026, 11, 10, 9, 5, tzinfo=UTC)


def test_outcomes_tell_who_left_and_whose_number_is_wrong(db):
    day = "2026-11-{}T09:00:00+00:00"
    calls = [
        {"contact": "bo", "outcome": "wrong_number", "at": day.format("10")},
        {"contact": "bo", "outcome": "no_answer", "at": day.format("11")},
        {"contact": "bo", "outcome": "wrong_number", "at": day.format("12")},
        {"contact": "kai", "outcome": "left", "at": day.format("13")},
    ]
    contacts = [{"ref": "bo", "name": "Bo", "phone": "+4722123456"}, {"ref": "kai", "name": "Kai"}]
    load(minimal(contacts=contacts, interactions=calls))
    bo, kai = (by_ref(db, Contact, ref) for ref in ("bo", "kai"))
    assert (bo.dial_phone, bo.number_wrong_since.day) == (None, 12)
    assert kai.archived_at == datetime(2026, 11, 13, 9, tzinfo=UTC)
    first = exported()
    numbers = first["clients"][0]["contacts"][0]["wrong_numbers"]
    assert [bool(number.get("settled")) for number in numbers] == [True, False]
    bo.number_wrong_since = kai.archived_at = None
    db.execute(sa.delete(WrongNumber))
    undone = exported()
    empty(db)
    load(undone)
    assert exported() == undone


def test_rows_without_refs_are_not_doubled(db):
    entry = {"at": "2026-11-10T09:00:00+00:00", "note": "Hello"}
    book = minimal(interactions=[entry], requests=[{"title": "Desk"}])
    load(book)
    load(book)
    assert db.scalar(sa.select(sa.func.count()).select_from(Interaction)) == 1


def test_the_least_a_client_needs(db):
    load(minimal(contacts=[{"ref": "bo", "name": "Bo"}]))
    out = exported()
    assert out["clients"][0]["cadence"]["stage"] == "monthly"
    assert out["users"][0]["role"] == "manager"
    assert db.scalar(sa.select(User)).password_hash is None


def test_clients_without_a_start_are_spread_over_the_period(db):
    book = minimal()
    book["clients"] = [
        {"ref": f"c{n}", "name": f"Client {n}", "owner": "a@example.com"} for n in range(40)
    ]
    load(book)
    starts = set(db.scalars(sa.select(Cadence.since)))
    assert len(starts) > 15
    assert min(starts) >= date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "phone", "phone_given"),
    [
        ("+47 22 12 34 56", "+4722123456", "+47 22 12 34 56"),
        ("+4722123456", "+4722123456", None),
        ("22 12 34 56", "+4722123456", "22 12 34 56"),
        ("gate 4", None, "gate 4"),
    ],
)
def test_phones(db, written, phone, phone_given):
    load(minimal(contacts=[{"ref": "bo", "name": "Bo", "phone": written}]))
    contact = by_ref(db, Contact, "bo")
    assert (contact.phone, contact.phone_given) == (phone, phone_given)


def test_the_country_of_the_client_decides_about_a_phone(db):
    load(minimal(country="SE", contacts=[{"ref": "bo", "name": "Bo", "phone": "08-123 456 78"}]))
    assert by_ref(db, Contact, "bo").phone == "+46812345678"


def test_covers_inside_a_user(db):
    book = full_book()
    cover = book.pop("covers")[0]
    cover.pop("user")
    book["users"][0]["covers"] = [cover]
    load(book)
    assert exported()["covers"] == full_book()["covers"]


def test_unknown_fields_are_named_once(db):
    book = minimal(colour="red")
    book["clients"].append({**book["clients"][0], "ref": "other"})
    assert load(book).warnings == [
        "clients[0].colour is not a field of the book and was left aside (and 1 more like it)."
    ]


CLIENT = "clients[0]"
WRONG = [
    ({"cadence": {"stage": "weekyl"}}, f"{CLIENT}.cadence.stage: “weekyl” is not a stage"),
    ({"owner": "who@example.com"}, f"{CLIENT}.owner: “who@example.com” is nobody in this book"),
    (
        {"interactions": [{"at": "2026-11-10T09:00:00Z", "contact": "x"}]},
        ".interactions[0].contact",
    ),
    ({"interactions": [{"at": "yesterday"}]}, f"{CLIENT}.interactions[0].at: “yesterday” is not"),
    ({"interactions": [{"note": "x"}]}, f"{CLIENT}.interactions[0]: has no at"),
    ({"interactions": [{"at": "2026-11-10T09:00:00Z", "covered": ["x"]}]}, "].covered[0]: “x”"),
    ({"away": [{"from": "2026-13-01", "to": "2026-12-01"}]}, f"{CLIENT}.away[0].from: “2026-13"),
    ({"away": [{"from": "2026-12-02", "to": "2026-12-01"}]}, f"{CLIENT}.away[0]: ends before"),
    ({"contacts": [{"ref": "a"}]}, f"{CLIENT}.contacts[0]: has no name"),
    ({"contacts": [{"ref": "a", "name": "A"}] * 2}, f"{CLIENT}.contacts[1].ref: “a” is there"),
    ({"contacts": "nobody"}, f"{CLIENT}.contacts: “nobody” is not a list"),
    ({"timezone": "Oslo"}, f"{CLIENT}.timezone: “Oslo” is not a time zone"),
    ({"latitude": 200}, f"{CLIENT}.latitude: “200” is not between"),
    ({"name": "x" * 201}, f"{CLIENT}.name: is longer than 200"),
    ({"promises": [{"words": "x", "due": 7}]}, f"{CLIENT}.promises[0].due: “7” is not a date"),
]


@pytest.mark.parametrize(("client", "says"), WRONG, ids=[says for _, says in WRONG])
def test_a_wrong_book_says_where_on_one_line(db, client, says):
    with pytest.raises(book_files.BadBook) as problem:
        load(minimal(**client))
    assert says in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("book", [[], {}, {"version": 2}, {"version": 1, "clients": {}}])
def test_what_is_no_book_is_refused(db, book):
    with pytest.raises(book_files.BadBook):
        load(book)
