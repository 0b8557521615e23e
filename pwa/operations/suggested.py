"""What a note seems to say, kept until somebody says whether it is so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from pwa.db import session
from pwa.models import Booking, Client, Contact, Interaction, Promise, Suggestion, User, VoiceNote
from pwa.operations import cadences, calls, recoveries
from pwa.operations.corrected import SAID_BY_THEM
from pwa.rules.contact import REACHED
from pwa.rules.moments import local_day
from pwa.rules.named import meant
from pwa.rules.words import Suggests
from pwa.speech.read import Suggestion as Read
from pwa.speech.read import read
from pwa.speech.transcript import Line, Transcript

ASKED_FOR = 30  # suggestions on one screen; the rest follows once these are answered


@dataclass(frozen=True)
class Asked:
    """All that one conversation's note seems to say, and what became of each."""

    talk: Interaction
    suggestions: list[Suggestion]

    @property
    def is_answered(self) -> bool:
        """Whether nothing of it is open any more."""
        return all(one.answered_at for one in self.suggestions)


def write(
    row: Interaction, heard: Transcript, found: Iterable[Read], note: VoiceNote | None = None
) -> None:
    """Keep what was read out of the note to `row`, in its unit; nothing that is known already."""
    known = _Known(row)
    for one in found:
        kind = Suggests(one.kind)
        if kind in SAID_BY_THEM and row.outcome not in REACHED:
            continue
        about = known.request(one) if kind is Suggests.REQUEST else None
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


def write_typed(row: Interaction) -> None:
    """Read a note that was typed, and keep the same.

    Days are counted from that of the conversation, in the zone of whoever had it.
    """
    if row.note:
        found = read(row.note, row.at.astimezone(row.user.zone))
        write(row, Transcript((Line(row.note, 0.0, 0.0),)), found)


def open_for(user: User) -> list[Asked]:
    """What `user` is asked about, the oldest conversation first. One statement."""
    query = _whole().where(Suggestion.user_id == user.id, Suggestion.answered_at.is_(None))
    query = query.order_by(Interaction.at, Suggestion.id).limit(ASKED_FOR)
    return _by_talk(session.scalars(query))


def open_at(client_id: int, user: User) -> list[Asked]:
    """The same at one client."""
    query = _whole().where(Suggestion.user_id == user.id, Suggestion.answered_at.is_(None))
    query = query.where(Interaction.client_id == client_id)
    return _by_talk(session.scalars(query.order_by(Interaction.at, Suggestion.id)))


def about(talk: Interaction) -> Asked:
    """All of one conversation, answered or not."""
    query = _whole().where(Suggestion.interaction_id == talk.id).order_by(Suggestion.id)
    return Asked(talk, list(session.scalars(query)))


def _whole() -> sa.Select[Suggestion]:
    query = sa.select(Suggestion).join(Suggestion.interaction).join(Interaction.client)
    return query.options(
        contains_eager(Suggestion.interaction).options(
            contains_eager(Interaction.client).joinedload(Client.owner),
            joinedload(Interaction.contact).selectinload(Contact.preferences),
            joinedload(Interaction.user),
        )
    )


def _by_talk(found: Iterable[Suggestion]) -> list[Asked]:
    talks: dict[int, Asked] = {}
    for one in found:
        talk = one.interaction
        talks.setdefault(talk.id, Asked(talk, [])).suggestions.append(one)
    return list(talks.values())


class _Known:
    """What is written down at a client already, so that nothing is asked twice."""

    def __init__(self, row: Interaction) -> None:
        self.row = row
        self.day = local_day(row.at, row.user.zone)
        self.open = calls.open_requests(row.client_id)

    def request(self, one: Read) -> int | None:
        """The open request that it is about."""
        place = meant(f"{one.text} {one.words}", [asked.title for asked in self.open])
        return None if place is None else self.open[place].id

    def has(self, kind: Suggests, one: Read, about: int | None) -> bool:
        """Whether there is nothing to confirm in it."""
        row = self.row
        if row.contact is None and kind in (Suggests.PREFERENCE, Suggests.NEED):
            return True  # nobody by name to keep it with
        if kind is Suggests.REQUEST:
            return (about is None) if one.done else (about is not None)
        if kind is Suggests.RECOVERY:
            trouble = recoveries.open_at(row.client_id)
            return any(other.contact_id == row.contact_id for other in trouble)
        if kind in (Suggests.PROMISE, Suggests.BOOKING):
            days = self._promised() if kind is Suggests.PROMISE else self._booked()
            return one.date in days
        return one.value is not None and one.value == self._stands(kind)

    def _stands(self, kind: Suggests) -> str | None:
        """How their rhythm, their channel or their mood is written down."""
        row = self.row
        if kind is Suggests.CADENCE:
            stands = cadences.current(row.client)
            return stands.stage if stands else None
        if kind is Suggests.PREFERENCE:
            wish = row.contact.preference if row.contact else None
            return wish.channel if wish else None
        return row.mood

    def _promised(self) -> Sequence[date]:
        query = sa.select(Promise.due).where(Promise.client_id == self.row.client_id)
        return session.scalars(query.where(Promise.made == self.day)).all()

    def _booked(self) -> list[date]:
        query = sa.select(Booking.at).where(Booking.client_id == self.row.client_id)
        query = query.where(Booking.cancelled_at.is_(None), Booking.settled_at.is_(None))
        moments: Sequence[datetime] = session.scalars(query).all()
        return [local_day(one, self.row.user.zone) for one in moments]
