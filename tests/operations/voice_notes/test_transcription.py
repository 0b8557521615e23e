"""Spoken notes are written out once, whatever dies meanwhile, and what cannot be heard stays."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from pwa import machine_lock
from pwa.models import Suggestion, Transcript, VoiceNote
from pwa.operations.voice_notes import transcription
from pwa.operations.voice_notes.transcription import Pipeline
from tests.factories import NOW
from tests.operations.listening import HOUR, SAID, another, listening


def test_what_is_heard_is_kept_and_read_against_the_day_of_the_talk(db, folder, note):
    assert listening(folder, SAID) == ["a-note"]
    db.expire_all()
    assert note.transcript.text == "She is happy. I'll send the quote by Friday."
    assert (note.transcript.engine, note.try_after, note.trouble) == ("an engine", None, None)
    suggestion = db.scalars(sa.select(Suggestion).where(Suggestion.kind == "promise")).one()
    assert (suggestion.day, suggestion.user_id) == (date(2026, 11, 27), note.user_id)
    assert suggestion.words in note.transcript.text
    assert 2.0 <= suggestion.moment < 5.0


def test_what_lacks_its_end_is_kept_as_that(db, folder, note):
    listening(folder, replace(SAID, cut=True))
    db.expire_all()
    assert note.transcript.cut


def test_an_engine_with_a_long_name_is_kept_as_far_as_there_is_room(db, folder, note):
    transcription.transcribe_pending(
        folder, Pipeline("https://" + "x" * 300, lambda _: SAID), lambda: NOW
    )
    db.expire_all()
    assert len(note.transcript.engine) == 200


def test_it_is_heard_once(db, folder, note):
    listening(folder, SAID)
    assert listening(folder, SAID, NOW + timedelta(days=1)) == []
    assert db.scalar(sa.select(sa.func.count()).select_from(Transcript)) == 1


def test_a_worker_that_died_is_followed_by_another(db, folder, note):
    with pytest.raises(KeyboardInterrupt):
        listening(folder, KeyboardInterrupt())
    assert listening(folder, SAID) == []  # it may still be at it
    assert listening(folder, SAID, NOW + transcription.LEASE) == ["a-note"]


def test_while_somebody_hears_nobody_else_claims_a_note_or_waits(db, folder, note):
    with machine_lock.acquire("hearing", wait=False):
        assert listening(folder, SAID) == []
    db.expire_all()
    assert (note.tries, note.try_after) == (0, NOW - HOUR)
    assert listening(folder, SAID) == ["a-note"]


def test_a_note_that_comes_while_another_is_heard_is_heard_in_the_same_run(db, folder, note):
    def hear(path):
        if path.name == "a-note":
            another(note, "the-next")
        return SAID

    assert transcription.transcribe_pending(folder, Pipeline("an engine", hear), lambda: NOW) == 2


def test_a_worker_that_is_asked_to_stop_begins_no_other_note(db, folder, note):
    another(note, "the-next")
    asked = threading.Event()

    def hear(path):
        asked.set()
        return SAID

    ears = Pipeline("an engine", hear)
    assert transcription.transcribe_pending(folder, ears, lambda: NOW, asked.is_set) == 1
    assert listening(folder, SAID) == ["the-next"]


def test_a_note_that_a_stopped_worker_was_at_is_heard_at_once(db, folder, note):
    def hear(path):
        transcription.release_claims(NOW)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transcription.transcribe_pending(folder, Pipeline("an engine", hear), lambda: NOW)
    db.expire_all()
    assert (note.tries, note.try_after) == (0, NOW)
    transcription.release_claims(NOW + HOUR)  # it is nobody's any more
    assert listening(folder, SAID) == ["a-note"]


def test_a_note_that_was_deleted_meanwhile_stays_deleted(db, folder, note):
    def deleting(path):
        db.delete(db.get(VoiceNote, note.id))
        db.commit()
        return SAID

    transcription.transcribe_pending(folder, Pipeline("an engine", deleting), lambda: NOW)
    assert db.scalar(sa.select(Transcript)) is None
    assert db.scalar(sa.select(Suggestion)) is None
