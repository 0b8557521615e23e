"""Adds to the suggestions of a conversation what was said and not read ("Something missing?")."""

from datetime import date, datetime, time

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Interaction, Suggestion, User
from pwa.note_parser import Suggestion as Read
from pwa.note_parser import read, stated_time
from pwa.operations.voice_notes import confirmation, recovery_question
from pwa.operations.voice_notes.confirmation import NO_TERMS
from pwa.operations.voice_notes.readings import ADDED, WORDED
from pwa.rules.text.sentences import Sentence
from pwa.rules.vocabulary.enums import Channel, Kind, Mood, Stage, SuggestionKind
from pwa.speech.transcript import Transcript, TranscriptLine

# They are complete with their words; for the others the user looks at a day or a value first.
COMPLETE = frozenset({SuggestionKind.REQUEST, SuggestionKind.NEED})


def add(
    talk: Interaction, sentence: Sentence, kind: SuggestionKind, by: User, now: datetime
) -> Suggestion:
    """Adds what `sentence` says as a suggestion of `kind`, with sensible first values.

    One that is complete with its words is confirmed at once. Lock the client first.
    """
    moment = talk.at.astimezone(talk.user.zone)
    parsed = next((each for each in read(sentence.words, moment) if each.kind == kind.value), None)
    day, at_time = _first_time(sentence, kind, moment, parsed)
    suggestion = Suggestion(
        interaction=talk,
        voice_note=talk.voice_note,
        user_id=talk.user_id,
        kind=kind,
        text=_first_text(sentence, kind, parsed),
        words=sentence.words,
        moment=_moment(talk, sentence),
        day=day,
        at_time=at_time,
        value=parsed.value if parsed else _first_value(talk, kind),
        read_as=ADDED,
    )
    if kind is SuggestionKind.RECOVERY:
        suggestion.recovery = recovery_question.talked_about(talk)
    session.add(suggestion)
    session.flush()
    if kind in COMPLETE:
        confirmation.accept(suggestion, NO_TERMS, by, now)
    return suggestion


def earlier(talk: Interaction, sentence: Sentence, kind: SuggestionKind) -> Suggestion | None:
    """The suggestion that was added of the same words as the same kind, unless it was declined."""
    query = sa.select(Suggestion).where(
        Suggestion.interaction_id == talk.id,
        Suggestion.words == sentence.words,
        Suggestion.kind == kind,
        Suggestion.read_as.is_not(None),
        Suggestion.accepted.is_not(False),
    )
    return session.scalars(query.limit(1)).first()


def _first_text(sentence: Sentence, kind: SuggestionKind, parsed: Read | None) -> str:
    if kind is SuggestionKind.BOOKING:
        return parsed.text if parsed else Kind.CALL.value
    return parsed.text if parsed and kind in WORDED else sentence.words


def _first_time(
    sentence: Sentence, kind: SuggestionKind, moment: datetime, parsed: Read | None
) -> tuple[date | None, time | None]:
    if parsed:
        return parsed.date, parsed.time
    is_deadline = kind is not SuggestionKind.BOOKING
    return stated_time(sentence.words, moment, deadline=is_deadline)


def _first_value(talk: Interaction, kind: SuggestionKind) -> str | None:
    preference = talk.contact.preference if talk.contact else None
    channel = preference.channel if preference and preference.channel else Channel.PHONE
    return {
        SuggestionKind.CADENCE: Stage.WEEKLY.value,
        SuggestionKind.PREFERENCE: channel.value,
        SuggestionKind.MOOD: Mood.NEUTRAL.value,
    }.get(kind)


def _moment(talk: Interaction, sentence: Sentence) -> float | None:
    """Where in the audio the sentence is said, in seconds; None for a typed note."""
    transcript = talk.voice_note.transcript if talk.voice_note else None
    if transcript is None:
        return None
    lines = tuple(TranscriptLine(*line) for line in transcript.lines)
    return Transcript(lines).moment(sentence.start)
