"""Takes away what has had its time."""

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from pwa.db import session, writing
from pwa.files.voice_notes import VoiceNotes
from pwa.models import Notice, OneTimeLink, Receipt, SignIn, SignInTry
from pwa.operations import numbers, voice_notes
from pwa.operations.accounts import TRIES_WINDOW

RECEIPTS_KEPT = timedelta(days=400)  # a phone may lie in a drawer with something unsent
NOTICES_KEPT = timedelta(days=90)


def clean_up(now: datetime) -> dict[str, int]:
    """Delete what expired before `now`; returns how much of which kind went."""
    old = {
        "sign-ins": sa.delete(SignIn).where(SignIn.expires_at <= now),
        "one-time links": sa.delete(OneTimeLink).where(OneTimeLink.expires_at <= now),
        "sign-in tries": sa.delete(SignInTry).where(SignInTry.window_from < now - TRIES_WINDOW),
        "receipts": sa.delete(Receipt).where(Receipt.at < now - RECEIPTS_KEPT),
        "notices": sa.delete(Notice).where(Notice.settled_at < now - NOTICES_KEPT),
    }
    gone = {}
    for name, statement in old.items():
        with writing():
            gone[name] = session.execute(statement).rowcount  # type: ignore[attr-defined]  # of a DELETE
    notes = VoiceNotes(Path(current_app.config["ROUNDS"].voice_notes_url))
    gone["voice notes of nobody"] = voice_notes.sweep(notes, now)
    gone["voice notes"], gone["transcripts"] = voice_notes.expire(notes, numbers.numbers(), now)
    return gone
