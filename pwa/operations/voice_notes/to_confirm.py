"""What waits for a user's confirmation: a line on a page, and the sheet behind it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Interaction, Suggestion, Transcript, User, VoiceNote
from pwa.operations.voice_notes import recaps_owed, suggestions
from pwa.operations.voice_notes.recaps_owed import RecapOwed
from pwa.operations.voice_notes.suggestions import SuggestionGroup
from pwa.rules.contact.contact_events import REACHED

JUST_READ = timedelta(hours=1)  # so long a note in which nothing was read is spoken of

Reach = sa.ColumnElement[bool]


@dataclass(frozen=True)
class ToConfirm:
    """The ids of the open suggestions, the number of notes that are being read, and of those just
    read in which nothing was read."""

    suggestions: tuple[int, ...]
    reading: int
    empty: int

    def __bool__(self) -> bool:
        return bool(self.suggestions or self.reading or self.empty)


@dataclass(frozen=True)
class Sheet:
    """Everything to confirm, newest conversation first; `more` is what did not fit."""

    groups: list[SuggestionGroup]
    recaps: list[RecapOwed]
    waits: ToConfirm
    more: int


def waiting_for(user: User, reach: Reach, now: datetime) -> ToConfirm:
    """What waits for `user` at the clients within `reach`, in one statement."""
    rows = session.execute(
        sa.union_all(_open(user, reach), _reading(user, reach), _empty(user, reach, now))
    ).all()
    ids = sorted(row_id for what, row_id in rows if what == "open")
    kinds = [what for what, _ in rows]
    return ToConfirm(tuple(ids), kinds.count("reading"), kinds.count("empty"))


def sheet(user: User, reach: Reach, now: datetime, today: date) -> Sheet:
    """The sheet of `user`, in a fixed number of statements."""
    waits = waiting_for(user, reach, now)
    groups = suggestions.open_for(user, reach)
    open_shown = sum(group.open_count for group in groups)
    silent = [SuggestionGroup(talk, []) for talk in session.scalars(_just_read(user, reach, now))]
    shown = {group.talk.id for group in groups}
    owed = [
        recap
        for recap in recaps_owed.after_answers(user, reach, now, today)
        if recap.talk.id not in shown
    ]
    return Sheet([*groups, *silent], owed, waits, len(waits.suggestions) - open_shown)


def _open(user: User, reach: Reach) -> sa.Select[str, int]:
    query = sa.select(_named("open"), Suggestion.id).join(Suggestion.interaction)
    query = query.join(Interaction.client).where(Suggestion.user_id == user.id, reach)
    return query.where(Suggestion.answered_at.is_(None))


def _reading(user: User, reach: Reach) -> sa.Select[str, int]:
    query = sa.select(_named("reading"), VoiceNote.id).join(VoiceNote.interaction)
    query = query.join(Interaction.client).where(VoiceNote.user_id == user.id, reach)
    pending = VoiceNote.try_after.is_not(None) & VoiceNote.trouble.is_(None)
    return query.where(pending, VoiceNote.removed_at.is_(None), ~VoiceNote.transcript.has())


def _empty(user: User, reach: Reach, now: datetime) -> sa.Select[str, int]:
    query = sa.select(_named("empty"), VoiceNote.id).join(VoiceNote.interaction)
    query = query.join(VoiceNote.transcript).join(Interaction.client)
    query = query.where(VoiceNote.user_id == user.id, reach, ~_has_suggestions())
    return query.where(Transcript.heard_at >= now - JUST_READ)


def _named(name: str) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{name}'", sa.String).label("what")


def _has_suggestions() -> sa.ColumnElement[bool]:
    return sa.exists().where(Suggestion.interaction_id == Interaction.id)


def _just_read(user: User, reach: Reach, now: datetime) -> sa.Select[Interaction]:
    """Conversations whose note was read a short while ago, without a suggestion."""
    since = now - JUST_READ
    query = sa.select(Interaction).join(Interaction.client).outerjoin(Interaction.voice_note)
    query = query.outerjoin(VoiceNote.transcript)
    query = query.where(Interaction.user_id == user.id, reach, ~_has_suggestions())
    typed = sa.and_(
        Interaction.note.is_not(None),
        Interaction.received_at >= since,
        Interaction.outcome.in_(REACHED),
        VoiceNote.id.is_(None),
    )
    query = query.where(sa.or_(Transcript.heard_at >= since, typed))
    query = query.where(Interaction.superseded_at.is_(None), Interaction.recap_of_id.is_(None))
    return query.options(*suggestions.talk_options()).order_by(Interaction.at.desc())
