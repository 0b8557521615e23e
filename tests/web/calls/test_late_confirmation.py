"""Answers that come late, or beside what is known: nothing newer is lost, nothing is hidden."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Booking, Cadence, Client, Preference, Promise, Suggestion
from pwa.rules.vocabulary.enums import Channel
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")

SHEET = "/today/confirm"
LINE = "1 to confirm"


def say(phone, client, note, at=NOW, who=0, key="a-call-of-mine"):
    data = {"key": key, "client": client.id, "contact": client.contacts[who].id, "note": note}
    data |= {"outcome": "spoke", "at": at.isoformat()}
    assert phone.post("/interactions", data=data).status_code == 303


def asked(db):
    db.expire_all()
    return list(db.scalars(sa.select(Suggestion).order_by(Suggestion.id)))


def yes(phone, one, key="a-tap-on-yes", **values):
    return phone.post(
        f"/suggestions/{one.id}", data={"key": f"{key}-{one.id}", "answer": "yes", **values}
    )


def test_another_promise_of_the_same_day_is_asked_for(db, phone, halden):
    factories.promise(halden, "send the switch quote", made=NOW.date(), due=date(2026, 11, 25))
    say(phone, halden, "I'll send the switch quote and I'll return the broken router by Wednesday")
    assert [one.text for one in asked(db)] == ["return the broken router"]


def test_a_talk_with_somebody_else_on_that_day_is_asked_for(db, phone, halden):
    ben = factories.contact(halden, "Ben Okafor")
    at = datetime(2026, 11, 24, 9, tzinfo=NOW.tzinfo)
    factories.booking(halden, contact_id=ben.id, at=at)
    say(phone, halden, "I'll call her on Tuesday at two")
    assert [one.kind for one in asked(db)] == ["booking"]


def test_the_talk_that_is_booked_with_them_is_not(db, phone, halden):
    at = datetime(2026, 11, 24, 13, tzinfo=NOW.tzinfo)  # two o'clock in Oslo
    factories.booking(halden, contact_id=halden.contacts[0].id, at=at)
    say(phone, halden, "I'll call her on Tuesday at two")
    assert asked(db) == []


def test_a_wish_said_before_a_newer_one_leaves_that_as_it_is(db, phone, halden):
    say(phone, halden, "She says she'd rather have an email than a call")
    (one,) = asked(db)
    phone_now = factories.preference(halden.contacts[0], Channel.PHONE)
    phone_now.asked_on = NOW.date() + timedelta(days=2)
    db.commit()
    assert yes(phone, one).status_code == 303
    db.expire_all()
    assert db.scalars(sa.select(Preference.channel).where(Preference.is_current)).all() == ["phone"]
    assert (
        "They said something newer since"
        in phone.post(
            f"/suggestions/{one.id}",
            data={"key": "look-at-the-card", "answer": "yes"},
            headers={"HX-Request": "true"},
        ).text
    )


def test_a_rhythm_said_before_a_newer_one_leaves_that_as_it_is(db, phone, halden, time_machine):
    say(phone, halden, "Once a month is plenty for her from now on")
    (one,) = asked(db)
    time_machine.move_to(NOW + timedelta(days=3), tick=False)
    newer = {"key": "the-newer-answer", "stage": "fortnightly"}
    newer |= {"agreed_with": halden.contacts[0].id, "words": "every two weeks"}
    assert phone.post(f"/clients/{halden.id}/cadence/wish", data=newer).status_code == 303
    yes(phone, one)
    stands = sa.select(Cadence.stage).where(Cadence.ended_at.is_(None))
    assert db.scalars(stands).all() == ["fortnightly"]


def test_what_was_said_at_a_client_of_another_now_is_not_asked(db, phone, halden, ingrid):
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    assert LINE in phone.get("/today").text
    db.get(Client, halden.id).owner_id = ingrid.id
    db.commit()
    assert LINE not in phone.get("/today").text


def test_the_newest_talk_is_asked_about_first(db, phone, halden):
    old = "I'll send the list. I'll fix the lamp. I'll order the cable. I'll check the invoice. "
    for number in range(9):
        at = NOW - timedelta(days=30 - number)
        say(phone, halden, old, at=at, key=f"an-old-call-{number}")
    say(phone, halden, "I told her I'd send the switch quote by Wednesday")
    assert "37 to confirm" in phone.get("/today").text
    page = phone.get(SHEET).text
    assert "You promised: send the switch quote" in page
    assert page.index("send the switch quote") < page.index("fix the lamp")


def test_their_hours_are_proposed_on_our_clock(db, phone, halden):
    dana = halden.contacts[0]
    dana.timezone = "America/New_York"
    factories.preference(dana, Channel.PHONE, opens=time(8), closes=time(12))
    db.commit()
    say(phone, halden, "We'll talk again on Tuesday")
    assert 'name="time" value="14:00"' in phone.get(SHEET).text
    (one,) = asked(db)
    yes(phone, one, day="2026-11-24", time="14:00")
    assert db.scalar(sa.select(Booking.at)) == datetime(2026, 11, 24, 13, tzinfo=NOW.tzinfo)


def test_a_yes_after_a_no_whose_time_has_gone_asks_for_another(db, phone, halden, time_machine):
    say(phone, halden, "I'll call her on Tuesday at two")
    (one,) = asked(db)
    phone.post(f"/suggestions/{one.id}", data={"key": "first-a-no", "answer": "no"})
    time_machine.move_to(NOW + timedelta(days=5), tick=False)
    late = yes(phone, one, day="2026-11-24", time="14:00")
    assert late.status_code == 422
    assert "That day is gone" in late.text
    assert "That%20day%20is%20gone" in late.headers["X-Rounds-Problem"]  # said later, on a phone
    assert 'type="date"' in late.text


def test_it_is_looked_up_once_what_is_known_already(phone, halden, count_queries):
    costs = []
    for times in (1, 12):
        note = " ".join(f"I'll send list number {n} on the 2{n % 9}st." for n in range(times))
        count_queries.clear()
        say(phone, halden, note, key=f"a-call-with-{times}")
        costs.append(sum(one.startswith("SELECT") for one in count_queries))
    assert costs[0] == costs[1]


def test_promises_are_not_doubled(db, phone, halden):
    say(phone, halden, "I'll send the switch quote by Wednesday")
    (one,) = asked(db)
    yes(phone, one, day="2026-11-25")
    assert db.scalar(sa.select(sa.func.count()).select_from(Promise)) == 1
