"""Transcribes voice notes one at a time, with no transaction open during transcription."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa import machine_lock
from pwa.db import changed, session, writing
from pwa.files.voice_notes import MOST_SECONDS, VoiceNotes
from pwa.models import Client, Interaction, Transcript, VoiceNote
from pwa.note_parser import Suggestion
from pwa.note_parser import read as read_here
from pwa.operations.voice_notes import suggestions
from pwa.rules.vocabulary.enums import TranscriptionFailure
from pwa.speech.errors import NoEngine, Unreadable
from pwa.speech.transcript import Transcript as TranscribedNote

MAX_TRANSCRIBED_SECONDS = MOST_SECONDS + 3.0  # recorders stop a moment late
MAX_ENGINE_NAME = 200  # letters of an engine's name that are kept
LEASE = timedelta(minutes=15)  # longer than the longest note takes
BACKOFF = timedelta(minutes=10)  # doubled with every try
MAX_BACKOFF = timedelta(hours=8)
MAX_TRIES = 11  # so for two days: a service that is down overnight loses nothing
NO_ENGINE_YET = timedelta(hours=1)
MAX_PER_RUN = 20  # in one run: the queue's other jobs want their turn

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Pipeline:
    """The steps of a transcription: the engine's name, its function from file to transcript, and
    the parser that reads suggestions from a text and its time in the speaker's zone."""

    engine: str
    transcribe: Callable[[Path], TranscribedNote]
    read: Callable[[str, datetime], list[Suggestion]] = read_here


@dataclass(frozen=True)
class ClaimedNote:
    """A note claimed by this worker: row id, file name, number of the try, and the time of the
    conversation in the user's zone."""

    id: int
    name: str
    tries: int
    moment: datetime


# The audio exists, there is no transcript, and the reason is shown.
_UNTRANSCRIBED = (
    VoiceNote.trouble.is_not(None),
    VoiceNote.removed_at.is_(None),
    ~VoiceNote.transcript.has(),
)
_in_progress: set[ClaimedNote] = set()  # notes that this process is transcribing


