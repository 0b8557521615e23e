"""Spoken notes that wait, and a worker that hears what a test says."""

from datetime import timedelta

from pwa.models import VoiceNote
from pwa.operations.voice_notes import transcription
from pwa.operations.voice_notes.transcription import Pipeline
from pwa.speech.transcript import Transcript, TranscriptLine
from tests import factories
from tests.factories import NOW

SAID = Transcript(
    (
        TranscriptLine("She is happy.", 0.0, 2.0),
        TranscriptLine("I'll send the quote by Friday.", 2.0, 3.0),
    )
)
HOUR = timedelta(hours=1)


def spoken(talk, name, received_at=NOW - HOUR):
    values = {"content_type": "audio/webm", "size": 5, "seconds": 5, "received_at": received_at}
    return VoiceNote(
        interaction=talk, user_id=talk.user_id, name=name, try_after=received_at, **values
    )


def another(note, name):
    """One more note that waits, after `note`."""
    talk = note.interaction
    later = factories.interaction(talk.client, contact_id=talk.contact_id, at=talk.at)
    return factories.save(spoken(later, name))


def listening(folder, answer, now=NOW, **ears):
    """One run of the worker, whose engine gives `answer`, does it, or raises it."""
    tried = []

    def hear(path):
        tried.append(path.name)
        if isinstance(answer, BaseException):
            raise answer
        return answer() if callable(answer) else answer

    transcription.transcribe_pending(folder, Pipeline("an engine", hear, **ears), lambda: now)
    return tried
