"""Writes out spoken notes, one after the other, with no database held meanwhile."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa.db import changed, session, writing
from pwa.files.voice_notes import MOST_SECONDS, VoiceNotes
from pwa.models import Client, Interaction, Transcript, VoiceNote
from pwa.note_parser import Suggestion
from pwa.note_parser import read as read_here
from pwa.operations.voice_notes import suggestions
from pwa.rules.vocabulary.enums import TranscriptionFailure
from pwa.speech import machine_lock
from pwa.speech.errors import NoEngine, Unreadable
from pwa.speech.transcript import Transcript as Heard

HEARD_SECONDS = MOST_SECONDS + 3.0  # a recorder stops a moment late
MOST_NAME = 200  # letters of an engine's name that are kept
LEASE = timedelta(minutes=15)  # longer than the longest note takes
PATIENCE = timedelta(minutes=10)  # doubled with every try
MOST_PATIENCE = timedelta(hours=8)
MOST_TRIES = 11  # so for two days: a service that is down overnight loses nothing
NO_ENGINE_YET = timedelta(hours=1)
AT_MOST = 20  # in one run: the queue's other jobs want their turn

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Pipeline:
    """What hears: the engine's name, what turns a file into text or says why not, and what reads
    the text of a moment in the speaker's zone."""

    engine: str
    hear: Callable[[Path], Heard]
    read: Callable[[str, datetime], list[Suggestion]] = read_here


@dataclass(frozen=True)
class ClaimedNote:
    """A note that this worker writes out: its row, its file, which try it is, and the moment of the
    conversation in the zone of whoever had it."""

    id: int
    name: str
    tries: int
    moment: datetime


# There is a sound, nothing was heard in it, and that is said on the screen.
_IN_TROUBLE = (
    VoiceNote.trouble.is_not(None),
    VoiceNote.removed_at.is_(None),
    ~VoiceNote.transcript.has(),
)
_under_way: set[ClaimedNote] = set()  # what this process is at


def transcribe_pending(
    notes: VoiceNotes, ears: Pipeline, clock: Clock, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Write out what waits, until `stopping`. Returns how many were heard.

    One at a time on this machine: while somebody hears, whoever else comes goes away at once, as
    the one who hears looks again after each note; the next tick finds what came at the very end.
    """
    with machine_lock.acquire(wait=False) as mine:
        return _hear_in_turn(notes, ears, clock, stopping) if mine else 0


def release_claims(now: datetime) -> None:
    """What this process was at when it was stopped is nobody's again, and counts as no try."""
    for note in tuple(_under_way):
        with writing():
            session.execute(_claimed(note).values(try_after=now, tries=note.tries - 1))


def count_failed() -> int:
    """How many notes were tried often enough, and could still be heard."""
    query = sa.select(sa.func.count()).select_from(VoiceNote).where(*_IN_TROUBLE)
    failed = VoiceNote.trouble == TranscriptionFailure.FAILED
    return session.scalars(query.where(failed, VoiceNote.try_after.is_(None))).one()


def retry_failed(now: datetime) -> int:
    """Make every note due that could not be heard so far, with all its tries. Returns how many."""
    again = sa.update(VoiceNote).where(*_IN_TROUBLE)
    with writing():
        return changed(again.values(trouble=None, try_after=now, tries=0))


def _hear_in_turn(
    notes: VoiceNotes, ears: Pipeline, clock: Clock, stopping: Callable[[], bool]
) -> int:
    heard = 0
    for _ in range(AT_MOST):
        note = None if stopping() else _claim(clock())
        if note is None:
            break
        _under_way.add(note)
        try:
            heard += _hear(note, notes, ears, clock)
        finally:
            _under_way.discard(note)
    return heard


def _claimed(note: ClaimedNote) -> sa.Update:
    """Changes the row only while the claim stands: neither heard nor claimed anew meanwhile."""
    query = sa.update(VoiceNote).where(VoiceNote.id == note.id, VoiceNote.tries == note.tries)
    return query.where(VoiceNote.try_after.is_not(None), ~VoiceNote.transcript.has())


def _claim(now: datetime) -> ClaimedNote | None:
    due = sa.select(VoiceNote).where(VoiceNote.try_after <= now)
    due = due.order_by(VoiceNote.try_after, VoiceNote.id).limit(1)
    due = due.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    with writing():
        while note := session.scalar(due):
            if note.transcript is None and note.tries < MOST_TRIES:
                note.try_after, note.tries = now + LEASE, note.tries + 1
                talk = note.interaction
                return ClaimedNote(
                    note.id, note.name, note.tries, talk.at.astimezone(talk.user.zone)
                )
            # Heard already, or none of those who were at it ever came to an end.
            note.try_after = None
            note.trouble = None if note.transcript else TranscriptionFailure.FAILED
    return None


def _hear(note: ClaimedNote, notes: VoiceNotes, ears: Pipeline, clock: Clock) -> bool:
    try:
        heard = ears.hear(notes.path(note.name))
        found = ears.read(heard.text, note.moment)
        _keep(note.id, heard, found, ears.engine, clock())
    except NoEngine:
        _put_off(note, TranscriptionFailure.NO_ENGINE, clock() + NO_ENGINE_YET, failed=False)
    except Unreadable:
        _put_off(note, TranscriptionFailure.UNREADABLE, None)
    except Exception as problem:  # a bug too is a failure: it must not end the run of all others
        _log(note, problem)
        wait = min(PATIENCE * 2**note.tries, MOST_PATIENCE)
        _put_off(
            note, TranscriptionFailure.FAILED, clock() + wait if note.tries < MOST_TRIES else None
        )
    else:
        return True
    return False


def _log(note: ClaimedNote, problem: Exception) -> None:
    """What broke, and where: never what was said."""
    place = traceback.extract_tb(problem.__traceback__)[-1]
    what = (note.id, note.tries, type(problem).__name__, Path(place.filename).name, place.lineno)
    log.warning("spoken note %s failed at try %s: %s in %s, line %s", *what)


def _put_off(
    note: ClaimedNote, trouble: TranscriptionFailure, again: datetime | None, *, failed: bool = True
) -> None:
    """A note that cannot be written out now stays playable, and says why."""
    tries = note.tries if failed else note.tries - 1
    with writing():
        session.execute(_claimed(note).values(trouble=trouble, try_after=again, tries=tries))


def _keep(note_id: int, heard: Heard, found: list[Suggestion], engine: str, now: datetime) -> None:
    with writing():
        note = _locked(note_id)
        if note is None:  # deleted meanwhile
            return
        note.trouble = note.try_after = None
        if note.transcript:  # another worker heard it as well
            return
        lines = [(one.text, one.start, one.seconds) for one in heard.lines]
        session.add(
            Transcript(
                voice_note=note,
                lines=lines,
                cut=heard.cut,
                engine=engine[:MOST_NAME],
                heard_at=now,
            )
        )
        suggestions.store_suggestions(note.interaction, heard, found, note)


def _locked(note_id: int) -> VoiceNote | None:
    """The note and its conversation as they stand now, and stay until the unit ends.

    Whoever corrects a conversation has its client locked too, so that comes first.
    """
    whose = sa.select(Interaction.client_id).join(Interaction.voice_note)
    whose = whose.where(VoiceNote.id == note_id)
    client = sa.select(Client.id).where(Client.id == whose.scalar_subquery())
    session.execute(client.with_for_update())
    now = sa.select(VoiceNote).where(VoiceNote.id == note_id)
    now = now.options(joinedload(VoiceNote.interaction), joinedload(VoiceNote.transcript))
    return session.scalar(now.execution_options(populate_existing=True))
