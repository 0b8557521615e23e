"""The rhythm on a client's page: what is offered, asked for, made denser and shown."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from pwa.db import session
from pwa.models import Agreement, Audit, Cadence, Intensification, Number
from pwa.models.cadence import Answer
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Priority, Stage
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

NOW = factories.NOW  # a Friday, 20 November


@pytest.fixture
def owner(db):
    return factories.user(name="Charlie Boone")


@pytest.fixture
def halden(owner):
    """Talked to on Wednesday and Thursday, daily since Wednesday: time to offer less."""
    client = factories.client(owner, stage=Stage.DAILY)
    factories.contact(client)
    cadence_of(client).since = date(2026, 11, 18)
    for days in (2, 1):
        at = NOW - timedelta(days=days)
        factories.interaction(client, contact_id=client.contacts[0].id, at=at, minutes=19)
    refresh_due_dates([client.id], NOW)
    return client


@pytest.fixture
def phone(owner, sign_in):
    return sign_in(owner)


def cadence_of(client):
    query = sa.select(Cadence).where(Cadence.client_id == client.id, Cadence.ended_at.is_(None))
    return session.scalar(query)


def held(db, client):
    db.expire_all()
    cadence = cadence_of(client)
    return cadence.stage, cadence.since, cadence.agreed_with_id


def rhythm(phone, client):
    return phone.get(f"/clients/{client.id}").text


def answer(phone, client, said, **more):
    stage = more.pop("stage", "twice_weekly")
    data = {"key": f"answer-{said}-{stage}".replace("_", "-"), "stage": stage, "answer": said}
    data["agreed_with"] = client.contacts[0].id
    return phone.post(f"/clients/{client.id}/cadence/offer", data={**data, **more})


def test_what_was_earned_is_offered_with_the_sentence_and_both_answers(phone, db, halden):
    db.commit()
    text = rhythm(phone, halden)
    assert "Offer twice a week" in text
    assert "Would twice a week suit you now?" in text
    assert ">Agreed</button>" in text
    assert ">Not yet</button>" in text


@pytest.mark.parametrize("priority", [Priority.HIGH, Priority.MEDIUM])
def test_nothing_is_offered_while_something_that_matters_is_open(phone, db, halden, priority):
    factories.request(halden, priority=priority, opened=date(2026, 11, 17))
    db.commit()
    assert "Offer twice a week" not in rhythm(phone, halden)


def test_agreed_changes_the_cadence_at_once(phone, db, owner, halden):
    dana = halden.contacts[0]
    answered = answer(phone, halden, "agreed", words="twice is fine")
    assert answered.headers["Location"] == f"/clients/{halden.id}#rhythm"
    assert held(db, halden) == (Stage.TWICE_WEEKLY, NOW.date(), dana.id)
    [row] = db.scalars(sa.select(Agreement)).all()
    assert (row.answer, row.stage, row.on) == (Answer.AGREED, Stage.TWICE_WEEKLY, NOW.date())
    assert (row.contact_id, row.words, row.made_by_id) == (dana.id, "twice is fine", owner.id)
    audit = db.scalars(sa.select(Audit).where(Audit.action == "cadence agreed")).one()
    assert (audit.user_id, audit.details["before"]) == (owner.id, "daily")
    assert halden.next_due == date(2026, 11, 23)  # three days after Thursday is a Sunday
    assert "Offer" not in rhythm(phone, halden)


def test_not_yet_rests_the_offer_and_changes_nothing(phone, db, halden):
    answer(phone, halden, "not_yet")
    assert held(db, halden)[:2] == (Stage.DAILY, date(2026, 11, 18))
    assert db.scalars(sa.select(Agreement.answer)).all() == [Answer.NOT_YET]
    assert "Offer" not in rhythm(phone, halden)


def test_an_answer_to_an_offer_that_no_longer_stands_is_not_stored(phone, db, halden):
    answer(phone, halden, "agreed", stage="weekly")
    assert held(db, halden)[0] is Stage.DAILY
    assert db.scalars(sa.select(Agreement)).all() == []
    assert "The rhythm has changed meanwhile" in rhythm(phone, halden)


def test_an_answer_needs_somebody_who_gave_it(phone, db, halden):
    db.commit()
    page = answer(phone, halden, "agreed", agreed_with="", words="fine")
    assert page.status_code == 422
    assert "Who said so?" in page.text
    assert 'value="fine"' in page.text


@pytest.mark.parametrize("stage", ["quarterly", "weekly"])
def test_what_they_asked_for_holds_at_once(phone, db, halden, stage):
    db.commit()
    assert "They asked for less or more" in rhythm(phone, halden)
    address = f"/clients/{halden.id}/cadence/wish"
    assert phone.get(address).status_code == 200
    data = {"key": "a-new-wish", "stage": stage, "words": "call me less"}
    assert phone.post(address, data=data).status_code == 422
    data["agreed_with"] = halden.contacts[0].id
    assert phone.post(address, data=data).status_code == 303
    assert held(db, halden)[:2] == (Stage[stage.upper()], NOW.date())
    row = db.scalars(sa.select(Agreement)).one()
    assert (row.answer, row.words) == (Answer.ASKED, "call me less")


def by_hand(phone, client, **fields):
    data = {"key": f"hand-{len(fields)}-{fields['stage']}", "since": "2026-11-23", **fields}
    return phone.post(f"/clients/{client.id}/cadence", data=data)


def test_no_hand_makes_a_cadence_slower_without_who_and_when(phone, db, halden):
    db.commit()
    dana = halden.contacts[0].id
    silent = by_hand(phone, halden, stage="monthly")
    assert silent.status_code == 422
    assert "Talking less is agreed: say with whom." in silent.text
    undated = by_hand(phone, halden, stage="monthly", agreed_with=dana)
    assert "On which day did they agree?" in undated.text
    assert held(db, halden)[0] is Stage.DAILY
    said = {"agreed_with": dana, "agreed_on": "2026-11-19", "words": "monthly will do"}
    assert by_hand(phone, halden, stage="monthly", **said).status_code == 303
    assert held(db, halden) == (Stage.MONTHLY, date(2026, 11, 23), dana)
    row = db.scalars(sa.select(Agreement)).one()
    assert (row.on, row.words) == (date(2026, 11, 19), "monthly will do")


def test_a_denser_plan_of_our_own_needs_nobody(phone, db, owner):
    client = factories.client(owner, stage=Stage.MONTHLY)
    db.commit()
    assert by_hand(phone, client, stage="weekly").status_code == 303
    assert held(db, client) == (Stage.WEEKLY, date(2026, 11, 23), None)
    assert db.scalars(sa.select(Audit.action)).all() == ["cadence planned"]


def test_the_hours_of_close_care_are_words_and_a_bar(phone, db, owner, halden):
    db.commit()
    text = rhythm(phone, halden)
    assert "About 95 minutes a week planned, 38 had" in text  # five of nineteen
    assert '<rect width="40" height="8"/>' in text
    weekly = factories.client(owner, "Brightline Dental")
    db.commit()
    assert "minutes a week planned" not in rhythm(phone, weekly)


def test_what_was_not_gone_through_last_time_is_said(phone, db, halden):
    factories.request(halden, opened=date(2026, 11, 17))
    factories.request(halden, "New port", opened=NOW.date())
    db.commit()
    assert rhythm(phone, halden).count("not gone through last time") == 1


def dense(phone, client, **fields):
    data = {"key": "dense-for-now", "stage": "daily", "reason": "migration"}
    return phone.post(f"/clients/{client.id}/intensification", data={**data, **fields})


@pytest.fixture
def brightline(owner):
    """Weekly, last talked to on Tuesday the 10th."""
    client = factories.client(owner, "Brightline Dental")
    factories.contact(client, "Omar Haddad")
    factories.interaction(client, at=NOW - timedelta(days=10))
    return client


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"until": ""}, "Until which day?"),
        ({"until": "2026-11-19"}, "within a year from today"),
        ({"until": "2026-11-30", "stage": "monthly"}, "no more often than what you have agreed"),
        ({"until": "2026-11-30", "reason": ""}, "Why more often?"),
        ({"until": "2026-11-30", "reason": "because"}, "Choose one of the list."),
    ],
)
def test_a_denser_time_needs_a_reason_and_an_end(phone, db, brightline, fields, said):
    db.commit()
    page = dense(phone, brightline, **fields)
    assert page.status_code == 422
    assert said in page.text
    assert db.scalars(sa.select(Intensification)).all() == []


def test_a_denser_time_is_due_from_today_and_ends_by_itself(phone, db, brightline, time_machine):
    db.commit()
    assert "Talk more often for a while" in rhythm(phone, brightline)
    assert dense(phone, brightline, until="2026-11-24").status_code == 303
    db.refresh(brightline)
    assert brightline.next_due == NOW.date()
    assert "Closer for now, every working day:" in rhythm(phone, brightline)
    factories.interaction(brightline, at=NOW)
    db.commit()
    time_machine.move_to(NOW + timedelta(days=4), tick=False)
    assert "Last daily call: agree what follows" in rhythm(phone, brightline)
    factories.interaction(brightline, at=NOW + timedelta(days=4))
    db.commit()
    assert "Last daily call" not in rhythm(phone, brightline)
    time_machine.move_to(NOW + timedelta(days=5), tick=False)
    said = "Daily calls for the migration ended on 24 November; weekly again"
    assert said in rhythm(phone, brightline)
    assert "Closer for now" not in rhythm(phone, brightline)
    factories.interaction(brightline, at=NOW + timedelta(days=5))
    db.commit()
    assert said not in rhythm(phone, brightline)


def test_only_a_top_client_stands_without_an_end(phone, db, brightline):
    db.commit()
    assert dense(phone, brightline, reason="top client").status_code == 303
    assert db.scalars(sa.select(Intensification.until)).all() == [None]


def test_a_denser_time_can_end_early_with_a_reason(phone, db, owner, brightline):
    db.commit()
    address = f"/clients/{brightline.id}/intensification/ending"
    assert phone.get(address).status_code == 404
    dense(phone, brightline, until="2026-11-30")
    assert phone.get(address).status_code == 200
    assert phone.post(address, data={"key": "without-why"}).status_code == 422
    answer = phone.post(address, data={"key": "with-a-why", "reason": "done sooner"})
    assert answer.status_code == 303
    assert "Closer for now" not in rhythm(phone, brightline)
    audit = db.scalars(sa.select(Audit).where(Audit.action == "intensification ended")).one()
    assert audit.details == {"planned": "2026-11-30", "why": "done sooner"}
    db.refresh(brightline)
    assert brightline.next_due == date(2026, 11, 17)


def test_an_administrator_may_let_less_than_weekly_be_offered(phone, db, owner):
    client = factories.client(owner)
    factories.contact(client)
    cadence_of(client).since = date(2026, 10, 23)
    for weeks in (4, 3, 2, 1):
        factories.interaction(client, at=NOW - timedelta(weeks=weeks))
    db.commit()
    assert "Offer" not in rhythm(phone, client)
    db.add(Number(name="below_weekly", value=1))
    db.commit()
    assert "Offer every two weeks" in rhythm(phone, client)


@pytest.mark.parametrize(
    "part", ["cadence/wish", "cadence/offer", "intensification", "intensification/ending"]
)
def test_an_outsider_finds_and_changes_nothing(db, sign_in, halden, part):
    stranger = sign_in(factories.user())
    address = f"/clients/{halden.id}/{part}"
    if part != "cadence/offer":
        assert stranger.get(address).status_code == 404
    assert stranger.post(address, data={"stage": "weekly"}).status_code == 404
