"""What somebody says No to: kept without names, as long as the note and the No stand."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.files.training import CASES
from pwa.models import Promise, Role, Suggestion, VoiceNote
from pwa.operations.maintenance import cleanup
from pwa.operations.voice_notes import retention, transcription
from pwa.operations.voice_notes.transcription import Pipeline
from pwa.speech.transcript import Transcript, TranscriptLine
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")

SAID = "I told Dana Whitfield I'd send the Halden quote to whitfield by Wednesday"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def no_cases(app):
    (app.config["ROUNDS"].instance_path / CASES).unlink(missing_ok=True)


@pytest.fixture
def talk(charlie):
    client = factories.client(charlie, name="Halden Bakery")
    return factories.interaction(client, contact_id=factories.contact(client).id)


@pytest.fixture
def phone(charlie, sign_in, talk):
    return sign_in(charlie)


@pytest.fixture
def spoken(app, db, phone, talk):
    """A note that was recorded and written out, with one thing to confirm."""
    values = {"content_type": "audio/webm", "size": 5, "received_at": NOW, "try_after": NOW}
    note = VoiceNote(interaction=talk, user_id=talk.user_id, name="0b" * 16, **values)
    factories.save(note)
    ears = Pipeline("an engine", lambda _path: Transcript((TranscriptLine(SAID, 0.0, 5.0),)))
    transcription.transcribe_pending(retention.store(), ears, lambda: NOW)
    return note


def answer(phone, db, what="no", **values):
    one = db.scalars(sa.select(Suggestion)).one()
    data = {"key": f"a-tap-for-{what}", "answer": what, **values}
    assert phone.post(f"/suggestions/{one.id}", data=data).status_code == 303
    db.expire_all()


def cases(app):
    file = app.config["ROUNDS"].instance_path / CASES
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def test_it_is_kept_without_the_names_of_the_client_and_its_people(app, db, phone, spoken):
    answer(phone, db)
    (case,) = cases(app)
    assert case["said"] == "I told [name] [name] I'd send the [name] quote to [name] by Wednesday"
    assert case["not"]["text"] == "send the [name] quote to [name]"


def test_the_card_says_so_beforehand(db, phone, spoken):
    assert "kept, without their names" in phone.get("/today/confirm").text


def test_it_goes_with_the_note(app, db, phone, spoken):
    answer(phone, db)
    address = f"/voice-notes/{spoken.id}/deletion"
    assert phone.post(address, data={"key": "away-with-it"}).status_code == 303
    assert cases(app) == []


@pytest.mark.parametrize(("days", "left"), [(364, 1), (366, 0)])
def test_it_goes_when_what_was_heard_has_had_its_time(app, db, phone, spoken, days, left):
    answer(phone, db)
    cleanup.clean_up(NOW + days * DAY)
    assert len(cases(app)) == left


def test_a_no_that_becomes_a_yes_is_no_case(app, db, phone, spoken):
    answer(phone, db)
    answer(phone, db, "yes", day="2026-11-25")
    assert db.scalar(sa.select(Promise.id))
    assert cases(app) == []


def test_a_file_that_cannot_be_written_keeps_nobody_from_answering(app, db, phone, spoken):
    file = app.config["ROUNDS"].instance_path / CASES
    file.mkdir()
    try:
        answer(phone, db)
    finally:
        file.rmdir()
    assert db.scalars(sa.select(Suggestion.accepted)).one() is False


def test_what_is_taken_along_leads_back_to_nobody(app, db, phone, spoken, sign_in):
    answer(phone, db)
    desk = sign_in(factories.user(email="ada@example.com", role=Role.ADMINISTRATOR))
    (case,) = [json.loads(line) for line in desk.get("/admin/not-so.jsonl").text.splitlines()]
    assert set(case) == {"at", "said", "heard_by", "not", "value"}
    assert case["heard_by"] == "an engine"


def test_what_was_kept_before_it_could_be_taken_back_is_let_go(app, db, phone, spoken):
    file = app.config["ROUNDS"].instance_path / CASES
    file.write_text('{"at": "2026-11-20T10:40:00+01:00", "said": "Dana is fine"}\n')
    cleanup.clean_up(NOW)
    assert cases(app) == []
