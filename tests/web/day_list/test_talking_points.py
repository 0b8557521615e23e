"""How to open: the points for the situation, filled in, and the team's own in their place."""

from datetime import date, timedelta

import pytest

from pwa.models import Audit, Handover, Interaction, Lesson, Opening, Recovery, Role
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Stage, Topic
from pwa.rules.vocabulary.situation import Situation
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
    dana = factories.contact(client)
    factories.preference(dana)
    factories.interaction(client, contact_id=dana.id, at=NOW - timedelta(days=8))
    return client


@pytest.fixture
def phone(manager, sign_in):
    return sign_in(manager)


def opening(phone, db, client):
    refresh_due_dates([client.id], NOW)
    db.commit()
    return phone.get(f"/clients/{client.id}/opening").text


def wrong(client, **values):
    made = {"cause": "the delivery never came", "opened": NOW - timedelta(hours=2), **values}
    contact = client.contacts[0]
    return factories.save(Recovery(client_id=client.id, contact_id=contact.id, **made))


def test_an_apology_names_the_cause_and_what_we_will_do(phone, db, halden):
    wrong(halden, make_good="a month without fee")
    text = opening(phone, db, halden)
    assert "Something went wrong" in text
    assert "Name it: the delivery never came." in text
    assert "Here is what I am going to do: a month without fee." in text


def test_without_a_make_good_it_reads_and_is_prepared_before_the_call(phone, db, halden):
    row = wrong(halden)
    text = opening(phone, db, halden)
    assert "going to do: what we will do about it, or by when we know." in text
    assert "Prepare first" in text
    assert "Call Dana" not in text
    row.make_good = "a month without fee"
    text = opening(phone, db, halden)
    assert "Prepare first" not in text
    assert "Call Dana" in text


def test_the_second_time_is_said_as_such(phone, db, halden):
    wrong(halden, opened=NOW - timedelta(days=60), live=NOW, closed=NOW - timedelta(days=50))
    wrong(halden, cause="The Delivery never came")
    assert "The same went wrong again" in opening(phone, db, halden)


def test_a_late_promise_is_quoted(phone, db, halden):
    factories.promise(halden, due=date(2026, 11, 18), contact_id=halden.contacts[0].id)
    assert "I am late: send the switch quote." in opening(phone, db, halden)


def test_a_handed_over_client_comes_with_the_last_words(phone, db, manager, halden):
    marc = factories.user(name="Marc Lie", team_=manager.team)
    halden.new_since = NOW.date()
    factories.interaction(
        halden,
        contact_id=halden.contacts[0].id,
        user_id=marc.id,
        at=NOW - timedelta(days=3),
        note="The cut-over frightens her.",
    )
    at, who = NOW - timedelta(days=1), {"from_id": marc.id, "to_id": manager.id}
    factories.save(Handover(client_id=halden.id, at=at, reason="he moves on", **who))
    factories.promise(halden, due=date(2026, 11, 27))
    text = opening(phone, db, halden)
    assert "Prefers phone" in text
    assert "once a week" in text
    assert "send the switch quote" in text
    assert "I have taken over from Marc Lie" in text
    assert "The cut-over frightens her." in text
    factories.interaction(halden, contact_id=halden.contacts[0].id, at=NOW)
    assert "Marc Lie" not in opening(phone, db, halden)


def test_somebody_added_by_hand_is_a_first_impression(phone, db, halden):
    db.commit()
    form = {"key": "new-contact", "name": "Ben Stone", "phone": "+4722123457"}
    phone.post(f"/clients/{halden.id}/contacts", data=form)
    db.expire_all()
    ben = halden.contacts[1]
    assert ben.new_since == NOW.date()
    phone.post(f"/contacts/{ben.id}/primacy", data={"key": "primacy1"})
    text = opening(phone, db, halden)
    assert "Somebody new there" in text
    assert "You have not talked with Ben yet" in phone.get(f"/clients/{halden.id}").text


def test_who_heard_nothing_while_a_colleague_did_is_told_so(phone, db, halden):
    dana = halden.contacts[0]
    db.query(Interaction).update({"at": NOW - timedelta(days=19)})
    ben = factories.contact(halden, "Ben Stone", position=1)
    factories.interaction(halden, contact_id=ben.id, at=NOW - timedelta(days=1))
    text = opening(phone, db, halden)
    assert "Somebody who has heard nothing" in text
    assert f"Ask {dana.first_name} what they want to hear themselves" in text


