"""The people at a client and how they like to hear from us."""

import re
from datetime import date, time

import pytest
import sqlalchemy as sa

from pwa.models import Contact, Preference
from pwa.rules.vocabulary.enums import Channel, Stage
from tests import factories
from tests.web.pages import stamp_of

pytestmark = pytest.mark.usefixtures("on_a_friday")

BEN = {"key": "key-of-ben", "name": "Ben Ray", "phone": "22 12 34 57"}
WISHES = {
    "key": "key-of-wishes",
    "channel": "phone",
    "days": ["tue", "wed"],
    "opens": "08:00",
    "closes": "10:00",
    "timezone": "America/New_York",
    "how_often": "weekly",
    "about": "the migration",
    "asked_on": "2026-11-20",
}


@pytest.fixture
def owner(db):
    return factories.user()


@pytest.fixture
def dana(owner):
    return factories.contact(factories.client(owner), email="dana@halden.example")


@pytest.fixture
def phone(owner, dana, sign_in):
    return sign_in(owner)


def named(db, name):
    db.expire_all()
    return db.scalar(sa.select(Contact).where(Contact.name == name))


def test_someone_added_can_be_found_and_reached(phone, db, dana):
    answer = phone.post(f"/clients/{dana.client_id}/contacts", data=BEN)
    assert answer.status_code == 303
    assert named(db, "Ben Ray").phone == "+4722123457"
    assert "Halden Freight" in phone.get("/clients?q=ben").text


def test_a_wrong_number_is_said_beside_it(phone, db, dana):
    data = {**BEN, "phone": "12"}
    answer = phone.post(f"/clients/{dana.client_id}/contacts", data=data)
    assert answer.status_code == 422
    assert 'id="phone-problem"' in answer.text
    assert 'value="Ben Ray"' in answer.text


def test_mending_a_number_ends_the_debt(phone, db, dana):
    dana.phone, dana.phone_given = None, "ext. 12"
    db.commit()
    form = phone.get(f"/contacts/{dana.id}/edit")
    assert 'value="ext. 12"' in form.text
    stamp = stamp_of(form)
    data = {**BEN, "name": dana.name, "stamp": stamp, "difficult": "1"}
    assert phone.post(f"/contacts/{dana.id}", data=data).status_code == 303
    mended = named(db, dana.name)
    assert (mended.phone, mended.phone_given, mended.difficult) == ("+4722123457", None, True)
    assert "difficult: call again" in phone.get(f"/clients/{dana.client_id}").text


def test_an_edit_from_an_older_version_is_shown_as_a_clash(phone, db, dana):
    data = {**BEN, "stamp": "of-yesterday"}
    answer = phone.post(f"/contacts/{dana.id}", data=data)
    assert answer.status_code == 409
    assert "now: Dana Whitfield" in answer.text
    assert "yours: Ben Ray" in answer.text


def test_made_first_is_the_one_to_call(phone, db, dana):
    phone.post(f"/clients/{dana.client_id}/contacts", data=BEN)
    ben = named(db, "Ben Ray")
    assert phone.post(f"/contacts/{ben.id}/primacy", data={"key": "first-one"}).status_code == 303
    assert "<h1>Ben Ray</h1>" in phone.get(f"/clients/{dana.client_id}").text
    phone.post(f"/contacts/{dana.id}/primacy", data={"key": "second-one"})
    db.expire_all()
    assert db.scalars(sa.select(Contact.name).where(Contact.is_primary)).all() == ["Dana Whitfield"]


def test_someone_without_history_can_go(phone, db, dana):
    phone.post(f"/clients/{dana.client_id}/contacts", data=BEN)
    ben = named(db, "Ben Ray")
    assert "Remove Ben" in phone.get(f"/contacts/{ben.id}/edit").text
    phone.post(f"/contacts/{ben.id}/removal", data={"key": "away-with"})
    assert named(db, "Ben Ray") is None
    assert "No client matches" in phone.get("/clients?q=ben").text


@pytest.mark.parametrize("tie", ["interaction", "promise", "request", "booking"])
def test_someone_with_history_stays(phone, db, dana, tie):
    getattr(factories, tie)(dana.client, contact_id=dana.id)
    db.commit()
    assert "Remove Dana" not in phone.get(f"/contacts/{dana.id}/edit").text
    answer = phone.post(f"/contacts/{dana.id}/removal", data={"key": "away-with"})
    assert "worth keeping" in phone.get(answer.headers["Location"]).text
    assert named(db, dana.name) is not None


def test_a_preference_is_kept_with_its_day_and_the_earlier_one_too(phone, db, dana):
    factories.preference(dana, Channel.EMAIL)
    db.commit()
    answer = phone.post(f"/contacts/{dana.id}/preference", data=WISHES)
    assert answer.status_code == 303
    db.expire_all()
    earlier, said = db.scalars(sa.select(Preference).order_by(Preference.id)).all()
    assert (earlier.channel, earlier.is_current) == (Channel.EMAIL, False)
    assert (said.channel, said.is_current, said.days) == (Channel.PHONE, True, "tue,wed")
    assert (said.opens, said.closes, said.how_often) == (time(8), time(10), Stage.WEEKLY)
    assert said.asked_on == date(2026, 11, 20)
    assert db.get(Contact, dana.id).timezone == "America/New_York"
    text = phone.get(f"/clients/{dana.client_id}").text
    for words in (
        "Phone first",
        "8:00 to 10:00",
        "Asked today. Ask again in May.",
        "What they said before",
        "by the clock in New York",
        "About: the migration",
    ):
        assert words in text, words


def test_the_form_begins_with_what_stands(phone, db, dana):
    factories.preference(dana, Channel.VISIT, days="mon,fri", opens=time(9), closes=time(11, 30))
    db.commit()
    text = phone.get(f"/contacts/{dana.id}/preference").text
    assert re.search(r'value="visit"[^>]* checked', text)
    assert len(re.findall(r'name="days" value="(?:mon|fri)"[^>]* checked', text)) == 2
    assert 'value="11:30"' in text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("closes", "07:00", "has to come after the first"),
        ("closes", "noon", "Write the time as 09:30"),
        ("asked_on", "", "When did they tell you?"),
        ("asked_on", "2026-12-24", "still to come"),
        ("asked_on", "20 November", "Write the day as"),
        ("timezone", "Atlantis", "Choose a time zone"),
        ("channel", "pigeon", "Choose one of the list"),
        ("compromise_words", "call when it matters", "When did they agree to it?"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(phone, db, dana, field, typed, words):
    answer = phone.post(f"/contacts/{dana.id}/preference", data={**WISHES, field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert "the migration" in answer.text
    assert db.scalar(sa.select(sa.func.count()).select_from(Preference)) == 0


def test_asked_long_ago_is_to_be_asked_again(phone, db, dana):
    factories.preference(dana, asked_on=date(2026, 3, 1))
    db.commit()
    assert (
        "Asked more than half a year ago: ask again."
        in phone.get(f"/clients/{dana.client_id}").text
    )


@pytest.mark.parametrize("part", ["/edit", "/preference"])
def test_an_outsider_finds_nobody(db, sign_in, dana, part):
    assert sign_in(factories.user()).get(f"/contacts/{dana.id}{part}").status_code == 404


@pytest.mark.parametrize("part", ["", "/preference", "/primacy", "/removal"])
def test_an_outsider_changes_nobody(db, sign_in, dana, part):
    answer = sign_in(factories.user()).post(f"/contacts/{dana.id}{part}", data={**WISHES, **BEN})
    assert answer.status_code == 404
    assert named(db, "Dana Whitfield") is not None
