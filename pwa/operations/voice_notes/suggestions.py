"""Suggestions read from notes, stored until they are accepted or declined."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from pwa.db import session
from pwa.models import Client, Contact, Interaction, Suggestion, User, VoiceNote
from pwa.note_parser import Suggestion as Read
from pwa.note_parser import read
from pwa.operations.calls.corrections import STATED_BY_CONTACT
from pwa.operations.voice_notes.duplicates import DuplicateCheck
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import SuggestionKind
from pwa.speech.transcript import Transcript, TranscriptLine

MAX_SHOWN = 30  # suggestions on one screen; the rest follows once these are answered


@dataclass(frozen=True)
class SuggestionGroup:
    """The suggestions of one conversation, answered or not."""

    talk: Interaction
    suggestions: list[Suggestion]

    @property
    def is_answered(self) -> bool:
        """Whether every suggestion was answered."""
        return not self.open_count

    @property
    def open_count(self) -> int:
        """How many suggestions are not answered yet."""
        return sum(suggestion.answered_at is None for suggestion in self.suggestions)

    @property
    def note(self) -> str:
        """The words of the note, as transcribed or typed."""
        transcript = self.talk.voice_note.transcript if self.talk.voice_note else None
        return transcript.text if transcript else self.talk.note or ""


def store_suggestions(
    talk: Interaction, transcript: Transcript, parsed: Iterable[Read], note: VoiceNote | None = None
) -> None:
    """Stores the suggestions read from the note of `talk`, duplicates left out."""
    check = DuplicateCheck(talk)
    for suggestion in parsed:
        kind = SuggestionKind(suggestion.kind)
        if kind in STATED_BY_CONTACT and talk.outcome not in REACHED:
            continue
        request_id = check.matching_request(suggestion) if kind is SuggestionKind.REQUEST else None
        if check.is_known(kind, suggestion, request_id):
            continue
        session.add(
            Suggestion(
                interaction=talk,
                voice_note_id=note.id if note else None,
                user_id=talk.user_id,
                kind=kind,
                text=suggestion.text,
                words=suggestion.words,
                moment=transcript.moment(suggestion.start) if note else None,
                day=suggestion.date,
                at_time=suggestion.time,
                value=suggestion.value,
                request_id=request_id,
                recovery=check.talked_about if kind is SuggestionKind.RECOVERY else None,
                done=suggestion.done,
            )
        )


def store_typed_suggestions(talk: Interaction) -> None:
    """Reads a typed note and stores its suggestions.

    Days are relative to the conversation, in the zone of the user who had it.
    """
    if talk.note:
        parsed = read(talk.note, talk.at.astimezone(talk.user.zone))
        store_suggestions(talk, Transcript((TranscriptLine(talk.note, 0.0, 0.0),)), parsed)


def open_for(user: User, reach: sa.ColumnElement[bool]) -> list[SuggestionGroup]:
    """The conversations with open suggestions of `user`, newest first, in one statement.

    Each comes with what was answered of it. `reach` leaves out clients handed over since: nothing
    could be stored there.
    """
    waiting = sa.select(Suggestion.interaction_id).join(Suggestion.interaction)
    waiting = waiting.join(Interaction.client).where(Suggestion.user_id == user.id, reach)
    waiting = waiting.where(Suggestion.answered_at.is_(None))
    newest = waiting.order_by(Interaction.at.desc(), Suggestion.id).limit(MAX_SHOWN).subquery()
    query = _query().where(Suggestion.interaction_id.in_(sa.select(newest.c.interaction_id)))
    query = query.order_by(Interaction.at.desc(), Suggestion.id)
    return _by_talk(session.scalars(query))


def group_of(talk: Interaction) -> SuggestionGroup:
    """All suggestions of one conversation, answered or not."""
    query = _query().where(Suggestion.interaction_id == talk.id).order_by(Suggestion.id)
    return SuggestionGroup(talk, list(session.scalars(query)))


def talk_options() -> tuple[Any, ...]:
    """What the card of a conversation reads of it."""
    return (
        contains_eager(Interaction.client).joinedload(Client.owner),
        joinedload(Interaction.contact).selectinload(Contact.preferences),
        joinedload(Interaction.user),
        joinedload(Interaction.voice_note).joinedload(VoiceNote.transcript),
    )


def _query() -> sa.Select[Suggestion]:
    query = sa.select(Suggestion).join(Suggestion.interaction).join(Interaction.client)
    return query.options(
        joinedload(Suggestion.voice_note),
        joinedload(Suggestion.recovery),
        contains_eager(Suggestion.interaction).options(*talk_options()),
    )


def _by_talk(suggestions: Iterable[Suggestion]) -> list[SuggestionGroup]:
    talks: dict[int, SuggestionGroup] = {}
    for suggestion in suggestions:
        talk = suggestion.interaction
        talks.setdefault(talk.id, SuggestionGroup(talk, [])).suggestions.append(suggestion)
    return list(talks.values())
