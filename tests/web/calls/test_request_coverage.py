"""After a conversation: every open request in one go (R11), and the answer to an offer (R9)."""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Agreement, Cadence, Interaction, ServiceRequest
from pwa.models.cadence import Answer
from pwa.rules.vocabulary.enums import RequestStatus, Stage
from tests import factories

NOW = factories.NOW
KEY = "3f6f3c39-6a3e-4d8c-9a63-1f0d8e1c7c11"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def manager(db):
    return factories.user()


@pytest.fixture
def client(manager):
    return factories.client(manager)


@pytest.fixture
def dana(client):
    return factories.contact(client)


@pytest.fixture
def web(manager, dana, sign_in):
    return sign_in(manager)


def said(client, dana, /, **fields):
    common = {"key": KEY, "client": client.id, "contact": dana.id, "kind": "call"}
    moment = {"at": (NOW - timedelta(minutes=10)).isoformat(), "direction": "out"}
    return {**common, **moment, "outcome": "spoke", **fields}


def form(web, client, dana):
    address = f"/interactions/new?client={client.id}&contact={dana.id}&key={KEY}"
    return web.get(address).text


def covered(db):
    db.expire_all()
    rows = db.scalars(sa.select(Interaction).order_by(Interaction.id.desc())).all()
    return [one.title for one in rows[0].covered]


def test_each_open_request_stands_there_with_three_answers(web, db, client, dana):
    alarm = factories.request(client, due=date(2026, 11, 24))
    factories.request(client, "Long done", status=RequestStatus.DONE)
    db.commit()
    text = form(web, client, dana)
    assert "Go through, every one" in text
    assert "Long done" not in text
    for value, words in (("done", "Done"), ("open", "Still open"), ("", "Not discussed")):
        assert f'name="request-{alarm.id}" value="{value}"' in text
        assert words in text
    assert f'name="due-{alarm.id}" value="2026-11-24"' in text


def test_nothing_to_go_through_is_not_mentioned(web, db, client, dana):
    assert "Go through, every one" not in form(web, client, dana)


def test_done_closes_still_open_moves_and_the_rest_is_as_it_was(web, db, client, dana):
    alarm, port, printer = (factories.request(client, one) for one in ("Alarm", "Port", "Printer"))
    db.commit()
    fields = {
        f"request-{alarm.id}": "done",
        f"request-{port.id}": "open",
        f"due-{port.id}": "2026-12-01",
        f"request-{printer.id}": "",
        f"due-{printer.id}": "2026-12-24",
    }
    assert web.post("/interactions", data=said(client, dana, **fields)).status_code == 303
    assert covered(db) == ["Alarm", "Port"]
    assert (alarm.status, alarm.closed_on) == (RequestStatus.DONE, NOW.date())
    assert (port.status, port.due) == (RequestStatus.OPEN, date(2026, 12, 1))
    assert (printer.status, printer.due) == (RequestStatus.OPEN, None)


def test_still_open_may_keep_its_day(web, db, client, dana):
    port = factories.request(client, due=date(2026, 11, 24))
    db.commit()
    web.post("/interactions", data=said(client, dana, **{f"request-{port.id}": "open"}))
    assert covered(db) == [port.title]
    assert port.due == date(2026, 11, 24)


def test_only_requests_of_this_client_are_touched(web, db, client, dana, manager):
    theirs = factories.request(factories.client(manager, "Brightline Dental"))
    db.commit()
    web.post("/interactions", data=said(client, dana, **{f"request-{theirs.id}": "done"}))
    assert covered(db) == []
    assert theirs.status is RequestStatus.OPEN


@pytest.mark.parametrize(
    ("day", "words"), [("2026-11-19", "That day is gone"), ("soon", "Write the day as")]
)
def test_a_day_that_cannot_be_is_said_and_nothing_is_stored(web, db, client, dana, day, words):
    port = factories.request(client)
    db.commit()
    fields = {f"request-{port.id}": "open", f"due-{port.id}": day}
    page = web.post("/interactions", data=said(client, dana, note="She waits", **fields))
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{day}"' in page.text
    assert re.search(rf'name="request-{port.id}" value="open"[^>]* checked', page.text)
    assert "She waits" in page.text
    assert db.scalars(sa.select(Interaction)).all() == []


