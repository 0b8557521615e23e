"""R2, R6, R15: a written update to who asked for writing, drafted and kept once it was sent."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from pwa.models import Client, Interaction
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Channel, Compliance, Kind, Outcome, RequestStatus
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

NOW = factories.NOW  # Friday 20 November 2026, 10:40 in Oslo


@pytest.fixture
def lena(db):
    client = factories.client(factories.user(name="Charlie Boone"), "Nordlicht GmbH")
    lena = factories.contact(client, "Lena Fischer", email="lena@nordlicht.example")
    factories.preference(lena, Channel.EMAIL)
    return lena


@pytest.fixture
def phone(lena, sign_in):
    return sign_in(lena.client.owner)


def address(lena):
    return f"/contacts/{lena.id}/update"


def letter(phone, lena):
    page = phone.get(address(lena))
    assert page.status_code == 200
    (text,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    return unescape(text)


def send(phone, lena, **fields):
    form = {"key": "a-key-of-an-update", "kind": "email", "text": "Hello Lena", **fields}
    return phone.post(address(lena), data=form)


def written(db):
    db.expire_all()
    return db.scalars(sa.select(Interaction).where(Interaction.outcome == Outcome.WRITTEN)).all()


def test_it_says_what_was_done_since_is_open_and_is_owed(phone, db, lena):
    client, who = lena.client, {"contact_id": lena.id}
    done = {"status": RequestStatus.DONE}
    told = factories.request(client, "Told last time", closed_on=date(2026, 11, 13), **done, **who)
    last = factories.interaction(client, at=NOW - timedelta(days=7), kind=Kind.EMAIL, **who)
    last.outcome, last.covered = Outcome.WRITTEN, [told]
    factories.interaction(
        client, at=NOW - timedelta(days=1), outcome=Outcome.VOICEMAIL, reached=False, **who
    )
    factories.request(client, "Backup alarm", closed_on=date(2026, 11, 18), **done, **who)
    factories.request(client, "Old story", closed_on=date(2026, 11, 12), **done)
    factories.request(client, "Second monitor", due=date(2026, 12, 1))
    colleague = factories.contact(client, "Ben Ott")
    factories.request(client, "Of a colleague", contact_id=colleague.id)
    factories.promise(client, "send her the list", kept=date(2026, 11, 19), **who)
    factories.promise(client, "call the supplier for her", due=date(2026, 11, 24), **who)
    factories.promise(client, "owed to a colleague", contact_id=colleague.id)
    factories.promise(client, "send Lena the plan", due=date(2026, 11, 18), **who)
    db.commit()
    assert letter(phone, lena) == (
        "Hello Lena,\n\n"
        "Here is where things stand.\n\n"
        "I owe you an apology. This is late:\n"
        "- Send you the plan (it was due on Wednesday 18 November)\n\n"
        "Done since Friday 13 November:\n- Backup alarm\n- Send you the list\n\n"
        "Still open:\n- Second monitor, by Tuesday 1 December\n\n"
        "What I owe you:\n- Call the supplier for you, by Tuesday 24 November\n\n"
        "If you need anything else, just reply and I'll see to it.\n\n"
        "Best regards,\nCharlie Boone"
    )


def test_once_sent_it_is_contact_in_the_channel_they_asked_for(phone, db, lena):
    last = NOW - timedelta(days=14)
    factories.interaction(lena.client, contact_id=lena.id, at=last, received_at=last)
    refresh_due_dates([lena.client_id], NOW)
    db.commit()
    db.expire_all()
    assert db.get(Client, lena.client_id).next_due <= NOW.date()
    answer = send(phone, lena, text="Hello Lena,\r\nall is well.", next="/today")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")
    send(phone, lena, text="Hello Lena,\r\nall is well.", next="/today")
    (row,) = written(db)
    assert (row.kind, row.direction, row.note) == ("email", "out", "Hello Lena,\nall is well.")
    assert (row.contact_id, row.reached, row.asks_for_time) == (lena.id, True, False)
    assert row.stamp is Compliance.HONOURED
    assert db.get(Client, lena.client_id).next_due > NOW.date()
    assert "Kept: your update to Lena." in phone.get("/promises").text


def test_in_another_channel_it_is_no_contact(phone, db, lena):
    send(phone, lena, kind="text")
    (row,) = written(db)
    assert (row.reached, row.stamp) == (False, Compliance.NOT_HONOURED)


def test_what_was_said_to_be_sent_without_a_network_counts_from_then(phone, db, lena):
    saved, sent = NOW - timedelta(hours=3), NOW
    headers = {"X-Rounds-Happened": saved.isoformat(), "X-Rounds-Sent": sent.isoformat()}
    form = {"key": "a-key-of-an-update", "kind": "email", "text": "Hello Lena"}
    phone.post(address(lena), data=form, headers=headers)
    assert written(db)[0].at == saved


@pytest.mark.parametrize(
    ("fields", "control"),
    [({"text": " "}, "text"), ({"kind": ""}, "kind"), ({"kind": "call"}, "kind")],
)
def test_a_letter_without_words_or_channel_is_asked_for(phone, db, lena, fields, control):
    answer = send(phone, lena, **fields)
    assert answer.status_code == 422
    assert f'id="{control}-problem"' in answer.text
    assert written(db) == []


def test_before_we_talked_about_what_went_wrong_it_is_call_first(phone, db, lena):
    factories.recovery(lena.client, contact_id=lena.id)
    db.commit()
    text = phone.get(address(lena)).text
    assert "Call first" in text
    assert "Ask for a time to talk" in text
    assert "mailto:" not in text
    answer = send(phone, lena)
    assert answer.status_code == 409
    assert answer.headers["X-Rounds-Problem"].startswith("Call%20first")
    assert 'id="call-first"' in answer.text
    assert written(db) == []
    page = phone.get(f"/clients/{lena.client_id}").text
    assert "Write to Lena" not in page
    assert "I am sorry for what went wrong" in phone.get(f"/contacts/{lena.id}/time-to-talk").text


def test_the_page_of_who_asked_for_writing_leads_with_writing(phone, db, lena):
    def reach():
        (part,) = re.findall(r'<div class="reach">.*?</div>', phone.get(page).text, re.DOTALL)
        return part

    page = f"/clients/{lena.client_id}"
    db.commit()
    part = reach()
    assert re.search(rf'class="button primary big" href="{address(lena)}\?', part)
    assert part.index("Write to Lena") < part.index('aria-label="Call Lena"')
    assert "button call big" not in part
    lena.preferences[0].channel = Channel.PHONE
    db.commit()
    assert "button call big" in reach()
    assert address(lena) not in reach()


def test_the_list_leads_to_the_draft(phone, db, lena):
    refresh_due_dates([lena.client_id], NOW)
    db.commit()
    text = phone.get("/today").text
    assert f'href="{address(lena)}?next=/today"' in text
    assert "Write to Lena" in text


def test_afterwards_it_is_asked_what_was_sent(phone, db, lena):
    db.commit()
    asked = phone.get(f"{address(lena)}?key=a-key-of-an-update").text
    assert ">What did you send Lena?</h1>" in asked
    assert 'name="key" value="a-key-of-an-update"' in asked
    about = {"client": lena.client_id, "contact": lena.id, "key": "a-key-of-a-mail"}
    for kind, words in (("email", "What did you send Lena?"), ("call", "How did it go with Lena?")):
        page = phone.get("/interactions/new", query_string={**about, "kind": kind})
        assert f"<h1>{words}</h1>" in page.text


def test_the_page_takes_the_same_statements_however_much_there_is(phone, db, lena, count_queries):
    factories.a_full_page(lena.client, 1)
    db.commit()
    counts = []
    for _ in range(2):
        db.expire_all()
        count_queries.clear()
        phone.get(address(lena))
        counts.append(len(count_queries))
        factories.a_full_page(lena.client, 5)
        db.commit()
    assert counts[0] == counts[1] <= 16
