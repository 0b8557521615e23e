"""What was promised and booked is told with the conversation, and stored with it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Booking, Interaction, Promise
from pwa.web.forms.calls.commitments import day_of
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

NOW = factories.NOW  # a Friday
TODAY = date(2026, 11, 20)


@pytest.fixture
def dana(db):
    return factories.contact(factories.client(factories.user()))


@pytest.fixture
def phone(dana, sign_in):
    return sign_in(dana.client.owner)


@pytest.fixture
def save(phone, dana):
    def saved(at=NOW - timedelta(minutes=10), **fields):
        told = {"key": "a-key-of-a-call", "client": dana.client_id, "contact": dana.id}
        told |= {"kind": "call", "direction": "out", "outcome": "spoke", "at": at.isoformat()}
        return phone.post("/interactions", data={**told, **fields})

    return saved


def promises(db):
    db.expire_all()
    rows = db.scalars(sa.select(Promise).order_by(Promise.id))
    return [(row.words, row.made, row.due) for row in rows]


@pytest.mark.parametrize(
    ("button", "said_on", "due"),
    [
        ("today", TODAY, TODAY),
        ("tomorrow", TODAY, date(2026, 11, 21)),
        ("friday", TODAY, date(2026, 11, 27)),
        ("friday", date(2026, 11, 19), TODAY),
        ("friday", date(2026, 11, 21), date(2026, 11, 27)),
        ("next_week", TODAY, date(2026, 11, 27)),
        ("next_week", date(2026, 11, 22), date(2026, 11, 27)),
        ("next_week", date(2026, 11, 23), date(2026, 12, 4)),
        ("", TODAY, None),
        ("someday", TODAY, None),
    ],
)
def test_what_a_button_means(button, said_on, due):
    assert day_of(button, said_on) == due


def test_promises_are_stored_with_the_conversation(save, db, dana):
    answer = save(
        promise_1="send the quote",
        by_1="tomorrow",
        promise_2="ask the carrier",
        by_2="friday",
        day_2="2026-12-03",
    )
    assert answer.status_code == 303
    assert promises(db) == [
        ("send the quote", TODAY, date(2026, 11, 21)),
        ("ask the carrier", TODAY, date(2026, 12, 3)),
    ]
    given = db.scalars(sa.select(Promise)).first()
    assert (given.contact_id, given.made_by_id) == (dana.id, dana.client.owner_id)
    save(promise_1="send the quote", by_1="tomorrow", promise_2="", by_2="")
    assert len(promises(db)) == 2


def test_a_button_counts_from_the_day_of_the_talk(save, db):
    assert save(at=NOW - timedelta(days=3), promise_1="call back", by_1="today").status_code == 303
    assert promises(db) == [("call back", date(2026, 11, 17), date(2026, 11, 17))]


def test_a_day_without_words_is_nothing(save, db):
    assert save(by_1="friday", promise_1=" ").status_code == 303
    assert promises(db) == []


@pytest.mark.parametrize(
    ("fields", "control", "words"),
    [
        ({"promise_1": "send it"}, "day_1", "By which day?"),
        ({"promise_1": "send it", "day_1": "2026-11-19"}, "day_1", "That day is gone"),
        ({"promise_1": "send it", "day_1": "soon"}, "day_1", "Write the day as"),
        ({"day_2": "2026-11-27"}, "promise_2", "What did you promise?"),
        ({"talk_day": "2026-11-27"}, "talk_time", "What time?"),
        ({"talk_day": "2026-11-20", "talk_time": "09:00"}, "talk_day", "That moment is gone"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(save, db, fields, control, words):
    answer = save(**fields, note="They need it for the audit")
    assert answer.status_code == 422
    assert f'id="{control}-problem">{words}' in answer.text
    assert "They need it for the audit" in answer.text
    assert all(typed in answer.text for typed in fields.values())
    assert promises(db) == []
    assert db.scalars(sa.select(Interaction)).all() == []


def test_nothing_is_promised_to_a_voicemail(save, db):
    fields = {"promise_1": "send it", "by_1": "today", "talk_day": "2026-11-27"}
    assert save(outcome="voicemail", **fields).status_code == 303
    assert promises(db) == []
    assert db.scalars(sa.select(Booking)).all() == []


def test_the_next_talk_is_booked_by_their_clock(save, db, dana):
    dana.timezone = "America/New_York"
    db.commit()
    assert save(talk_day="2026-11-24", talk_time="09:00").status_code == 303
    booking = db.scalars(sa.select(Booking)).one()
    assert booking.at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert (booking.contact_id, booking.kind, booking.settled_at) == (dana.id, "call", None)