def transcribe_pending(
    notes: VoiceNotes,
    pipeline: Pipeline,
    clock: Clock,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Transcribes pending notes until `stopping`. Returns how many were transcribed.

    One worker at a time per machine: another one returns 0 at once, as the first looks for new
    notes after each; a note that arrives at the very end is picked up by the next tick.
    """
    with machine_lock.acquire("hearing", wait=False) as acquired:
        return _transcribe_queue(notes, pipeline, clock, stopping) if acquired else 0


def release_claims(now: datetime) -> None:
    """Releases the claims of this process when it is stopped; they do not count as a try."""
    for note in tuple(_in_progress):
        with writing():
            session.execute(_update_claimed(note).values(try_after=now, tries=note.tries - 1))


def count_failed() -> int:
    """The number of notes given up after `MAX_TRIES` whose audio still exists."""
    query = sa.select(sa.func.count()).select_from(VoiceNote).where(*_UNTRANSCRIBED)
    failed = VoiceNote.trouble == TranscriptionFailure.FAILED
    return session.scalars(query.where(failed, VoiceNote.try_after.is_(None))).one()


def retry_failed(now: datetime) -> int:
    """Makes every failed note due again, with its tries reset. Returns how many."""
    again = sa.update(VoiceNote).where(*_UNTRANSCRIBED)
    with writing():
        return changed(again.values(trouble=None, try_after=now, tries=0))


def _transcribe_queue(
    notes: VoiceNotes, pipeline: Pipeline, clock: Clock, stopping: Callable[[], bool]
) -> int:
    transcribed = 0
    for _ in range(MAX_PER_RUN):
        note = None if stopping() else _claim(clock())
        if note is None:
            break
        _in_progress.add(note)
        try:
            transcribed += _transcribe(note, notes, pipeline, clock)
        finally:
            _in_progress.discard(note)
    return transcribed


def _update_claimed(note: ClaimedNote) -> sa.Update:
    """An update that applies only while the claim holds (not transcribed or claimed anew)."""
    query = sa.update(VoiceNote).where(VoiceNote.id == note.id, VoiceNote.tries == note.tries)
    return query.where(VoiceNote.try_after.is_not(None), ~VoiceNote.transcript.has())


def _claim(now: datetime) -> ClaimedNote | None:
    due = sa.select(VoiceNote).where(VoiceNote.try_after <= now)
    due = due.order_by(VoiceNote.try_after, VoiceNote.id).limit(1)
    due = due.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    with writing():
        while note := session.scalar(due):
            if note.transcript is None and note.tries < MAX_TRIES:
                note.try_after, note.tries = now + LEASE, note.tries + 1
                talk = note.interaction
                return ClaimedNote(
                    note.id, note.name, note.tries, talk.at.astimezone(talk.user.zone)
                )
            # Transcribed already, or every try was interrupted.
            note.try_after = None
            note.trouble = None if note.transcript else TranscriptionFailure.FAILED
    return None


def _transcribe(note: ClaimedNote, notes: VoiceNotes, pipeline: Pipeline, clock: Clock) -> bool:
    try:
        transcript = pipeline.transcribe(notes.path(note.name))
        suggested = pipeline.read(transcript.text, note.moment)
        _store(note.id, transcript, suggested, pipeline.engine, clock())
    except NoEngine:
        _reschedule(note, TranscriptionFailure.NO_ENGINE, clock() + NO_ENGINE_YET, failed=False)
    except Unreadable:
        _reschedule(note, TranscriptionFailure.UNREADABLE, None)
    except Exception as problem:  # a bug too is a failure: it must not end the run of all others
        _log_failure(note, problem)
        wait = min(BACKOFF * 2**note.tries, MAX_BACKOFF)
        _reschedule(
            note, TranscriptionFailure.FAILED, clock() + wait if note.tries < MAX_TRIES else None
        )
    else:
        return True
    return False


def _log_failure(note: ClaimedNote, problem: Exception) -> None:
    """Logs the kind and place of a failure, never the content of the note."""
    place = traceback.extract_tb(problem.__traceback__)[-1]
    details = (note.id, note.tries, type(problem).__name__, Path(place.filename).name, place.lineno)
    log.warning("spoken note %s failed at try %s: %s in %s, line %s", *details)


def _reschedule(
    note: ClaimedNote, trouble: TranscriptionFailure, again: datetime | None, *, failed: bool = True
) -> None:
    """Stores why a note cannot be transcribed now, and when to retry; it stays playable."""
    tries = note.tries if failed else note.tries - 1
    with writing():
        session.execute(_update_claimed(note).values(trouble=trouble, try_after=again, tries=tries))


def _store(
    note_id: int,
    transcript: TranscribedNote,
    suggested: list[Suggestion],
    engine: str,
    now: datetime,
) -> None:
    with writing():
        note = _lock(note_id)
        if note is None:  # deleted meanwhile
            return
        note.trouble = note.try_after = None
        if note.transcript:  # another worker transcribed it as well
            return
        lines = [(line.text, line.start, line.seconds) for line in transcript.lines]
        session.add(
            Transcript(
                voice_note=note,
                lines=lines,
                cut=transcript.cut,
                engine=engine[:MAX_ENGINE_NAME],
                heard_at=now,
            )
        )
        suggestions.store_suggestions(note.interaction, transcript, suggested, note)


def _lock(note_id: int) -> VoiceNote | None:
    """Locks and re-reads the note with its conversation; None if it was deleted.

    The client is locked first, as a correction of the conversation does.
    """
    client_id = sa.select(Interaction.client_id).join(Interaction.voice_note)
    client_id = client_id.where(VoiceNote.id == note_id)
    client = sa.select(Client.id).where(Client.id == client_id.scalar_subquery())
    session.execute(client.with_for_update())
    current = sa.select(VoiceNote).where(VoiceNote.id == note_id)
    current = current.options(joinedload(VoiceNote.interaction), joinedload(VoiceNote.transcript))
    return session.scalar(current.execution_options(populate_existing=True))