def test_a_difficult_client_has_an_opening_of_its_own(phone, db, halden):
    halden.contacts[0].difficult = True
    assert "Let Dana speak first, and to the end." in opening(phone, db, halden)


def test_a_slower_rhythm_is_offered_by_its_name(phone, db, manager):
    client = factories.client(manager, "Okafor & Sons", Stage.DAILY)
    ruth = factories.contact(client, "Ruth Okafor")
    factories.preference(ruth)
    for day in (16, 17, 18, 19):
        at = NOW.replace(day=day)
        factories.interaction(client, contact_id=ruth.id, at=at)
    assert "Would twice a week suit you now?” Then wait for the answer." in opening(
        phone, db, client
    )


def test_the_team_writes_its_own_and_goes_back(phone, db, manager, halden):
    text = opening(phone, db, halden)
    assert "One open question: “What do you need most from us this year?”" in text
    assert "Change these for your team" in text
    form = phone.get("/openings/nothing_new").text
    assert "Go through what is open, every one." in form
    assert "{name}" in form
    own = "Ask {name} about the {boat}.\n\n  <b>Listen</b>  "
    sent = {"key": "own-points", "points": own, "next": f"/clients/{halden.id}/opening"}
    answer = phone.post("/openings/nothing_new", data=sent)
    assert answer.headers["Location"] == f"/clients/{halden.id}/opening"
    text = opening(phone, db, halden)
    assert "Ask Dana about the {boat}." in text
    assert "&lt;b&gt;Listen&lt;/b&gt;" in text
    assert "Go through what is open" not in text
    noted = db.query(Audit).filter_by(subject="opening").one()
    assert (noted.user_id, noted.details["situation"]) == (manager.id, "nothing_new")
    phone.post("/openings/nothing_new/reset", data={"key": "back-to-ours"})
    assert "Go through what is open" in opening(phone, db, halden)
    assert db.query(Opening).count() == 0
    assert [one.action for one in db.query(Audit).filter_by(subject="opening")] == [
        "change",
        "reset",
    ]


def test_points_of_another_team_stay_theirs(phone, db, halden, sign_in):
    other = sign_in(factories.user(Role.SUPERVISOR))
    assert (
        other.post("/openings/nothing_new", data={"points": "Sell something."}).status_code == 303
    )
    assert "Sell something" not in opening(phone, db, halden)
    assert "Sell something" in other.get("/openings/nothing_new").text


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (" \n ", "Write at least one point."),
        ("\n".join("abcdefghi"), "Keep it to 8 points"),
        ("x" * 301, "One point is too long"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(phone, db, points, words):
    answer = phone.post("/openings/apology", data={"points": points})
    assert answer.status_code == 422
    assert words in answer.text
    assert points.strip()[:20] in answer.text
    assert db.query(Opening).count() == 0


def test_only_situations_have_a_page_and_only_for_the_team(phone, manager, sign_in):
    for one in Situation:
        assert phone.get(f"/openings/{one.value}").status_code == 200
    assert phone.get("/openings/small_talk").status_code == 404
    administrator = sign_in(factories.user(Role.ADMINISTRATOR, manager.team))
    assert administrator.get("/openings/apology").status_code == 404


def test_what_colleagues_shared_about_it_is_one_tap_away(phone, db, manager, halden):
    wrong(halden)
    assert (
        "/library"
        not in opening(phone, db, halden).partition('id="opening"')[2].partition("<nav")[0]
    )
    about = {"marked_by_id": manager.id, "line": "She let him finish.", "marked_at": NOW}
    for topic, shared in ((Topic.APOLOGY, NOW), (Topic.APOLOGY, None), (Topic.QUOTE, NOW)):
        talk = factories.interaction(halden, at=NOW - timedelta(days=9))
        made = Lesson(interaction_id=talk.id, topic=topic, shared_at=shared, **about)
        factories.save(made)
    text = opening(phone, db, halden)
    assert 'href="/library?topic=apology">1 conversation to learn from' in text
