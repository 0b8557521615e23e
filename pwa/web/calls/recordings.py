"""The spoken note that comes with a form."""

from flask import request
from flask_babel import gettext as _

from pwa.files.voice_notes import NotARecording
from pwa.operations.calls.record import VoiceNoteFile
from pwa.operations.voice_notes import retention
from pwa.web.forms.fields import Fields


def keep_recording() -> VoiceNoteFile | None:
    """The recording of this request, on the disk; None without one. Raises NotARecording."""
    upload = request.files.get("audio")
    if upload is None or not upload.filename:
        return None
    kept = retention.store().keep(upload.stream)
    upload.stream.seek(0)
    seconds = Fields(request.form).integer("seconds")
    return VoiceNoteFile(kept.name, kept.content_type, kept.size, seconds)


def drop(spoken: VoiceNoteFile | None) -> None:
    """Removes a recording of which no row speaks."""
    if spoken:
        retention.store().remove(spoken.name)


def refusal_words(refused: NotARecording) -> str:
    """Why a file was not kept, and what to do."""
    if refused.too_long:
        return _("That note is too large to keep. Record a shorter one.")
    return _("That file is not a recording. Record it again, or type it.")