def test_who_was_not_reached_went_through_nothing(web, db, client, dana):
    alarm = factories.request(client)
    db.commit()
    fields = said(client, dana, outcome="voicemail", **{f"request-{alarm.id}": "done"})
    assert web.post("/interactions", data=fields).status_code == 303
    assert covered(db) == []
    assert alarm.status is RequestStatus.OPEN


def test_a_letter_is_about_something_too(web, db, client, dana):
    alarm = factories.request(client)
    db.commit()
    fields = {"kind": "email", "outcome": "written", f"request-{alarm.id}": "open"}
    web.post("/interactions", data=said(client, dana, **fields))
    assert covered(db) == [alarm.title]


def test_a_mistap_opens_again_what_was_done_in_it(web, db, client, dana):
    alarm = factories.request(client)
    db.commit()
    web.post("/interactions", data=said(client, dana, **{f"request-{alarm.id}": "done"}))
    row = db.scalars(sa.select(Interaction)).one()
    data = {"key": KEY[::-1], "outcome": "voicemail"}
    assert web.post(f"/interactions/{row.id}/correction", data=data).status_code == 303
    assert covered(db) == []
    stands = db.get(ServiceRequest, alarm.id)
    assert (stands.status, stands.closed_on) == (RequestStatus.OPEN, None)


@pytest.fixture
def earned(db, client, dana):
    """Twice a week since the 2nd, always on schedule: once a week may be offered."""
    cadence = db.scalar(sa.select(Cadence).where(Cadence.client_id == client.id))
    cadence.stage, cadence.since = Stage.TWICE_WEEKLY, date(2026, 11, 9)
    for day in (9, 12, 16, 19):
        at = NOW.replace(day=day)
        factories.interaction(client, contact_id=dana.id, at=at)
    db.commit()


def answered(web, client, dana, answer, **fields):
    fields = {"offered": "weekly", "answer": answer, **fields}
    return web.post("/interactions", data=said(client, dana, **fields))


def test_the_offer_and_its_answers_stand_on_the_form(web, client, dana, earned):
    text = form(web, client, dana)
    assert "Offer once a week" in text
    for value, words in (("agreed", "Agreed"), ("not_yet", "Not yet"), ("", "Not offered")):
        assert f'name="answer" value="{value}"' in text
        assert words in text


@pytest.mark.parametrize(
    ("answer", "stage"), [("agreed", Stage.WEEKLY), ("not_yet", Stage.TWICE_WEEKLY)]
)
def test_what_they_said_is_kept_with_the_words(web, db, client, dana, earned, answer, stage):
    answered(web, client, dana, answer, note="Once is plenty")
    row = db.scalars(sa.select(Agreement)).one()
    assert (row.answer, row.stage, row.contact_id) == (Answer(answer), Stage.WEEKLY, dana.id)
    assert (row.words, row.on) == ("Once is plenty", NOW.date())
    now = sa.select(Cadence.stage).where(Cadence.client_id == client.id, Cadence.ended_at.is_(None))
    assert db.scalar(now) is stage
    assert "Offer" not in form(web, client, dana)


@pytest.mark.parametrize(
    "fields", [{"answer": ""}, {"outcome": "voicemail"}, {"offered": "daily"}, {"offered": "x"}]
)
def test_without_an_answer_nothing_changes(web, db, client, dana, earned, fields):
    answer = answered(web, client, dana, **{"answer": "agreed", **fields})
    assert answer.status_code == 303
    assert db.scalars(sa.select(Agreement)).all() == []
    now = sa.select(Cadence.stage).where(Cadence.client_id == client.id, Cadence.ended_at.is_(None))
    assert db.scalar(now) is Stage.TWICE_WEEKLY
