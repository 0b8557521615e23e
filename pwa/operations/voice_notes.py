"""Keeps the folder of voice notes and the rows that speak of them in step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

import sqlalchemy as sa

from pwa.db import session
from pwa.files.voice_notes import VoiceNotes
from pwa.models import VoiceNote

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


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, BATCH)):
        yield batch
