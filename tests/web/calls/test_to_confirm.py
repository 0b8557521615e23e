"""The line on top that says what waits to be confirmed, and the sheet behind it."""

import re
from datetime import timedelta

import pytest

from pwa.models import VoiceNote
from pwa.operations.voice_notes import retention, transcription
from pwa.operations.voice_notes.transcription import Pipeline
from pwa.rules.vocabulary.enums import Channel
from pwa.speech.transcript import Transcript, TranscriptLine
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")

SHEET = "/today/confirm"
READING = "Your note is being read"


@pytest.fixture
def talk(halden):
    return factories.interaction(halden, contact_id=halden.contacts[0].id, reached=True)


def spoken(talk, name="0b" * 16):
    values = {"content_type": "audio/webm", "size": 5, "received_at": NOW, "try_after": NOW}
    return factories.save(VoiceNote(interaction=talk, user_id=talk.user_id, name=name, **values))


def hear(db, words):
    db.commit()
    line = TranscriptLine(words, 0.0, 5.0)
    ears = Pipeline("an engine", lambda _path: Transcript((line,)))
    assert transcription.transcribe_pending(retention.store(), ears, lambda: NOW)


def line(page):
    element = re.search(r'<div class="to-confirm".*?</div>', page, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", element[0]).split() if element else []


def test_a_note_that_is_being_read_says_so_until_it_is_read(db, phone, halden, talk):
    spoken(talk)
    for path in ("/today", f"/clients/{halden.id}", SHEET):
        assert " ".join(line(phone.get(path).text)) == READING
    hear(db, "I told her I'd send the switch quote by Wednesday")
    assert line(phone.get("/today").text) == ["1", "to", "confirm"]
    assert line(phone.get(SHEET).text) == []


def test_a_note_in_which_nothing_was_read_says_that_for_a_while(db, phone, talk, time_machine):
    spoken(talk)
    hear(db, "Lovely weather over there today")
    assert " ".join(line(phone.get("/today").text)) == "Nothing was read in your note"
    page = phone.get(SHEET).text
    assert "Nothing was read in this note." in page
    assert "Lovely weather over there today" in page
    time_machine.move_to(NOW + timedelta(hours=2), tick=False)
    assert line(phone.get("/today").text) == []


def test_what_cannot_be_heard_is_not_said_to_be_read(db, phone, talk):
    spoken(talk).trouble = "no_engine"
    db.commit()
    assert line(phone.get("/today").text) == []


def test_a_recap_that_is_left_stands_on_the_sheet_once_all_is_answered(db, phone, halden):
    factories.preference(halden.contacts[0], Channel.EMAIL)
    say(phone, halden, "I'll send the list by Wednesday", "a-call-of-mine")
    (address,) = re.findall(r'action="(/suggestions/\d+)\?next=([^"]+)"', phone.get(SHEET).text)
    assert address[1] == SHEET
    answer = {"key": "a-tap-on-it", "answer": "yes", "day": "2026-11-25", "next": SHEET}
    assert phone.post(address[0], data=answer).headers["Location"] == SHEET
    page = phone.get(SHEET).text
    assert "Write the recap" in page
    assert "next=/today/confirm" in page


def say(phone, client, note, key):
    data = {"key": key, "client": client.id, "contact": client.contacts[0].id, "note": note}
    data |= {"outcome": "spoke", "at": NOW.isoformat()}
    assert phone.post("/interactions", data=data).status_code == 303


def suggestions_at(phone, client):
    return re.findall(r"/suggestions/(\d+)", phone.get(f"{SHEET}?client={client.id}").text)


def test_the_sheet_costs_the_same_for_few_and_for_many(db, phone, charlie, count_queries):
    costs: list[int] = []
    for number in (2, 8):
        for more in range(number):
            client = factories.client(charlie, f"Client {number} {more}")
            factories.preference(factories.contact(client), Channel.EMAIL)
            db.commit()
            say(phone, client, "I'll send the list by Wednesday", f"a-call-{number}-{more}")
            if more % 2:  # answered, and a recap is owed; the others are still open
                tap = {"key": f"a-tap-{number}-{more}", "answer": "yes", "day": "2026-11-25"}
                phone.post(f"/suggestions/{suggestions_at(phone, client)[0]}", data=tap)
        count_queries.clear()
        assert phone.get(SHEET).text.count("Write the recap") == len(costs) * 4 + 1
        costs.append(len(count_queries))
    assert costs[0] == costs[1]


def test_a_client_of_another_team_is_not_there(phone, ingrid, sign_in):
    theirs = factories.client(factories.user())
    assert phone.get(f"{SHEET}?client={theirs.id}").status_code == 404
