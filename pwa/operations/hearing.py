"""Writes out spoken notes, one after the other, with no database held meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.files.voice_notes import VoiceNotes
from pwa.models import Client, Interaction, Transcript, VoiceNote
from pwa.operations import suggested
from pwa.rules.words import NotHeard
from pwa.speech import turn
from pwa.speech.errors import Failed, NoEngine, Unreadable
from pwa.speech.read import Suggestion as Read
from pwa.speech.read import read as read_here
from pwa.speech.transcript import Transcript as Heard

LEASE = timedelta(minutes=15)  # longer than the longest note takes
MOST_TRIES = 5
PATIENCE = timedelta(minutes=10)  # doubled with every try
NO_ENGINE_YET = timedelta(hours=1)
AT_MOST = 20  # in one run: the queue's other jobs want their turn

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Ears:
    """What hears: the engine's name, what turns a file into text or says why not, and what reads
    the text of a moment in the speaker's zone."""

    engine: str
    hear: Callable[[Path], Heard]
    read: Callable[[str, datetime], list[Read]] = read_here


@dataclass(frozen=True)
class Claimed:
    """A note that this worker writes out: its row, its file, which try it is, and the moment of the
    conversation in the zone of whoever had it."""

    id: int
    name: str
    tries: int
    moment: datetime


_under_way: set[Claimed] = set()  # what this process is at


def hear_waiting(
    notes: VoiceNotes, ears: Ears, clock: Clock, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Write out what waits, until `stopping`. Returns how many were heard.

    One at a time on this machine: while somebody hears, whoever else comes goes away at once, as
    the one who hears looks again after each note; the next tick finds what came at the very end.
    """
    with turn.taken(wait=False) as mine:
        return _hear_in_turn(notes, ears, clock, stopping) if mine else 0


def give_back(now: datetime) -> None:
    """What this process was at when it was stopped is nobody's again, and counts as no try."""
    for note in tuple(_under_way):
        with writing():
            session.execute(_claimed(note).values(try_after=now, tries=note.tries - 1))


def _hear_in_turn(notes: VoiceNotes, ears: Ears, clock: Clock, stopping: Callable[[], bool]) -> int:
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


def _claimed(note: Claimed) -> sa.Update:
    """Changes the row only while the claim stands: neither heard nor claimed anew meanwhile."""
    query = sa.update(VoiceNote).where(VoiceNote.id == note.id, VoiceNote.tries == note.tries)
    return query.where(VoiceNote.try_after.is_not(None), ~VoiceNote.transcript.has())


def _claim(now: datetime) -> Claimed | None:
    with writing():
        due = sa.select(VoiceNote).where(VoiceNote.try_after <= now)
        due = due.order_by(VoiceNote.try_after, VoiceNote.id).limit(1)
        note = session.scalar(due.with_for_update(skip_locked=True))
        if note is None:
            return None
        note.try_after, note.tries = now + LEASE, note.tries + 1
        talk = note.interaction
        return Claimed(note.id, note.name, note.tries, talk.at.astimezone(talk.user.zone))


def _hear(note: Claimed, notes: VoiceNotes, ears: Ears, clock: Clock) -> bool:
    try:
        heard = ears.hear(notes.path(note.name))
        found = ears.read(heard.text, note.moment)
    except NoEngine:
        _put_off(note.id, NotHeard.NO_ENGINE, clock() + NO_ENGINE_YET)
    except Unreadable:
        _put_off(note.id, NotHeard.UNREADABLE, None)
    except Failed:
        again = clock() + PATIENCE * 2**note.tries if note.tries < MOST_TRIES else None
        _put_off(note.id, NotHeard.FAILED, again)
    else:
        _keep(note.id, heard, found, ears.engine, clock())
        return True
    return False


def _put_off(note_id: int, trouble: NotHeard, again: datetime | None) -> None:
    """A note that cannot be written out now stays playable, and says why."""
    with writing():
        note = session.get(VoiceNote, note_id)
        if note:
            note.trouble, note.try_after = trouble, again


def _keep(note_id: int, heard: Heard, found: list[Read], engine: str, now: datetime) -> None:
    with writing():
        note = session.get(VoiceNote, note_id)
        if note is None or note.transcript:  # deleted, or heard by another worker meanwhile
            return
        talk = session.get_one(Interaction, note.interaction_id)
        lock = sa.select(Client.id).where(Client.id == talk.client_id).with_for_update()
        session.execute(lock)
        note.trouble = note.try_after = None
        lines = [(one.text, one.start, one.seconds) for one in heard.lines]
        session.add(Transcript(voice_note=note, lines=lines, engine=engine, heard_at=now))
        suggested.write(talk, heard, found, note)
