"""Recaps (R3, R6, R16): the written summary owed to a contact after a conversation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import (
    Booking,
    Cadence,
    Contact,
    Interaction,
    Promise,
    Recovery,
    ServiceRequest,
    User,
)
from pwa.operations.calls import letters
from pwa.operations.calls.letters import Letter
from pwa.operations.preferences import writing_guard
from pwa.operations.promises.owed import OwedPromise, owed_to
from pwa.rules.contact import recaps as rules
from pwa.rules.contact.contact_events import LIVE, REACHED, is_live
from pwa.rules.contact.recaps import RecapDebt
from pwa.rules.vocabulary.enums import Direction, Outcome, RequestStatus, Stage
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True)
class RecapContent:
    """The content of a recap of `talk`. `rhythm` is the cadence stage agreed on that day.

    `prevention` is the promise that prevents a repetition (R16); `promises` leaves it out. `late`
    are earlier promises to this contact that they still wait for (R18).
    """

    talk: Interaction
    done: list[ServiceRequest]
    still_open: list[ServiceRequest]
    promises: list[Promise]
    next_talk: Booking | None
    rhythm: Stage | None
    recovery: Recovery | None
    prevention: Promise | None
    late: list[OwedPromise] = field(default_factory=list)


def read(talk: Interaction, now: datetime) -> RecapContent:
    """The current state of everything agreed in a conversation."""
    recovery = session.get(Recovery, talk.recovery_id) if talk.recovery_id else None
    prevention_id = recovery.prevention_id if recovery else None
    cadence = _current_cadence(talk.client_id)
    covered = sorted(talk.covered, key=lambda request: (request.opened, request.id))
    done = [request for request in covered if request.status is RequestStatus.DONE]
    promises = list(session.scalars(_promises_made_in(talk)))
    return RecapContent(
        talk,
        done=done,
        still_open=[request for request in covered if request not in done],
        promises=[promise for promise in promises if promise.id != prevention_id],
        next_talk=letters.next_booking(talk.client_id, talk.contact_id, now),
        rhythm=cadence.stage if cadence and _agreed_in(talk, cadence) else None,
        recovery=recovery,
        prevention=session.get(Promise, prevention_id) if prevention_id else None,
        late=_late(talk, local_day(now, talk.user.zone)),
    )


def _late(talk: Interaction, today: date) -> list[OwedPromise]:
    if talk.contact is None:
        return []
    made_before = local_day(talk.at, talk.user.zone)
    promises = owed_to(talk.contact, today)
    return [late for late in promises if late.was_due and late.promise.made < made_before]


def is_talk(row: Interaction) -> bool:
    """Whether it calls for a recap at all: a live conversation that was not superseded."""
    return is_live(row.kind, row.outcome) and row.superseded_at is None


def latest_talk(contact: Contact) -> Interaction | None:
    """The last live conversation with a contact, or None once its recap was sent."""
    query = sa.select(Interaction).where(Interaction.contact_id == contact.id, *_live())
    query = query.order_by(Interaction.at.desc(), Interaction.id.desc()).limit(1)
    talk = session.scalar(query)
    return None if talk is None or sent(talk) else talk


def sent(talk: Interaction) -> Interaction | None:
    """The latest recap sent of a conversation, if any."""
    query = sa.select(Interaction).where(Interaction.recap_of_id == talk.id)
    query = query.where(Interaction.superseded_at.is_(None))
    return session.scalar(query.order_by(Interaction.id.desc()).limit(1))


def send(talk: Interaction, letter: Letter, user: User, now: datetime) -> Interaction:
    """Stores a sent recap as an interaction; its recovery keeps the time (R16).

    Call it in a transaction that has the client locked.
    """
    if talk.recovery_id and (recovery := session.get(Recovery, talk.recovery_id)):
        recovery.recap = letter.at.isoformat()
    return letters.keep(talk.client, talk.contact, user, letter, now, recap_of=talk)


def debt(talk: Interaction, today: date) -> RecapDebt | None:
    """The recap owed for a conversation that was just saved, if any."""
    if not is_talk(talk):
        return None
    promises = session.scalars(_promises_made_in(talk)).all()
    return in_history([talk], promises, _current_cadence(talk.client_id), today).get(talk.id)


def in_history(
    rows: Sequence[Interaction],
    promises: Collection[Promise],
    cadence: Cadence | None,
    today: date,
) -> dict[int, RecapDebt]:
    """The recaps owed, by interaction id: at most one per contact, for its last conversation.

    `rows` are newest first and carry their contacts, users and preferences, so nothing is read.
    """
    summed_up = {row.recap_of_id for row in rows}
    debts: dict[int, RecapDebt] = {}
    seen_contacts: set[int] = set()
    wrote_since: set[int | None] = set()
    for row in rows:
        if _is_written_by_us(row):
            wrote_since.add(row.contact_id)
        if not is_talk(row) or row.contact is None or row.contact.id in seen_contacts:
            continue
        seen_contacts.add(row.contact.id)
        day = local_day(row.at, row.user.zone)
        if row.id in summed_up or (today - day).days > rules.RECAP_LAPSES_AFTER:
            continue
        asks_for = rules.recap_debt(
            wants_writing=_prefers_writing(row.contact, day),
            wrote_since=row.contact_id in wrote_since,
            promised=_promised(row, day, promises),
            decided=_agreed_in(row, cadence),
            put_right=row.recovery_id is not None,
        )
        if asks_for:
            debts[row.id] = asks_for
    return debts


def _is_written_by_us(row: Interaction) -> bool:
    outgoing = row.outcome is Outcome.WRITTEN and row.direction is Direction.OUT
    return outgoing and not row.asks_for_time


def _prefers_writing(contact: Contact, day: date) -> bool:
    stated = [p for p in contact.preferences if p.asked_on is None or p.asked_on <= day]
    latest = max(stated, key=lambda p: (p.asked_on or date.min, p.id), default=None)
    return bool(latest and latest.channel and latest.channel.is_writing)


def _promised(row: Interaction, day: date, promises: Collection[Promise]) -> bool:
    return any(p.contact_id == row.contact_id and p.made == day for p in promises)


def _promises_made_in(talk: Interaction) -> sa.Select[Any]:
    day = local_day(talk.at, talk.user.zone)
    query = sa.select(Promise).where(Promise.client_id == talk.client_id, Promise.made == day)
    query = query.where(_of_contact(Promise.contact_id, talk))
    return query.order_by(Promise.falls_due, Promise.id)


def _current_cadence(client_id: int) -> Cadence | None:
    query = sa.select(Cadence).where(Cadence.client_id == client_id, Cadence.ended_at.is_(None))
    return session.scalar(query)


def _agreed_in(talk: Interaction, cadence: Cadence | None) -> bool:
    """Whether the client's cadence was agreed with this contact on the day of the talk."""
    if (
        cadence is None
        or cadence.agreed_with_id is None
        or cadence.agreed_with_id != talk.contact_id
    ):
        return False
    zone = talk.user.zone
    day = local_day(talk.at, zone)
    return local_day(cadence.created_at, zone) == day <= cadence.since


def _of_contact(column: Any, talk: Interaction) -> sa.ColumnElement[bool]:
    return column.is_(None) if talk.contact_id is None else column == talk.contact_id


def _live() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Interaction.kind.in_(LIVE),
        Interaction.outcome.in_(REACHED),
        Interaction.superseded_at.is_(None),
    )


def blocking_recovery(talk: Interaction) -> Recovery | None:
    """The recovery that blocks writing to the contact until it was talked about (R15)."""
    return writing_guard.blocking_recovery(talk.contact) if talk.contact else None
