"""What a note seems to say, kept until somebody says whether it is so."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from pwa.db import session
from pwa.models import Client, Contact, Interaction, Suggestion, User, VoiceNote
from pwa.note_parser import Suggestion as Read
from pwa.note_parser import read
from pwa.operations.calls.reassign_suggestions import SAID_BY_THEM
from pwa.operations.voice_notes.duplicates import DuplicateCheck
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import SuggestionKind
from pwa.speech.transcript import Transcript, TranscriptLine

ASKED_FOR = 30  # suggestions on one screen; the rest follows once these are answered


@dataclass(frozen=True)
class SuggestionGroup:
    """All that one conversation's note seems to say, and what became of each."""

    talk: Interaction
    suggestions: list[Suggestion]

    @property
    def is_answered(self) -> bool:
        """Whether nothing of it is open any more."""
        return all(one.answered_at for one in self.suggestions)


def store_suggestions(
    row: Interaction, heard: Transcript, found: Iterable[Read], note: VoiceNote | None = None
) -> None:
    """Keep what was read out of the note to `row`, in its unit; nothing that is known already."""
    known = DuplicateCheck(row)
    for one in found:
        kind = SuggestionKind(one.kind)
        if kind in SAID_BY_THEM and row.outcome not in REACHED:
            continue
        about = known.request(one) if kind is SuggestionKind.REQUEST else None
        if known.has(kind, one, about):
            continue
        session.add(
            Suggestion(
                interaction=row,
                voice_note_id=note.id if note else None,
                user_id=row.user_id,
                kind=kind,
                text=one.text,
                words=one.words,
                moment=heard.moment(one.start) if note else None,
                day=one.date,
                at_time=one.time,
                value=one.value,
                request_id=about,
                done=one.done,
            )
        )


def store_typed_suggestions(row: Interaction) -> None:
    """Read a note that was typed, and keep the same.

    Days are counted from that of the conversation, in the zone of whoever had it.
    """
    if row.note:
        found = read(row.note, row.at.astimezone(row.user.zone))
        store_suggestions(row, Transcript((TranscriptLine(row.note, 0.0, 0.0),)), found)


def open_for(user: User, reach: sa.ColumnElement[bool]) -> list[SuggestionGroup]:
    """What `user` is asked about at the clients in `reach`, the newest talk first. One statement.

    Who lost a client to somebody else is not asked about it: nothing could be stored there.
    """
    query = _whole().where(Suggestion.user_id == user.id, Suggestion.answered_at.is_(None), reach)
    query = query.order_by(Interaction.at.desc(), Suggestion.id).limit(ASKED_FOR)
    return _by_talk(session.scalars(query))


def open_at(client_id: int, user: User) -> list[SuggestionGroup]:
    """The same at one client."""
    query = _whole().where(Suggestion.user_id == user.id, Suggestion.answered_at.is_(None))
    query = query.where(Interaction.client_id == client_id)
    return _by_talk(session.scalars(query.order_by(Interaction.at, Suggestion.id)))


def about(talk: Interaction) -> SuggestionGroup:
    """All of one conversation, answered or not."""
    query = _whole().where(Suggestion.interaction_id == talk.id).order_by(Suggestion.id)
    return SuggestionGroup(talk, list(session.scalars(query)))


def _whole() -> sa.Select[Suggestion]:
    query = sa.select(Suggestion).join(Suggestion.interaction).join(Interaction.client)
    return query.options(
        joinedload(Suggestion.voice_note),
        contains_eager(Suggestion.interaction).options(
            contains_eager(Interaction.client).joinedload(Client.owner),
            joinedload(Interaction.contact).selectinload(Contact.preferences),
            joinedload(Interaction.user),
        ),
    )


def _by_talk(found: Iterable[Suggestion]) -> list[SuggestionGroup]:
    talks: dict[int, SuggestionGroup] = {}
    for one in found:
        talk = one.interaction
        talks.setdefault(talk.id, SuggestionGroup(talk, [])).suggestions.append(one)
    return list(talks.values())
