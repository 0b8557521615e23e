"""Spoken notes are written out once, whatever dies meanwhile, and what cannot be heard stays."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from pwa.files.voice_notes import VoiceNotes
from pwa.models import Interaction, Lesson, Suggestion, Transcript, VoiceNote
from pwa.operations import hearing, housekeeping, numbers
from pwa.operations.hearing import Ears
from pwa.rules.numbers import DEFAULTS
from pwa.rules.words import NotHeard, Topic
from pwa.speech import turn
from pwa.speech.errors import Failed, NoEngine, Unreadable
from pwa.speech.transcript import Line
from pwa.speech.transcript import Transcript as Heard
from tests import factories
from tests.factories import NOW

SAID = Heard((Line("She is happy.", 0.0, 2.0), Line("I'll send the quote by Friday.", 2.0, 3.0)))
HOUR = timedelta(hours=1)


@pytest.fixture
def folder(app):
    return VoiceNotes(Path(app.config["ROUNDS"].voice_notes_url))


@pytest.fixture
def note(db, folder):
    client = factories.client(factories.user())
    talk = factories.interaction(client, contact_id=factories.contact(client).id, at=NOW - HOUR)
    folder.folder.mkdir(parents=True, exist_ok=True)
    folder.path("a-note").write_bytes(b"sound")
    return factories.save(spoken(talk, "a-note"))


def spoken(talk, name, recorded_at=NOW - HOUR):
    values = {"content_type": "audio/webm", "size": 5, "seconds": 5, "recorded_at": recorded_at}
    return VoiceNote(
        interaction=talk, user_id=talk.user_id, name=name, try_after=recorded_at, **values
    )


def another(note, name):
    """One more note that waits, after `note`."""
    talk = note.interaction
    later = factories.interaction(talk.client, contact_id=talk.contact_id, at=talk.at)
    return factories.save(spoken(later, name))


def listening(folder, answer, now=NOW):
    """One run of the worker, whose engine gives `answer` or raises it."""
    tried = []

    def hear(path):
        tried.append(path.name)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    hearing.hear_waiting(folder, Ears("an engine", hear), lambda: now)
    return tried


def test_what_is_heard_is_kept_and_read_against_the_day_of_the_talk(db, folder, note):
    assert listening(folder, SAID) == ["a-note"]
    db.expire_all()
    assert note.transcript.text == "She is happy. I'll send the quote by Friday."
    assert (note.transcript.engine, note.try_after, note.trouble) == ("an engine", None, None)
    found = db.scalars(sa.select(Suggestion).where(Suggestion.kind == "promise")).one()
    assert (found.day, found.user_id) == (date(2026, 11, 27), note.user_id)
    assert found.words in note.transcript.text
    assert 2.0 <= found.moment < 5.0


def test_it_is_heard_once(db, folder, note):
    listening(folder, SAID)
    assert listening(folder, SAID, NOW + timedelta(days=1)) == []
    assert db.scalar(sa.select(sa.func.count()).select_from(Transcript)) == 1


def test_a_worker_that_died_is_followed_by_another(db, folder, note):
    with pytest.raises(KeyboardInterrupt):
        listening(folder, KeyboardInterrupt())
    assert listening(folder, SAID) == []  # it may still be at it
    assert listening(folder, SAID, NOW + hearing.LEASE) == ["a-note"]


def test_while_somebody_hears_nobody_else_claims_a_note_or_waits(db, folder, note):
    with turn.taken(wait=False):
        assert listening(folder, SAID) == []
    db.expire_all()
    assert (note.tries, note.try_after) == (0, NOW - HOUR)
    assert listening(folder, SAID) == ["a-note"]


def test_a_note_that_comes_while_another_is_heard_is_heard_in_the_same_run(db, folder, note):
    def hear(path):
        if path.name == "a-note":
            another(note, "the-next")
        return SAID

    assert hearing.hear_waiting(folder, Ears("an engine", hear), lambda: NOW) == 2


def test_a_worker_that_is_asked_to_stop_begins_no_other_note(db, folder, note):
    another(note, "the-next")
    asked = threading.Event()

    def hear(path):
        asked.set()
        return SAID

    ears = Ears("an engine", hear)
    assert hearing.hear_waiting(folder, ears, lambda: NOW, asked.is_set) == 1
    assert listening(folder, SAID) == ["the-next"]


def test_a_note_that_a_stopped_worker_was_at_is_heard_at_once(db, folder, note):
    def hear(path):
        hearing.give_back(NOW)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hearing.hear_waiting(folder, Ears("an engine", hear), lambda: NOW)
    db.expire_all()
    assert (note.tries, note.try_after) == (0, NOW)
    hearing.give_back(NOW + HOUR)  # it is nobody's any more
    assert listening(folder, SAID) == ["a-note"]


@pytest.mark.parametrize(
    ("problem", "trouble", "again"),
    [
        (Unreadable("No sound."), NotHeard.UNREADABLE, None),
        (NoEngine("None."), NotHeard.NO_ENGINE, NOW + HOUR),
        (Failed("Broke."), NotHeard.FAILED, NOW + 2 * hearing.PATIENCE),
    ],
)
def test_what_cannot_be_heard_says_why_and_stays(db, folder, note, problem, trouble, again):
    listening(folder, problem)
    db.expire_all()
    assert (note.trouble, note.try_after) == (trouble, again)
    assert folder.path("a-note").read_bytes() == b"sound"


def test_an_engine_that_fails_is_tried_a_few_times(db, folder, note):
    tries = [listening(folder, Failed("Broke."), NOW + timedelta(days=day)) for day in range(10)]
    assert sum(map(len, tries)) == hearing.MOST_TRIES
    db.expire_all()
    assert (note.trouble, note.try_after) == (NotHeard.FAILED, None)


def test_an_engine_that_comes_later_hears_what_waited(db, folder, note):
    listening(folder, NoEngine("None."))
    listening(folder, SAID, NOW + HOUR)
    db.expire_all()
    assert note.trouble is None
    assert note.transcript.text == SAID.text


def test_a_note_that_was_deleted_meanwhile_stays_deleted(db, folder, note):
    def deleting(path):
        db.delete(db.get(VoiceNote, note.id))
        db.commit()
        return SAID

    hearing.hear_waiting(folder, Ears("an engine", deleting), lambda: NOW)
    assert db.scalar(sa.select(Transcript)) is None
    assert db.scalar(sa.select(Suggestion)) is None


def test_sound_and_words_have_their_time_each(db, folder, note):
    listening(folder, SAID)
    housekeeping.clean_up(NOW + timedelta(days=89))
    assert folder.path("a-note").is_file()
    housekeeping.clean_up(NOW + timedelta(days=91))
    db.expire_all()
    assert not folder.path("a-note").is_file()
    assert note.removed_at == NOW + timedelta(days=91)
    assert note.transcript is not None
    housekeeping.clean_up(NOW + timedelta(days=366))
    db.expire_all()
    assert note.transcript is None
    assert db.scalar(sa.select(sa.func.count()).select_from(Suggestion)) > 0


def test_an_administrator_may_set_other_times(db, folder, note):
    admin = factories.user(email="ada@example.com", team_=factories.team("House"))
    numbers.change(replace(DEFAULTS, audio_days=7), admin, NOW)
    housekeeping.clean_up(NOW + timedelta(days=8))
    assert not folder.path("a-note").is_file()


def test_what_is_in_the_library_is_kept(db, folder, note):
    talk = db.get(Interaction, note.interaction_id)
    values = {"marked_by_id": talk.user_id, "marked_at": NOW, "shared_at": NOW}
    factories.save(Lesson(interaction=talk, topic=Topic.APOLOGY, line="Said sorry first", **values))
    housekeeping.clean_up(NOW + timedelta(days=400))
    assert folder.path("a-note").is_file()
