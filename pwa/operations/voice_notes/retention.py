"""Retention of voice notes: deleted on request or when expired; orphaned files swept."""

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

# A request that has stored a file but not yet its row never takes that long.
GRACE = timedelta(days=1)
BATCH = 500
PLAYED_AS = {"matroska": "audio/webm", "ogg": "audio/ogg", "mov": "audio/mp4"}
TRANSCRIBED_WITHIN = timedelta(days=30)  # after that a note is not transcribed any more

log = logging.getLogger(__name__)


def store() -> VoiceNotes:
    """The storage of voice notes on this server."""
    return VoiceNotes(Path(current_app.config["ROUNDS"].voice_notes_url), content_type)


def content_type(file: Path) -> str | None:
    """The content type of a recording in a container that phones write, else None."""
    try:
        return PLAYED_AS.get(format_of(file))
    except Unreadable:
        return None


def sweep(notes: VoiceNotes, now: datetime) -> int:
    """Deletes files older than a day without a row, or whose row is marked as removed. How many."""
    removed = 0
    for names in _batches(notes.older_than(now - GRACE)):
        query = sa.select(VoiceNote.name).where(VoiceNote.name.in_(names))
        referenced = set(session.scalars(query.where(VoiceNote.removed_at.is_(None))))
        removed += _remove(notes, set(names) - referenced)
    return removed


def delete(note: VoiceNote, notes: VoiceNotes) -> None:
    """Deletes a note with its transcript and suggestions; accepted facts stay.

    The file is deleted once the transaction is committed.
    """
    name = note.name
    session.delete(note)
    after_commit(lambda: _remove(notes, [name]))
    rejected_cases.prune_after_commit()


def expire_sound(notes: VoiceNotes, settings: RuleSettings, now: datetime) -> int:
    """Deletes the audio of notes older than `audio_days`. Returns how many.

    Kept while in the library, and for up to a month while waiting for transcription.
    """
    shared = sa.select(Lesson.interaction_id).where(Lesson.shared_at.is_not(None))
    before = now - timedelta(days=settings.audio_days)
    waits = sa.and_(
        VoiceNote.try_after.is_not(None), VoiceNote.received_at >= now - TRANSCRIBED_WITHIN
    )
    query = sa.select(VoiceNote).where(VoiceNote.received_at < before, ~waits)
    query = query.where(VoiceNote.removed_at.is_(None), VoiceNote.interaction_id.not_in(shared))
    expired = 0
    while True:
        with writing():
            batch = list(session.scalars(query.limit(BATCH)))
            for note in batch:
                note.removed_at, note.try_after = now, None
            names = [note.name for note in batch]
        _remove(notes, names)
        expired += len(names)
        if len(names) < BATCH:
            return expired


def expire_words(settings: RuleSettings, now: datetime) -> int:
    """Deletes transcripts older than `transcript_days`. Returns how many.

    Of their suggestions, and of those of typed notes as old, only accepted ones stay, without
    their wording and what was read before a correction.
    """
    before = now - timedelta(days=settings.transcript_days)
    with writing():
        deleted = changed(sa.delete(Transcript).where(Transcript.heard_at < before))
        expired = _of_expired_notes(before)
        session.execute(sa.delete(Suggestion).where(expired, Suggestion.accepted.is_not(True)))
        cleared = sa.update(Suggestion).where(expired, Suggestion.words != "")
        session.execute(cleared.values(words="", read_as=None))
        return deleted


def _of_expired_notes(before: datetime) -> sa.ColumnElement[bool]:
    typed = sa.select(Interaction.id).where(Interaction.received_at < before)
    heard = sa.select(Transcript.voice_note_id)
    return sa.or_(
        Suggestion.voice_note_id.is_(None) & Suggestion.interaction_id.in_(typed),
        Suggestion.voice_note_id.is_not(None) & Suggestion.voice_note_id.not_in(heard),
    )


def _remove(notes: VoiceNotes, names: Iterable[str]) -> int:
    """Deletes files, returns how many; those that fail are left to the sweep."""
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
