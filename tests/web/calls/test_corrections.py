"""A conversation that was tapped wrong: what it settled, and what is told about it, follows."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Interaction, Lesson, Recovery
from pwa.rules.vocabulary.enums import Severity
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")


def went_wrong(client, cause):
    return factories.recovery(client, cause, contact_id=client.contacts[0].id)


def talked(db, phone, client, **values):
    data = {"key": "a-talk-it-was", "client": client.id, "contact": client.contacts[0].id}
    said = {"kind": "call", "direction": "out", "outcome": "spoke", "at": NOW.isoformat()}
    answer = phone.post("/interactions", data={**data, **said, **values})
    assert answer.status_code == 303
    return db.scalars(sa.select(Interaction).order_by(Interaction.id.desc())).first()


def corrected(phone, row, outcome):
    data = {"key": "it-was-otherwise", "outcome": outcome}
    assert phone.post(f"/interactions/{row.id}/correction", data=data).status_code == 303


def lives(db):
    db.expire_all()
    return list(db.scalars(sa.select(Recovery.live).order_by(Recovery.id)))


def stood(db):
    db.expire_all()
    one = db.scalars(sa.select(Recovery)).one()
    return one.closed, one.live, [check["done"] for check in one.checks]


def test_everything_that_was_talked_about_is_open_again(db, phone, halden):
    both = [went_wrong(halden, "Delivery missing"), went_wrong(halden, "Wrong invoice")]
    row = talked(db, phone, halden, **{f"about-{one.id}": "yes" for one in both})
    assert lives(db) == [NOW, NOW]
    corrected(phone, row, "no_answer")
    assert lives(db) == [None, None]


def test_a_talk_confirmed_as_a_talk_settles_what_it_settled(db, phone, halden):
    wrong = went_wrong(halden, "Delivery missing")
    row = talked(db, phone, halden, **{f"about-{wrong.id}": "yes"})
    corrected(phone, row, "spoke")
    assert lives(db) == [NOW]
    newest = db.scalars(sa.select(Interaction).order_by(Interaction.id.desc())).first()
    assert newest.recovery_id == wrong.id


def test_a_check_that_nobody_asked_about_is_open_again(db, phone, halden):
    opened, live = NOW - timedelta(days=9), NOW - timedelta(days=8)
    low = factories.recovery(
        halden, contact_id=halden.contacts[0].id, opened=opened, live=live, severity=Severity.LOW
    )
    row = talked(db, phone, halden, **{f"about-{low.id}": "yes"})
    assert stood(db) == (NOW, live, [NOW.date().isoformat()])
    corrected(phone, row, "no_answer")
    assert stood(db) == (None, live, [None])


@pytest.mark.parametrize(("outcome", "stays"), [("spoke", True), ("voicemail", False)])
def test_a_lesson_goes_with_the_conversation(db, phone, halden, charlie, outcome, stays):
    row = talked(db, phone, halden)
    shared = {"marked_by_id": charlie.id, "marked_at": NOW, "shared_at": NOW}
    factories.save(Lesson(interaction_id=row.id, topic="quote", line="He asked first.", **shared))
    corrected(phone, row, outcome)
    assert ("He asked first." in phone.get("/library").text) is stays


@pytest.mark.parametrize("number", ["9" * 5000, "99999999999", "\u0663"])
def test_an_answer_about_nothing_there_is_passed_over(db, phone, halden, number):
    assert talked(db, phone, halden, **{f"about-{number}": "yes"}).outcome == "spoke"
