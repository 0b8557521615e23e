"""Notes that could not be heard: said, tried again with patience, given up, and asked for again."""

from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from pwa import machine_lock
from pwa.models import Suggestion, Transcript, VoiceNote
from pwa.operations.voice_notes import transcription
from pwa.rules.vocabulary.enums import TranscriptionFailure
from pwa.speech.errors import Failed, NoEngine, Unreadable
from pwa.speech.transcript import Transcript as Heard
from pwa.speech.transcript import TranscriptLine
from tests import factories
from tests.factories import NOW
from tests.operations.listening import HOUR, SAID, another, listening

DAY = timedelta(days=1)
SECRET = "she told me in confidence"


@pytest.fixture
def elsewhere(app, folder, monkeypatch, tmp_path):
    """A run on another machine, when the claims of this moment have lapsed."""

    def run(answer):
        with app.app_context(), monkeypatch.context() as there:
            there.setattr(machine_lock, "FOLDER", tmp_path)
            return listening(folder, answer, NOW + transcription.LEASE)

    return run


def tried_for(folder, answer, hours=24 * 14):
    """The hours in which a worker that runs each hour tried, one by one."""
    return [n for n in range(hours) if listening(folder, answer, NOW + n * HOUR)]


@pytest.mark.parametrize(
    ("problem", "trouble", "again"),
    [
        (Unreadable("No sound."), TranscriptionFailure.UNREADABLE, None),
        (NoEngine("None."), TranscriptionFailure.NO_ENGINE, NOW + HOUR),
        (Failed("Broke."), TranscriptionFailure.FAILED, NOW + 2 * transcription.BACKOFF),
    ],
)
def test_what_cannot_be_heard_says_why_and_stays(db, folder, note, problem, trouble, again):
    listening(folder, problem)
    db.expire_all()
    assert (note.trouble, note.try_after) == (trouble, again)
    assert folder.path("a-note").read_bytes() == b"sound"


def test_an_engine_that_fails_is_asked_for_two_days(db, folder, note):
    hours = tried_for(folder, Failed("Broke."))
    assert len(hours) <= transcription.MAX_TRIES
    assert 48 <= hours[-1] < 24 * 7
    assert max(later - hour for hour, later in pairwise(hours)) <= 9
    db.expire_all()
    assert (note.trouble, note.try_after) == (TranscriptionFailure.FAILED, None)


@pytest.mark.parametrize(
    "problem",
    [OSError("no memory"), TypeError(SECRET), RecursionError(), OverflowError(SECRET)],
    ids=lambda problem: type(problem).__name__,
)
@pytest.mark.parametrize("which", ["hear", "read"])
def test_whatever_breaks_is_a_failure_and_ends_no_run(db, folder, note, problem, which, caplog):
    next_note = another(note, "the-next")
    if which == "hear":
        assert listening(folder, problem) == ["a-note", "the-next"]
    else:

        def read(*_):
            raise problem

        assert listening(folder, SAID, read=read) == ["a-note", "the-next"]
    db.expire_all()
    for voice_note in (note, next_note):
        assert (voice_note.trouble, voice_note.try_after) == (
            TranscriptionFailure.FAILED,
            NOW + 2 * transcription.BACKOFF,
        )
    assert type(problem).__name__ in caplog.text
    assert SECRET not in caplog.text


def test_what_cannot_be_stored_is_a_failure_too(db, folder, note):
    listening(folder, Heard((TranscriptLine("I'll send the \ud800 quote by Friday.", 0.0, 1.0),)))
    db.expire_all()
    assert (note.trouble, note.transcript) == (TranscriptionFailure.FAILED, None)


def test_a_note_that_every_worker_dies_of_is_given_up(db, folder, note):
    for n in range(transcription.MAX_TRIES):
        with pytest.raises(KeyboardInterrupt):
            listening(folder, KeyboardInterrupt(), NOW + n * transcription.LEASE)
    another(note, "the-next")
    after = NOW + transcription.MAX_TRIES * transcription.LEASE
    assert listening(folder, SAID, after) == ["the-next"]
    db.expire_all()
    assert (note.trouble, note.try_after) == (TranscriptionFailure.FAILED, None)


