"""What is spoken has its time: sound, words, and the cases to learn from them."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.files.voice_notes import VoiceNotes
from pwa.models import Interaction, Lesson, Suggestion, VoiceNote
from pwa.operations.common import rule_settings
from pwa.operations.maintenance import cleanup
from pwa.operations.voice_notes import retention, suggestions, transcription
from pwa.operations.voice_notes.transcription import Pipeline
from pwa.rules.vocabulary.enums import Topic
from pwa.rules.vocabulary.settings import DEFAULTS
from pwa.speech.errors import NoEngine
from pwa.speech.transcript import Transcript, TranscriptLine
from tests import factories
from tests.factories import NOW

SAID = Transcript(
    (
        TranscriptLine("She is happy.", 0.0, 2.0),
        TranscriptLine("I'll send the quote by Friday.", 2.0, 3.0),
    )
)
DAY = timedelta(days=1)
NAME = "0a" * 16


@pytest.fixture
def folder(db):
    return retention.store()


@pytest.fixture
def note(db, folder):
    client = factories.client(factories.user())
    talk = factories.interaction(client, contact_id=factories.contact(client).id)
    folder.folder.mkdir(parents=True, exist_ok=True)
    folder.path(NAME).write_bytes(b"sound")
    yield factories.save(spoken(talk, NAME))
    folder.remove(NAME)


def spoken(talk, name):
    values = {"content_type": "audio/webm", "size": 5, "seconds": 5, "received_at": NOW}
    return VoiceNote(interaction=talk, user_id=talk.user_id, name=name, try_after=NOW, **values)


def listen(folder, answer=SAID, now=NOW):
    def hear(path):
        if isinstance(answer, BaseException):
            raise answer
        return answer

    transcription.transcribe_pending(folder, Pipeline("an engine", hear), lambda: now)


def keep_days(**days):
    admin = factories.user(email="ada@example.com", team_=factories.team("House"))
    rule_settings.change(replace(DEFAULTS, **days), admin, NOW)


def test_sound_and_words_have_their_time_each(db, folder, note):
    listen(folder)
    cleanup.clean_up(NOW + 89 * DAY)
    assert folder.path(NAME).is_file()
    cleanup.clean_up(NOW + 91 * DAY)
    db.expire_all()
    assert not folder.path(NAME).is_file()
    assert note.removed_at == NOW + 91 * DAY
    assert note.transcript is not None
    cleanup.clean_up(NOW + 366 * DAY)
    db.expire_all()
    assert note.transcript is None


def test_of_what_was_read_only_what_became_a_fact_stays_and_without_its_words(db, folder, note):
    listen(folder)
    yes, no, *rest = db.scalars(sa.select(Suggestion).order_by(Suggestion.id))
    yes.accepted, no.accepted = True, False
    yes.answered_at = no.answered_at = NOW
    kept = (yes.id, yes.kind, yes.text, yes.day)
    db.commit()
    cleanup.clean_up(NOW + 364 * DAY)
    assert len(words(db)) == 2 + len(rest)
    cleanup.clean_up(NOW + 366 * DAY)
    assert words(db) == [""]
    row = db.scalars(sa.select(Suggestion)).one()
    assert (row.id, row.kind, row.text, row.day) == kept


def test_what_was_read_in_a_typed_note_has_the_same_time(db, note):
    talk = db.get(Interaction, note.interaction_id)
    talk.note = "She is happy. I'll send the quote by Friday."
    suggestions.store_typed_suggestions(talk)
    db.commit()
    cleanup.clean_up(talk.received_at + 364 * DAY)
    assert words(db) != []
    cleanup.clean_up(talk.received_at + 366 * DAY)
    assert words(db) == []
    assert talk.note


def words(db):
    db.expire_all()
    return db.scalars(sa.select(Suggestion.words)).all()


def test_an_administrator_may_set_other_times(db, folder, note):
    listen(folder)
    keep_days(audio_days=7)
    cleanup.clean_up(NOW + 8 * DAY)
    assert not folder.path(NAME).is_file()


def test_what_is_in_the_library_is_kept(db, folder, note):
    listen(folder)
    talk = db.get(Interaction, note.interaction_id)
    values = {"marked_by_id": talk.user_id, "marked_at": NOW, "shared_at": NOW}
    factories.save(Lesson(interaction=talk, topic=Topic.APOLOGY, line="Said sorry first", **values))
    cleanup.clean_up(NOW + 400 * DAY)
    assert folder.path(NAME).is_file()


@pytest.mark.parametrize(("days", "stays"), [(8, True), (29, True), (31, False)])
def test_sound_that_waits_to_be_heard_is_spared_for_a_month(db, folder, note, days, stays):
    listen(folder, NoEngine("None."))
    keep_days(audio_days=7)
    cleanup.clean_up(NOW + days * DAY)
    assert folder.path(NAME).is_file() is stays


@pytest.fixture
def stuck(monkeypatch):
    """Nothing can be removed from the disk."""

    def refuse(_notes, _name):
        raise PermissionError("read only")

    with monkeypatch.context() as patch:
        patch.setattr(VoiceNotes, "remove", refuse)
        yield patch


def test_sound_that_could_not_be_removed_is_tried_again(db, folder, note, stuck):
    listen(folder)
    written = (NOW - DAY).timestamp()
    os.utime(folder.path(NAME), (written, written))
    cleanup.clean_up(NOW + 91 * DAY)
    db.expire_all()
    assert note.removed_at == NOW + 91 * DAY
    assert folder.path(NAME).is_file()
    stuck.undo()
    cleanup.clean_up(NOW + 92 * DAY)
    assert not folder.path(NAME).is_file()


def test_what_stops_the_sweeper_does_not_stop_the_rest(db, folder, note, monkeypatch):
    def broken(_notes, _moment):
        raise OSError("the disk is gone")

    listen(folder)
    monkeypatch.setattr(VoiceNotes, "older_than", broken)
    with pytest.raises(ExceptionGroup) as raised:
        cleanup.clean_up(NOW + 91 * DAY)
    assert [str(error) for error in raised.value.exceptions] == ["the disk is gone"]
    db.expire_all()
    assert note.removed_at == NOW + 91 * DAY
    assert not folder.path(NAME).is_file()
