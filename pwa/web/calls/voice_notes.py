"""Voice notes: for the user who recorded one, and their team once it is shared (R23)."""

from pathlib import Path

from flask import Blueprint, abort, flash, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response

from pwa.db import after_commit, session
from pwa.models import VoiceNote
from pwa.operations.team.library import may_hear
from pwa.operations.voice_notes import retention
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, redirect_after_post

bp = Blueprint("voice_notes", __name__)


@bp.get("/voice-notes/<int:note_id>")
@login_required
def show(note_id: int) -> Response:
    """The audio, whole or a range; 404 for users it is not shared with."""
    note = session.get(VoiceNote, note_id)
    if note is None or note.removed_at or not may_hear(note, current_user):
        abort(404)
    path = retention.store().path(note.name)
    if not path.is_file():
        abort(404)
    response = _sound(path, note)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"  # it stays nowhere after it was deleted
    return response


def _sound(path: Path, note: VoiceNote) -> Response:
    try:
        return send_file(path, mimetype=note.content_type, conditional=True, etag=note.name)
    except RequestedRangeNotSatisfiable:
        there = {"Content-Range": f"bytes */{path.stat().st_size}"}
        return Response("There is no such part.", 416, there, mimetype="text/plain")


@bp.post("/voice-notes/<int:note_id>/deletion")
@login_required
@idempotent
def destroy(note_id: int) -> Response:
    """Deletes the user's own note, with its transcript and suggestions."""
    note = session.get(VoiceNote, note_id)
    if note is None or note.user_id != current_user.id:
        abort(404)
    client_id = note.interaction.client_id
    retention.delete(note, retention.store())
    after_commit(lambda: flash(_("The note is deleted.")))
    return redirect_after_post(next_url(url_for("clients.show", client_id=client_id)))
