"""What a phone sends twice takes place once, and no answer is kept to be said again."""

import pytest
import sqlalchemy as sa

from pwa.models import Device
from pwa.rules.vocabulary.enums import Outcome
from tests import factories
from tests.factories import NOW
from tests.web.calls.test_suggestions import answer, asked, say

pytestmark = pytest.mark.usefixtures("on_a_friday")

HTMX = {"HX-Request": "true"}
TWO = "I told her I'd send the switch quote by Wednesday. Once a month is plenty for her"


def test_a_device_that_is_removed_twice_is_gone_once(db, sign_in, charlie):
    phone = sign_in(charlie)
    values = {"user_id": charlie.id, "p256dh": "p", "auth": "a", "created_at": NOW}
    for name in ("old", "new"):
        address = f"https://push.example/{name}"
        factories.save(Device(endpoint=address, name=f"My {name} phone", **values))
    db.commit()
    first = db.scalar(sa.select(Device.id).order_by(Device.id))
    for _ in range(2):
        data = {"key": "away-with-it"}
        left = phone.post(f"/devices/{first}/removal", data=data, headers=HTMX)
        assert left.status_code == 200
        assert "My new phone" in left.text
        assert "My old phone" not in left.text


def test_a_way_on_is_given_again_and_another_body_is_refused(db, sign_in, charlie):
    client = factories.client(charlie)
    phone = sign_in(charlie)
    data = {"key": "a-call-of-mine", "client": client.id, "outcome": Outcome.BUSY}
    data |= {"at": NOW.isoformat(), "next": f"/clients/{client.id}"}
    answers = [phone.post("/interactions", data=data) for _ in range(2)]
    assert [one.headers["Location"] for one in answers] == [f"/clients/{client.id}"] * 2
    data["outcome"] = Outcome.NO_ANSWER
    assert phone.post("/interactions", data=data).status_code == 409


def tap(phone, one, **values):
    data = {"key": "a-tap-with-htmx", "answer": "no", **values}
    return phone.post(f"/suggestions/{one.id}", data=data, headers=HTMX)


def test_what_is_tapped_twice_is_shown_as_it_stands_and_another_answer_is_refused(
    db, phone, halden
):
    say(phone, halden, TWO)
    one, other = asked(db)
    assert "Dismissed" in tap(phone, one).text
    answer(phone, other, "no")
    again = tap(phone, one)
    assert again.text.lstrip().startswith("<article")
    assert again.text.count("Dismissed") == 2
    assert tap(phone, one, answer="yes").status_code == 409


def test_what_was_said_is_kept_with_no_answer(db, phone, halden):
    say(phone, halden, TWO)
    tap(phone, asked(db)[0])
    kept = db.execute(sa.text("SELECT * FROM receipts")).all()
    assert len(kept) == 2
    assert "switch quote" not in "".join(str(value) for row in kept for value in row)
