"""Suggestions read from notes, stored until they are accepted or declined."""

from collections.abc import Iterable
from dataclasses import dataclass

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
        return all(suggestion.answered_at for suggestion in self.suggestions)


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
    """The open suggestions of `user` at accessible clients, newest talk first, in one statement.

    `reach` leaves out clients handed over since: nothing could be stored there.
    """
    query = _query().where(Suggestion.user_id == user.id, Suggestion.answered_at.is_(None), reach)
    query = query.order_by(Interaction.at.desc(), Suggestion.id).limit(MAX_SHOWN)
    return _by_talk(session.scalars(query))


def open_at(client_id: int, user: User) -> list[SuggestionGroup]:
    """The open suggestions of `user` at one client."""
    query = _query().where(Suggestion.user_id == user.id, Suggestion.answered_at.is_(None))
    query = query.where(Interaction.client_id == client_id)
    return _by_talk(session.scalars(query.order_by(Interaction.at, Suggestion.id)))


def group_of(talk: Interaction) -> SuggestionGroup:
    """All suggestions of one conversation, answered or not."""
    query = _query().where(Suggestion.interaction_id == talk.id).order_by(Suggestion.id)
    return SuggestionGroup(talk, list(session.scalars(query)))


def _query() -> sa.Select[Suggestion]:
    query = sa.select(Suggestion).join(Suggestion.interaction).join(Interaction.client)
    return query.options(
        joinedload(Suggestion.voice_note),
        contains_eager(Suggestion.interaction).options(
            contains_eager(Interaction.client).joinedload(Client.owner),
            joinedload(Interaction.contact).selectinload(Contact.preferences),
            joinedload(Interaction.user),
        ),
    )


def _by_talk(suggestions: Iterable[Suggestion]) -> list[SuggestionGroup]:
    talks: dict[int, SuggestionGroup] = {}
    for suggestion in suggestions:
        talk = suggestion.interaction
        talks.setdefault(talk.id, SuggestionGroup(talk, [])).suggestions.append(suggestion)
    return list(talks.values())
