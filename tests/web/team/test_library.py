"""The library (R23): what a conversation taught, once whoever it belongs to has shared it."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from pwa.models import Lesson, VoiceNote
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

LESSON = {
    "key": "mark-a-lesson",
    "topic": "apology",
    "line": "She let him finish before answering.",
}
SOUND = b"\x1aE\xdf\xa3" + bytes(200)


@pytest.fixture
def talk(charlie, app):
    """A conversation with a spoken note about it."""
    client = factories.client(charlie)
    dana = factories.contact(client)
    row = factories.interaction(client, contact_id=dana.id)
    folder = Path(app.config["ROUNDS"].voice_notes_url)
    folder.mkdir(exist_ok=True)
    (folder / "apology.webm").write_bytes(SOUND)
    factories.save(
        VoiceNote(
            interaction_id=row.id,
            user_id=charlie.id,
            name="apology.webm",
            content_type="audio/webm",
            size=len(SOUND),
            received_at=factories.NOW,
        )
    )
    return row


def mark(browser, row, **values):
    return browser.post(f"/interactions/{row.id}/lesson", data={**LESSON, **values})


def note_of(db):
    return f"/voice-notes/{db.scalar(sa.select(VoiceNote.id))}"


def heard(browser, db):
    with browser.get(note_of(db)) as answer:
        return answer.data


def test_ones_own_is_shared_at_once_and_heard_by_the_team(db, sign_in, charlie, ingrid, talk):
    colleague = sign_in(ingrid)
    assert colleague.get(note_of(db)).status_code == 404
    assert mark(sign_in(charlie), talk).status_code == 303
    library = colleague.get("/library").text
    assert LESSON["line"] in library
    assert note_of(db) in library
    assert heard(colleague, db) == SOUND


def test_a_note_stays_the_managers_own_until_they_share_it(
    db, sign_in, petra, charlie, ingrid, talk
):
    desk, phone = sign_in(petra), sign_in(charlie)
    answer = mark(desk, talk)
    assert answer.status_code == 303
    assert desk.get(note_of(db)).status_code == 404
    assert LESSON["line"] not in sign_in(ingrid).get("/library").text
    assert "1 to answer" in phone.get("/me").text
    assert "Petra would like the team to learn from it." in phone.get("/library").text
    lesson = db.scalar(sa.select(Lesson))
    assert (
        phone.post(f"/lessons/{lesson.id}/share", data={"key": "yes-share-it"}).status_code == 303
    )
    assert heard(desk, db) == SOUND


def test_who_would_rather_not_is_not_asked_again(db, sign_in, petra, charlie, talk):
    mark(sign_in(petra), talk)
    phone = sign_in(charlie)
    lesson = db.scalar(sa.select(Lesson))
    phone.post(f"/lessons/{lesson.id}/private", data={"key": "no-keep-it"})
    assert LESSON["line"] not in phone.get("/library").text
    assert "to answer" not in phone.get("/me").text


def test_what_was_shared_can_be_taken_back(db, sign_in, petra, charlie, talk):
    phone = sign_in(charlie)
    mark(phone, talk)
    lesson = db.scalar(sa.select(Lesson))
    phone.post(f"/lessons/{lesson.id}/private", data={"key": "take-it-back"})
    desk = sign_in(petra)
    assert LESSON["line"] not in desk.get("/library").text
    assert desk.get(note_of(db)).status_code == 404


def test_only_the_manager_shares_their_own(db, sign_in, petra, charlie, talk):
    desk = sign_in(petra)
    mark(desk, talk)
    lesson = db.scalar(sa.select(Lesson))
    assert desk.post(f"/lessons/{lesson.id}/share", data={"key": "not-mine-to"}).status_code == 404


def test_the_library_is_read_by_topic(sign_in, charlie, talk):
    phone = sign_in(charlie)
    mark(phone, talk)
    assert LESSON["line"] in phone.get("/library?topic=apology").text
    assert LESSON["line"] not in phone.get("/library?topic=quote").text
    assert LESSON["line"] in phone.get("/library?topic=nonsense").text


def test_another_team_hears_nothing(db, sign_in, charlie, talk):
    mark(sign_in(charlie), talk)
    elsewhere = sign_in(factories.user(name="Sam Other"))
    assert LESSON["line"] not in elsewhere.get("/library").text
    assert elsewhere.get(note_of(db)).status_code == 404


@pytest.mark.parametrize(
    ("field", "words"), [("topic", "What is it about?"), ("line", "Say in a line what worked.")]
)
def test_what_is_missing_is_said_and_nothing_is_lost(sign_in, charlie, talk, field, words):
    answer = mark(sign_in(charlie), talk, **{field: ""})
    assert answer.status_code == 422
    assert words in answer.text
    assert (LESSON["line"] in answer.text) == (field != "line")


def test_a_colleague_may_not_mark_it(sign_in, ingrid, talk):
    assert sign_in(ingrid).get(f"/interactions/{talk.id}/lesson").status_code == 404
