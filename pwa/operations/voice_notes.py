"""Voice notes: deleted when asked, or when they had their time; the folder kept in step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

import sqlalchemy as sa

from pwa.db import after_commit, session, writing
from pwa.files.voice_notes import VoiceNotes
from pwa.models import Lesson, Transcript, VoiceNote
from pwa.rules.numbers import Numbers

# A request that stored a file and is still to write its row is never that slow.
GRACE = timedelta(days=1)
BATCH = 500


def sweep(notes: VoiceNotes, now: datetime) -> int:
    """Remove the files older than a day that no row speaks of. Returns how many."""
    removed = 0
    for names in _batches(notes.older_than(now - GRACE)):
        known = set(session.scalars(sa.select(VoiceNote.name).where(VoiceNote.name.in_(names))))
        for name in set(names) - known:
            notes.remove(name)
            removed += 1
    return removed


def delete(note: VoiceNote, notes: VoiceNotes) -> None:
    """The sound, what was heard in it and what it seemed to say; what was confirmed stays.

    The file goes once the row is gone for good.
    """
    name = note.name
    session.delete(note)
    after_commit(lambda: notes.remove(name))


def expire(notes: VoiceNotes, numbers: Numbers, now: datetime) -> tuple[int, int]:
    """Delete sound and transcripts that had their time; how many of each.

    Sound in the library stays as long as it is there.
    """
    silent = _expire_sound(notes, now - timedelta(days=numbers.audio_days), now)
    with writing():
        old = Transcript.heard_at < now - timedelta(days=numbers.transcript_days)
        gone = session.execute(sa.delete(Transcript).where(old))
        return silent, gone.rowcount  # type: ignore[attr-defined]  # of a DELETE


def _expire_sound(notes: VoiceNotes, before: datetime, now: datetime) -> int:
    shared = sa.select(Lesson.interaction_id).where(Lesson.shared_at.is_not(None))
    query = sa.select(VoiceNote).where(VoiceNote.recorded_at < before)
    query = query.where(VoiceNote.removed_at.is_(None), VoiceNote.interaction_id.not_in(shared))
    removed = 0
    while True:
        with writing():
            found = list(session.scalars(query.limit(BATCH)))
            for note in found:
                note.removed_at, note.try_after = now, None
            names = [note.name for note in found]
        for name in names:
            notes.remove(name)
        removed += len(names)
        if len(names) < BATCH:
            return removed


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, BATCH)):
        yield batch
