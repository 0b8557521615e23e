"""What they said they need, want or think of us: kept, led with, corrected, let go."""

from datetime import timedelta

import pytest

from pwa.models import Audit, Interaction, Need
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Mood, NeedKind
from tests import factories
from tests.factories import NOW


@pytest.fixture(autouse=True)
def friday_morning(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone")


@pytest.fixture
def halden(manager):
    client = factories.client(manager)
    factories.preference(factories.contact(client))
    return client


@pytest.fixture
def dana(halden):
    return halden.contacts[0]


@pytest.fixture
def phone(manager, sign_in):
    return sign_in(manager)


def after_call(client, **values):
    return {
        "key": "after-a-call",
        "client": client.id,
        "contact": client.contacts[0].id,
        "kind": "call",
        "direction": "out",
        "outcome": "spoke",
        "at": NOW.isoformat(),
        **values,
    }


def test_after_a_call_it_takes_a_tap_and_a_few_words(phone, db, halden, dana):
    address = f"/interactions/new?client={halden.id}&contact={dana.id}"
    asked = phone.get(address, follow_redirects=True).text
    assert "What did they say they need, want, or think of us?" in asked
    form = after_call(halden, mood="worried", told_kind="want", told=" a calm winter ")
    assert phone.post("/interactions", data=form).status_code == 303
    need = db.query(Need).one()
    assert (need.kind, need.words, need.contact_id) == (NeedKind.WANT, "a calm winter", dana.id)
    assert need.said_on == NOW.date()
    assert db.query(Interaction).one().mood is Mood.WORRIED


@pytest.mark.parametrize("outcome", ["voicemail", "no_answer"])
def test_who_was_not_reached_said_nothing(phone, db, halden, outcome):
    form = after_call(halden, outcome=outcome, mood="good", told="a calm winter")
    assert phone.post("/interactions", data=form).status_code == 303
    assert db.query(Need).count() == 0
    assert db.query(Interaction).one().mood is None


def test_nothing_has_to_be_said(phone, db, halden):
    assert phone.post("/interactions", data=after_call(halden, told="  ")).status_code == 303
    assert db.query(Need).count() == 0


def test_too_much_is_refused_and_stays_typed(phone, db, halden):
    answer = phone.post("/interactions", data=after_call(halden, told="x" * 501))
    assert answer.status_code == 422
    assert "That is too long to keep" in answer.text
    assert "x" * 501 in answer.text
    assert db.query(Interaction).count() == 0


def test_a_correction_keeps_the_mood_of_who_was_reached(phone, db, halden):
    phone.post("/interactions", data=after_call(halden, mood="worried"))
    row = db.query(Interaction).one()
    address = f"/interactions/{row.id}/correction"
    phone.post(address, data={"key": "mistapped", "outcome": "voicemail"})
    newest = db.query(Interaction).order_by(Interaction.id.desc()).first()
    assert newest is not None
    assert newest.mood is None


def test_it_leads_the_brief_until_it_is_no_longer_true(phone, db, halden, dana, manager):
    db.commit()
    sent = {"key": "need-no-1", "told_kind": "need", "told": "reports before noon"}
    assert phone.post(f"/contacts/{dana.id}/needs", data=sent).status_code == 303
    refresh_due_dates([halden.id], NOW)
    db.commit()
    page = phone.get(f"/clients/{halden.id}").text
    assert "Needs: reports before noon" in page.partition('id="before"')[2]
    assert "Needs: reports before noon" in phone.get("/today").text
    need = db.query(Need).one()
    changed = {"key": "need-no-2", "told_kind": "thinks", "told": "we are slow"}
    assert phone.post(f"/needs/{need.id}", data=changed).status_code == 303
    assert "Thinks of us: we are slow" in phone.get(f"/clients/{halden.id}").text
    assert phone.post(f"/needs/{need.id}/removal", data={"key": "need-no-3"}).status_code == 303
    assert "we are slow" not in phone.get(f"/clients/{halden.id}").text
    noted = db.query(Audit).filter_by(subject="need").order_by(Audit.id).all()
    assert [(one.action, one.details["words"]) for one in noted] == [
        ("correct", "reports before noon"),
        ("let go", "we are slow"),
    ]
    assert {one.user_id for one in noted} == {manager.id}


@pytest.mark.parametrize("told", ["", "x" * 501])
def test_a_form_without_words_or_with_too_many_comes_back(phone, db, dana, told):
    db.commit()
    for address in (f"/contacts/{dana.id}/needs", f"/needs/{kept(db, dana).id}"):
        answer = phone.post(address, data={"told_kind": "thinks", "told": told})
        assert answer.status_code == 422
        assert told in answer.text
        assert 'value="thinks" checked' in answer.text.replace('id="told_kind" ', "")
    assert db.query(Need).one().words == "quiet nights"


def kept(db, dana):
    need = factories.save(Need(contact_id=dana.id, words="quiet nights", said_on=NOW.date()))
    db.commit()
    return need


def test_worried_last_time_is_asked_about(phone, db, halden, dana):
    factories.interaction(
        halden, contact_id=dana.id, at=NOW - timedelta(days=8), mood=Mood.WORRIED, minutes=12
    )
    refresh_due_dates([halden.id], NOW)
    db.commit()
    first = phone.get("/today").text.partition("Next calls")[0]
    assert "worried last time" in first
    assert "You were worried last time. How does it look now?" in first
