"""Voice notes: deleted when asked, or when they had their time; the folder kept in step."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from pwa.db import after_commit, changed, session, writing
from pwa.files.voice_notes import VoiceNotes
from pwa.models import Interaction, Lesson, Suggestion, Transcript, VoiceNote
from pwa.operations.voice_notes import rejected_cases
from pwa.rules.vocabulary.settings import RuleSettings
from pwa.speech.containers import format_of
from pwa.speech.errors import Unreadable

# A request that stored a file and is still to write its row is never that slow.
GRACE = timedelta(days=1)
BATCH = 500
PLAYED_AS = {"matroska": "audio/webm", "ogg": "audio/ogg", "mov": "audio/mp4"}
HEARD_WITHIN = timedelta(days=30)  # what waits longer than that is not heard any more

log = logging.getLogger(__name__)


def store() -> VoiceNotes:
    """Where this server keeps them."""
    return VoiceNotes(Path(current_app.config["ROUNDS"].voice_notes_url), content_type)


def content_type(file: Path) -> str | None:
    """What a recording is played as, in a container that a phone writes; None for anything else."""
    try:
        return PLAYED_AS.get(format_of(file))
    except Unreadable:
        return None


def sweep(notes: VoiceNotes, now: datetime) -> int:
    """Remove the files older than a day that no row speaks of, or only as gone. How many."""
    removed = 0
    for names in _batches(notes.older_than(now - GRACE)):
        query = sa.select(VoiceNote.name).where(VoiceNote.name.in_(names))
        known = set(session.scalars(query.where(VoiceNote.removed_at.is_(None))))
        removed += _remove(notes, set(names) - known)
    return removed


def delete(note: VoiceNote, notes: VoiceNotes) -> None:
    """The sound, what was heard in it and what it seemed to say; what was confirmed stays.

    The file goes once the row is gone for good.
    """
    name = note.name
    session.delete(note)
    after_commit(lambda: _remove(notes, [name]))
    rejected_cases.prune_after_commit()


def expire_sound(notes: VoiceNotes, numbers: RuleSettings, now: datetime) -> int:
    """Delete the sound that had its time since it arrived. Returns how many.

    It stays while it is in the library, and for a month while it waits to be written out.
    """
    shared = sa.select(Lesson.interaction_id).where(Lesson.shared_at.is_not(None))
    before = now - timedelta(days=numbers.audio_days)
    waits = sa.and_(VoiceNote.try_after.is_not(None), VoiceNote.received_at >= now - HEARD_WITHIN)
    query = sa.select(VoiceNote).where(VoiceNote.received_at < before, ~waits)
    query = query.where(VoiceNote.removed_at.is_(None), VoiceNote.interaction_id.not_in(shared))
    expired = 0
    while True:
        with writing():
            found = list(session.scalars(query.limit(BATCH)))
            for note in found:
                note.removed_at, note.try_after = now, None
            names = [note.name for note in found]
        _remove(notes, names)
        expired += len(names)
        if len(names) < BATCH:
            return expired


def expire_words(numbers: RuleSettings, now: datetime) -> int:
    """Delete what was heard and had its time. Returns how many transcripts.

    Of what was read out of it, or out of a note typed as long ago, only that stays which was said
    to be so: its words go as well.
    """
    before = now - timedelta(days=numbers.transcript_days)
    with writing():
        gone = changed(sa.delete(Transcript).where(Transcript.heard_at < before))
        over = _read_of_what_is_gone(before)
        session.execute(sa.delete(Suggestion).where(over, Suggestion.accepted.is_not(True)))
        blank = sa.update(Suggestion).where(over, Suggestion.words != "").values(words="")
        session.execute(blank)
        return gone


def _read_of_what_is_gone(before: datetime) -> sa.ColumnElement[bool]:
    typed = sa.select(Interaction.id).where(Interaction.received_at < before)
    heard = sa.select(Transcript.voice_note_id)
    return sa.or_(
        Suggestion.voice_note_id.is_(None) & Suggestion.interaction_id.in_(typed),
        Suggestion.voice_note_id.is_not(None) & Suggestion.voice_note_id.not_in(heard),
    )


def _remove(notes: VoiceNotes, names: Iterable[str]) -> int:
    """Returns how many went; a file that cannot go now is left to the sweeper."""
    removed = 0
    for name in names:
        try:
            notes.remove(name)
        except OSError:
            log.exception("the note %s cannot be removed; it is tried again", name)
        else:
            removed += 1
    return removed


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, BATCH)):
        yield batch
