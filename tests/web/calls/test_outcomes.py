"""Every outcome leads on: wrong numbers, colleagues, who left, and several at the table."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Audit, Interaction, Phone, Promise, Recovery
from pwa.operations.day_list import day_list
from pwa.rules.vocabulary.enums import Channel, Compliance, Kind
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")
BEFORE = NOW - timedelta(minutes=5)


@pytest.fixture
def dana(halden):
    return halden.contacts[0]


@pytest.fixture
def ben(halden):
    return factories.contact(halden, "Ben Stone", phone="+4722000000")


def logged(phone, contact, outcome, /, key="k" * 36, **more):
    data = {"key": key, "client": contact.client_id, "contact": contact.id, "outcome": outcome}
    data |= {"kind": "call", "direction": "out", "at": BEFORE.isoformat(), **more}
    answer = phone.post("/interactions", data=data)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def rows(charlie, at=NOW, past=False):
    listed = day_list.whole_list(charlie, at, past=past)
    return [(row.reason.value, row.contact_name, row.phone) for row in listed]


def test_a_wrong_number_is_looked_for_until_it_is_there(db, phone, charlie, halden, dana):
    factories.preference(dana)
    logged(phone, dana, "wrong_number")
    assert rows(charlie) == [("find_number", "Dana Whitfield", None)]
    today, page = phone.get("/today").text, phone.get(f"/clients/{halden.id}").text
    assert "Find a number for Dana" in today
    assert "Find a number for Dana" in page
    assert "tel:" not in today + page
    assert "sms:" not in today + page
    address = f"/contacts/{dana.id}/number"
    assert "22 12 34 56 is wrong" in phone.get(address).text
    wrong = phone.post(address, data={"key": "a" * 36, "right_number": "22 12 34 56"})
    assert wrong.status_code == 422
    phone.post(address, data={"key": "b" * 36, "right_number": "22 12 34 57"})
    db.expire_all()
    assert dana.dial_phone == "+4722123457"
    assert [reason for reason, *_ in rows(charlie)] != ["find_number"]
    then = rows(charlie, NOW - timedelta(minutes=1), past=True)
    assert then == [("find_number", "Dana Whitfield", None)]
    assert rows(charlie, BEFORE - timedelta(minutes=1), past=True)[0][2] is not None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ({"right_number": "22 33 44 55"}, "+4722334455"),
        ({"use_number": "+4791234567"}, "+4791234567"),
    ],
)
def test_the_right_number_may_be_known_at_once(db, phone, charlie, dana, typed, number):
    dana.phones.append(Phone(number="+4791234567"))
    db.commit()
    logged(phone, dana, "wrong_number", **typed)
    db.expire_all()
    assert (dana.dial_phone, dana.number_wrong_since) == (number, None)
    assert "Halden Freight" in phone.get(f"/clients?q={number[3:]}").text
    assert "find_number" not in {reason for reason, *_ in rows(charlie)}


def test_a_number_that_was_right_after_all_is_dialled_again(db, phone, dana):
    logged(phone, dana, "wrong_number")
    row = db.scalar(sa.select(Interaction))
    correction = {"key": "c" * 36, "outcome": "no_answer"}
    phone.post(f"/interactions/{row.id}/correction", data=correction)
    db.expire_all()
    assert dana.dial_phone == "+4722123456"


def test_a_colleague_is_no_contact_and_may_be_added(db, phone, charlie, halden, dana):
    logged(phone, dana, "colleague_answered", met_name="Ida Berg", met_phone="22 33 44 55")
    db.expire_all()
    row = db.scalar(sa.select(Interaction))
    assert (row.reached, row.contact.name) == (False, "Dana Whitfield")
    assert [(c.name, c.phone) for c in halden.contacts][1] == ("Ida Berg", "+4722334455")
    assert ("retry", "Dana Whitfield", "+4722123456") in rows(charlie)


def test_a_number_without_a_name_is_asked_about(phone, dana):
    fields = {"key": "k" * 36, "client": dana.client_id, "contact": dana.id, "kind": "call"}
    fields |= {"direction": "out", "at": BEFORE.isoformat(), "outcome": "colleague_answered"}
    answer = phone.post("/interactions", data={**fields, "met_phone": "22 33 44 55"})
    assert answer.status_code == 422
    assert "Enter a name for this number." in answer.text


def test_who_left_is_on_no_list_and_what_was_open_goes_on(db, phone, charlie, halden, dana, ben):
    dana.is_primary = True
    factories.preference(dana, Channel.VIDEO)
    kept, dropped = (factories.promise(halden, w, contact_id=dana.id) for w in ("keep", "drop"))
    booked = factories.booking(halden, contact_id=dana.id)
    wrong = factories.recovery(halden, contact_id=dana.id, opened=NOW - timedelta(hours=1))
    address = logged(phone, dana, "left", met_name="Ida Berg")
    assert address.startswith(f"/contacts/{dana.id}/departure")
    page = phone.get(address).text
    assert "Dana no longer works there" in page
    assert "You now reach Ben." in page
    db.expire_all()
    assert [c.name for c in halden.contacts] == ["Ben Stone", "Ida Berg"]
    before = rows(charlie, BEFORE - timedelta(minutes=1), past=True)
    assert "Dana Whitfield" in {name for _, name, _ in before}
    assert "something is still open" in phone.get(f"/clients/{halden.id}").text
    answers = {f"promise-{kept.id}": "move", f"promise-{dropped.id}": "drop"}
    answers |= {f"booking-{booked.id}": "drop", f"recovery-{wrong.id}": "move"}
    answers |= {"preference": "move", "key": "d" * 36}
    assert phone.post(f"/contacts/{dana.id}/departure", data=answers).status_code == 422
    answers |= {"successor": ben.id, "key": "e" * 36}
    assert phone.post(f"/contacts/{dana.id}/departure", data=answers).status_code == 303
    db.expire_all()
    assert [p.words for p in db.scalars(sa.select(Promise)) if p.contact_id == ben.id] == ["keep"]
    assert db.scalar(sa.select(Recovery)).contact_id == ben.id
    assert (booked.settled, ben.preference.channel) == ("cancelled", Channel.VIDEO)
    assert "promise dropped" in db.scalars(sa.select(Audit.action)).all()
    shown = phone.get(f"/clients/{halden.id}").text
    assert "something is still open" not in shown
    assert "No longer works there" in shown  # the history stays
    assert {name for _, name, _ in rows(charlie)} == {"Ben Stone"}


@pytest.mark.parametrize("by_correction", [True, False])
def test_a_departure_can_be_undone(db, phone, halden, dana, ben, by_correction):
    logged(phone, dana, "left")
    row = db.scalar(sa.select(Interaction))
    data = {"key": "f" * 36, "outcome": "no_answer"}
    action = (
        f"/interactions/{row.id}/correction" if by_correction else f"/contacts/{dana.id}/return"
    )
    assert phone.post(action, data=data).status_code == 303
    db.expire_all()
    assert dana.archived_at is None
    assert halden.contact is dana


def test_everyone_at_the_table_is_reached(db, phone, halden, dana, ben):
    factories.preference(dana)
    factories.preference(ben, Channel.EMAIL)
    booked = factories.booking(halden, contact_id=ben.id, at=NOW + timedelta(hours=2))
    form = phone.get(f"/interactions/new?client={halden.id}&contact={dana.id}&key={'k' * 36}").text
    assert "Who else was there?" in form
    logged(phone, dana, "spoke", **{f"also-{ben.id}": "1"})
    db.expire_all()
    row = db.scalar(sa.select(Interaction))
    assert row.stamp is Compliance.HONOURED
    assert [(a.contact_id, a.stamp) for a in row.also] == [(ben.id, Compliance.NOT_HONOURED)]
    assert [booked.settled] == ["happened"]
    page = phone.get(f"/clients/{halden.id}").text
    assert "Dana, Ben" in page
    correction = {"key": "g" * 36, "outcome": "voicemail"}
    phone.post(f"/interactions/{row.id}/correction", data=correction)
    db.expire_all()
    assert [booked.settled] == [None]
    assert db.scalar(sa.select(Interaction).where(Interaction.supersedes_id == row.id)).also == []


def test_whoever_took_part_is_not_neglected(db, phone, charlie, halden, dana, ben):
    old = NOW - timedelta(days=40)
    factories.interaction(halden, contact_id=ben.id, at=old, received_at=old)
    factories.interaction(halden, contact_id=dana.id, at=old, received_at=old)
    logged(phone, dana, "spoke", kind="call")
    assert ("unheard", "Ben Stone", "+4722000000") in rows(charlie)
    logged(phone, dana, "spoke", key="m" * 36, **{f"also-{ben.id}": "1"})
    assert "unheard" not in {reason for reason, *_ in rows(charlie)}


def test_those_who_left_stay_out_of_the_choice(phone, halden, dana, ben):
    logged(phone, dana, "left")
    assert ">Dana Whitfield<" not in phone.get(f"/clients/{halden.id}/promises/new").text
    assert "Ben Stone" in phone.get("/clients").text


def test_a_visit_that_finds_nobody_of_that_name(db, phone, dana):
    logged(phone, dana, "left", kind=Kind.VISIT.value)
    db.expire_all()
    assert dana.archived_at is not None