def test_an_engine_that_comes_later_hears_what_waited(db, folder, note):
    listening(folder, NoEngine("None."))
    listening(folder, SAID, NOW + HOUR)
    db.expire_all()
    assert note.trouble is None
    assert note.transcript.text == SAID.text


def test_waiting_for_an_engine_uses_up_no_try(db, folder, note):
    for n in range(20):
        listening(folder, NoEngine("None."), NOW + n * HOUR)
    listening(folder, Failed("Broke."), NOW + 20 * HOUR)
    db.expire_all()
    assert note.try_after == NOW + 20 * HOUR + 2 * transcription.BACKOFF


def test_a_failure_says_nothing_of_a_note_that_was_heard(db, folder, note, elsewhere):
    """Two were at it, as the first one's claim had lapsed: it is heard all the same."""

    def late():
        assert elsewhere(SAID) == ["a-note"]
        raise Failed("Broke.")

    listening(folder, late)
    db.expire_all()
    assert (note.trouble, note.try_after) == (None, None)
    assert note.transcript.text == SAID.text


def test_a_failure_of_a_claim_that_lapsed_changes_nothing(db, folder, note):
    def late():
        db.execute(sa.update(VoiceNote).values(tries=2, try_after=NOW + HOUR))  # by another worker
        raise Unreadable("No sound.")

    listening(folder, late)
    db.expire_all()
    assert (note.trouble, note.try_after, note.tries) == (None, NOW + HOUR, 2)


def test_what_was_heard_is_never_due_again(db, folder, note):
    """However its row came to wait for another try."""
    listening(folder, SAID)
    db.execute(sa.update(VoiceNote).values(try_after=NOW, trouble=TranscriptionFailure.FAILED))
    assert listening(folder, SAID) == []
    db.expire_all()
    assert (note.trouble, note.try_after) == (None, None)


def test_two_who_heard_the_same_note_keep_it_once(db, folder, note, elsewhere):
    assert note.transcript is None

    def hear():
        assert elsewhere(SAID) == ["a-note"]
        return SAID

    listening(folder, hear)
    db.expire_all()
    assert (note.trouble, note.try_after) == (None, None)
    assert db.scalar(sa.select(sa.func.count()).select_from(Transcript)) == 1
    assert db.scalar(sa.select(sa.func.count()).select_from(Suggestion)) == 2


def test_what_it_said_belongs_to_the_talk_that_was_corrected_meanwhile(db, folder, note):
    before = note.interaction
    after = factories.interaction(before.client, contact_id=before.contact_id, at=before.at)

    def corrected():
        # Past what the session knows, as another process does it.
        moved = sa.update(VoiceNote).values(interaction_id=after.id)
        db.execute(moved.execution_options(synchronize_session=False))
        db.commit()
        return SAID

    listening(folder, corrected)
    owners = db.scalars(sa.select(Suggestion.interaction_id)).all()
    assert set(owners) == {after.id}


def test_what_was_given_up_is_heard_when_somebody_asks(db, folder, note):
    unreadable, silent = another(note, "unreadable"), another(note, "silent")
    troubles = {
        note: TranscriptionFailure.FAILED,
        unreadable: TranscriptionFailure.UNREADABLE,
        silent: TranscriptionFailure.FAILED,
    }
    for voice_note, trouble in troubles.items():
        voice_note.trouble, voice_note.try_after, voice_note.tries = (
            trouble,
            None,
            transcription.MAX_TRIES,
        )
    silent.removed_at = NOW
    db.commit()
    assert transcription.count_failed() == 1
    assert transcription.retry_failed(NOW + DAY) == 2
    db.expire_all()
    assert (note.trouble, unreadable.trouble) == (None, None)
    assert transcription.count_failed() == 0
    assert listening(folder, SAID, NOW + DAY) == ["a-note", "unreadable"]
    assert transcription.retry_failed(NOW + DAY) == 0


def test_whoever_asks_gives_all_tries_anew_and_at_once(db, folder, note):
    listening(folder, Failed("Broke."))
    assert transcription.retry_failed(NOW) == 1
    assert listening(folder, Failed("Broke.")) == ["a-note"]
    db.expire_all()
    assert note.try_after == NOW + 2 * transcription.BACKOFF
