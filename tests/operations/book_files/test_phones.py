"""The numbers and names of contacts in a book: what goes in comes out."""

import pytest

from pwa.models import Client, Contact
from pwa.operations.book_files import BadBook
from tests.operations.book_files.test_book_files import by_ref, exported, load, minimal

MOBILE = {"label": "mobile", "number": "+4791234567"}
WORK = {"label": "work", "number": "+4722123456", "extension": "12"}
PLAIN = {"number": "+4722123457"}


def bo(**fields):
    return minimal(contacts=[{"ref": "bo", "name": "Bo", **fields}])


def came_out():
    entry = exported()["clients"][0]["contacts"][0]
    return {name: entry[name] for name in entry if name.startswith("phone")}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"phone": "+4722123457"},
        {"phone": "+4722123457", "phone_other": "+4791234567"},
        {"phone_other": "+4791234567"},
        {"phone": "gate 4"},
        {"phone": "gate 4", "phone_other": "+4791234567"},
        {"phone": "+4722123457", "phone_other": "ask Eva"},
        {"phone": "+4791234567", "phones": [MOBILE]},
        {"phone": "+4791234567", "phones": [MOBILE, WORK]},
        {"phone": "+4722123456", "phones": [MOBILE, WORK]},
        {"phone": "+4722123457", "phones": [MOBILE, WORK, PLAIN]},
        {"phone": "+4722123457", "phones": [MOBILE, PLAIN]},
        {"phone": None, "phones": [MOBILE]},
        {"phone": "gate 4", "phones": [MOBILE]},
        {"phone": "+4791234567", "phones": [MOBILE], "phone_other": "ask Eva"},
        {"phone": "+4722123456", "phones": [WORK, {**WORK, "extension": "14"}]},
    ],
)
def test_numbers_come_out_as_they_went_in(db, fields):
    load(bo(**fields))
    assert came_out() == fields
    assert load(bo(**fields)).unchanged == 1


@pytest.mark.parametrize(
    ("fields", "out"),
    [
        ({"phones": [WORK, MOBILE]}, {"phone": "+4722123456", "phones": [WORK, MOBILE]}),
        (
            {"phone": "22 12 34 57", "phones": [MOBILE]},
            {"phone": "+4722123457", "phones": [PLAIN, MOBILE]},
        ),
        (
            {"phone": "22 12 34 56 ext 12"},
            {"phone": "+4722123456", "phones": [{"number": "+4722123456", "extension": "12"}]},
        ),
        (
            {"phones": [{"label": "home", "number": "912 34 567"}]},
            {"phone": "+4791234567", "phones": [{**MOBILE, "label": "home"}]},
        ),
    ],
)
def test_what_was_left_out_follows(db, fields, out):
    load(bo(**fields))
    assert came_out() == out
    assert load(bo(**fields)).unchanged == 1


def test_a_book_of_before_changes_the_number_to_dial_alone(db):
    load(bo(phone="+4722123456", phones=[MOBILE, WORK]))
    load(bo(phone="+4791234567"))
    assert came_out() == {"phone": "+4791234567", "phones": [MOBILE, WORK]}
    load(bo(phone="+4722123457"))
    assert came_out() == {"phone": "+4722123457", "phones": [PLAIN, WORK]}


def test_every_number_is_searched_for(db):
    load(bo(phone="+4722123456", phones=[MOBILE, WORK]))
    key = db.query(Client.search_key).scalar()
    assert "4791234567" in key
    assert "4722123456" in key


@pytest.mark.parametrize(
    ("phones", "words"),
    [
        ([{"label": "mobile"}], "phones[0].number"),
        ([{"number": "gate 4"}], "“gate 4” is not a phone number"),
        ([{**MOBILE, "label": "boat"}], "“boat” is not a label"),
        ("+47", "not a list"),
    ],
)
def test_what_is_no_number_is_refused(db, phones, words):
    with pytest.raises(BadBook) as problem:
        load(bo(phones=phones))
    assert words in str(problem.value)


def test_a_name_is_taken_apart_once(db):
    book = minimal(contacts=[{"ref": "anna", "name": "Dr. Anna Berg, CPA"}])
    load(book)
    anna = by_ref(db, Contact, "anna")
    assert (anna.name, anna.title, anna.suffix) == ("Anna Berg", "Dr.", "CPA")
    assert (anna.first_name, anna.full_name) == ("Anna", "Dr. Anna Berg, CPA")
    assert load(book).unchanged == 1
