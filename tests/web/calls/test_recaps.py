"""R3, R6, R16: the recap of a conversation, drafted from what was confirmed and kept when sent."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import sqlalchemy as sa

from pwa.models import Cadence, Interaction, PromiseMove, Recovery
from pwa.rules.vocabulary.enums import Channel, Kind, Outcome, RequestStatus, Severity
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

NOW = factories.NOW  # Friday 20 November 2026, 10:40 in Oslo
TODAY = date(2026, 11, 20)


@pytest.fixture
def dana(db):
    client = factories.client(factories.user(name="Charlie Boone"))
    return factories.contact(client, email="dana+work@halden.example")


@pytest.fixture
def halden(dana):
    return dana.client


@pytest.fixture
def talk(halden, dana):
    return factories.interaction(halden, contact_id=dana.id, at=NOW - timedelta(hours=1))


@pytest.fixture
def phone(talk, halden, sign_in):
    return sign_in(halden.owner)


def asked_for(contact, channel):
    factories.preference(contact, channel)


def wrong(halden, dana, **values):
    made = {"cause": "delivery missing", "severity": Severity.HIGH, "opened": NOW, **values}
    return factories.save(Recovery(client_id=halden.id, contact_id=dana.id, **made))


def address(talk):
    return f"/interactions/{talk.id}/recap"


def letter(phone, talk):
    page = phone.get(address(talk))
    assert page.status_code == 200
    (text,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    return unescape(text)


def links(text):
    return [unescape(link) for link in re.findall(r'href="((?:mailto|sms):[^"]+body=[^"]+)"', text)]


def send(phone, talk, **fields):
    form = {"key": "a-key-of-a-recap", "kind": "email", "text": "Hello Dana", **fields}
    return phone.post(address(talk), data=form)


def sent(db):
    db.expire_all()
    return db.scalars(sa.select(Interaction).where(Interaction.outcome == Outcome.WRITTEN)).all()


def test_the_draft_says_what_was_confirmed_and_ends_on_how_it_was_settled(
    phone, db, halden, dana, talk
):
    done = factories.request(halden, "Backup alarm", status=RequestStatus.DONE)
    waiting = factories.request(halden, "Second monitor", due=date(2026, 12, 1))
    factories.request(halden, "Not talked about")
    talk.covered = [done, waiting]
    factories.promise(
        halden, "send her the quote", made=TODAY, due=date(2026, 11, 24), contact_id=dana.id
    )
    factories.promise(halden, "given last week", contact_id=dana.id)
    factories.promise(halden, "given to someone else", made=TODAY)
    factories.booking(halden, contact_id=dana.id, at=datetime(2026, 12, 1, 14, 0, tzinfo=UTC))
    db.execute(sa.update(Cadence).values(agreed_with_id=dana.id, since=TODAY))
    db.commit()
    assert letter(phone, talk) == (
        "Hello Dana,\n\n"
        "Thank you for your time. Here is what we agreed:\n\n"
        "Done:\n- Backup alarm\n\n"
        "Still open:\n- Second monitor, by Tuesday 1 December\n\n"
        "What I promised you:\n- Send you the quote, by Tuesday 24 November\n\n"
        "From now on, you will hear from me weekly. "
        "Our next call is on Tuesday 1 December at 15:00.\n\n"
        "If you remember anything differently, let me know and I'll correct it.\n\n"
        "We settled this on the phone on Friday 20 November.\n\n"
        "Best regards,\nCharlie Boone"
    )


def test_a_recovery_ends_on_what_we_do_about_it(phone, db, halden, dana, talk):
    promise = factories.promise(
        halden, "book a second carrier", made=TODAY, due=date(2026, 12, 4), contact_id=dana.id
    )
    recovery = wrong(halden, dana, make_good="A van brings it on Monday.", live=talk.at)
    recovery.prevention_id = promise.id
    talk.recovery_id = recovery.id
    talk.kind, talk.outcome = Kind.VISIT, Outcome.VISITED
    db.commit()
    text = letter(phone, talk)
    assert "I am sorry for what went wrong: delivery missing." in text
    assert "Here is what we are doing about it: A van brings it on Monday." in text
    assert "so that it does not happen again: book a second carrier, by Friday 4 December." in text
    assert text.count("second carrier") == 1
    assert "We settled this in person on Friday 20 November." in text


def test_what_was_promised_before_and_is_late_is_said_first(phone, db, halden, dana, talk):
    factories.promise(halden, "send him the list", due=date(2026, 11, 18), contact_id=dana.id)
    moved = factories.promise(halden, "test it", due=date(2026, 11, 17), contact_id=dana.id)
    moved.moves.append(PromiseMove(to=date(2026, 11, 26), told=None, moved_on=TODAY))
    moved.falls_due = date(2026, 11, 26)
    db.commit()
    assert (
        "Thank you for your time.\n\n"
        "I owe you an apology. This is late:\n"
        "- Send you the list (it was due on Wednesday 18 November)\n"
        "- Test it (it was due on Tuesday 17 November and will be there by Thursday 26 November)"
    ) in letter(phone, talk)


@pytest.mark.parametrize(
    ("channel", "order"),
    [
        (Channel.EMAIL, ["mailto", "sms"]),
        (Channel.TEXT, ["sms", "mailto"]),
        (Channel.PHONE, ["mailto", "sms"]),
    ],
)
def test_their_own_channel_comes_first(phone, db, dana, talk, channel, order):
    asked_for(dana, channel)
    db.commit()
    text = phone.get(address(talk)).text
    assert [link.split(":")[0] for link in links(text)] == order
    chosen = re.findall(r'name="kind" value="(\w+)"[^>]* checked', text)
    assert chosen == [{"mailto": "email", "sms": "text"}[order[0]]]
    assert ("Dana asked for writing" in text) is (channel is not Channel.PHONE)


def test_the_links_carry_the_letter(phone, db, dana, talk):
    mail, text = links(phone.get(address(talk)).text)
    where = urlsplit(mail)
    assert where.path == "dana+work@halden.example"
    query = parse_qs(where.query)
    assert query["subject"] == ["Our conversation on Friday 20 November"]
    assert query["body"][0].replace("\r\n", "\n") == letter(phone, talk)
    assert text.startswith("sms:+4722123456?&body=Hello%20Dana%2C%0D%0A")
    assert unquote(text).endswith("Best regards,\r\nCharlie Boone")


def test_once_sent_it_is_kept_with_its_words(phone, db, halden, dana, talk):
    talk.covered = [factories.request(halden)]
    recovery = wrong(halden, dana, live=talk.at)
    talk.recovery_id = recovery.id
    db.commit()
    answer = send(phone, talk, text="Hello Dana,\r\nall is well.", kind="text")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/clients/{halden.id}#history"
    (row,) = sent(db)
    assert (row.kind, row.direction, row.recap_of_id) == ("text", "out", talk.id)
    assert (row.note, row.at, row.contact_id) == ("Hello Dana,\nall is well.", NOW, dana.id)
    assert [one.title for one in row.covered] == ["Backup alarm"]
    assert datetime.fromisoformat(db.get(Recovery, recovery.id).recap) == NOW
    send(phone, talk, text="Hello Dana,\r\nall is well.", kind="text")
    assert len(sent(db)) == 1
    page = phone.get(f"/clients/{halden.id}").text
    assert "Recap: Sent a text" in page
    assert "Write the recap" not in page
    assert "You sent one today 10:40" in phone.get(address(talk)).text


@pytest.mark.parametrize(
    ("fields", "control", "words"),
    [
        ({"text": " "}, "text", "What did you write?"),
        ({"kind": ""}, "kind", "How did you send it?"),
        ({"kind": "call"}, "kind", "How did you send it?"),
    ],
)
def test_an_empty_recap_is_asked_for(phone, db, talk, fields, control, words):
    answer = send(phone, talk, **fields)
    assert answer.status_code == 422
    assert f'id="{control}-problem">{words}' in answer.text
    assert sent(db) == []


def test_before_we_talked_about_it_no_letter_goes_out(phone, db, halden, dana, talk):
    wrong(halden, dana, opened=NOW - timedelta(minutes=5))
    db.commit()
    text = phone.get(address(talk)).text
    assert "Call first" in text
    assert "Make it right" in text
    assert "mailto:" not in text
    assert send(phone, talk).status_code == 409
    assert sent(db) == []


def test_a_try_or_a_letter_is_nothing_to_sum_up(phone, db, halden, dana):
    for values in (
        {"outcome": Outcome.VOICEMAIL},
        {"kind": Kind.EMAIL, "outcome": Outcome.WRITTEN},
        {"superseded_at": NOW},
    ):
        row = factories.interaction(halden, contact_id=dana.id, **values)
        db.commit()
        assert phone.get(address(row)).status_code == 404


def test_it_is_offered_in_the_history_of_the_client(phone, db, halden, dana, talk):
    page = f"/clients/{halden.id}"
    assert "Write the recap" not in phone.get(page).text
    factories.promise(halden, made=TODAY, due=date(2026, 12, 1), contact_id=dana.id)
    db.commit()
    text = phone.get(page).text
    assert f'href="{address(talk)}"' in text
    assert "asked for writing" not in text


def test_who_asked_for_writing_is_owed_one_for_six_days(phone, db, halden, dana, talk):
    asked_for(dana, Channel.EMAIL)
    page = f"/clients/{halden.id}"
    for days, owed in ((6, True), (7, False)):
        talk.at = NOW - timedelta(days=days)
        db.commit()
        assert ("Dana asked for writing." in phone.get(page).text) is owed


def test_whatever_was_written_to_them_since_settles_what_is_owed(phone, db, halden, dana, talk):
    asked_for(dana, Channel.EMAIL)
    written = {"kind": Kind.EMAIL, "outcome": Outcome.WRITTEN}
    factories.interaction(halden, contact_id=dana.id, at=talk.at - timedelta(days=1), **written)
    db.commit()
    page = f"/clients/{halden.id}"
    assert "Dana asked for writing." in phone.get(page).text
    factories.interaction(halden, contact_id=dana.id, **written)
    db.commit()
    assert "Dana asked for writing." not in phone.get(page).text


@pytest.mark.parametrize(
    ("channel", "fields", "offered", "owed"),
    [
        (Channel.PHONE, {}, False, False),
        (Channel.PHONE, {"promise_1": "send it", "by_1": "tomorrow"}, True, False),
        (Channel.EMAIL, {}, True, True),
        (Channel.EMAIL, {"outcome": "no_answer"}, False, False),
    ],
)
def test_it_is_offered_as_soon_as_a_call_is_saved(
    phone, db, halden, dana, talk, channel, fields, offered, owed
):
    asked_for(dana, channel)
    db.commit()
    told = {"key": "a-key-of-a-call", "client": halden.id, "contact": dana.id, "kind": "call"}
    told |= {"direction": "out", "outcome": "spoke", "at": NOW.isoformat(), "next": "/promises"}
    answer = phone.post("/interactions", data={**told, **fields})
    text = phone.get(answer.headers["Location"]).text
    assert ("Write the recap" in text) is offered
    assert ("the recap is due today" in text) is owed


def test_the_row_of_a_recap_leads_to_the_talk_that_owes_it(phone, db, halden, dana, talk):
    way = f"/clients/{halden.id}/contacts/{dana.id}/recap"
    assert phone.get(way).headers["Location"] == address(talk)
    send(phone, talk)
    assert phone.get(way).headers["Location"] == f"/clients/{halden.id}#history"
    other = factories.contact(factories.client(halden.owner))
    db.commit()
    assert phone.get(f"/clients/{halden.id}/contacts/{other.id}/recap").status_code == 404


def test_an_outsider_reads_and_writes_nothing(db, talk, halden, dana, sign_in):
    outsider = sign_in(factories.user())
    assert outsider.get(address(talk)).status_code == 404
    assert send(outsider, talk).status_code == 404
    way = f"/clients/{halden.id}/contacts/{dana.id}/recap"
    assert outsider.get(way).status_code == 404
    assert sent(db) == []


def test_a_corrected_talk_keeps_its_recap(phone, db, talk):
    send(phone, talk)
    form = {"key": "a-correction-key", "outcome": "spoke"}
    assert phone.post(f"/interactions/{talk.id}/correction", data=form).status_code == 303
    (recap,) = sent(db)
    assert db.get(Interaction, recap.recap_of_id).supersedes_id == talk.id
