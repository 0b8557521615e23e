"""Spoken notes, for the ears of whoever recorded them (R23)."""

from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, abort, current_app, send_file
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.db import session
from pwa.files.voice_notes import VoiceNotes
from pwa.models import VoiceNote

bp = Blueprint("voice_notes", __name__)


def store() -> VoiceNotes:
    """Where this server keeps them."""
    return VoiceNotes(Path(current_app.config["ROUNDS"].voice_notes_url))


@bp.get("/voice-notes/<int:note_id>")
@login_required
def show(note_id: int) -> Response:
    """The audio, whole or a range of it. 404 for everyone but its recorder."""
    mine = sa.select(VoiceNote).where(VoiceNote.id == note_id, VoiceNote.user_id == current_user.id)
    note = session.scalar(mine) or abort(404)
    path = store().path(note.name)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype=note.content_type, conditional=True, etag=note.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
