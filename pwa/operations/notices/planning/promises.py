"""Reminders of promises: on the working day before they are due, and on their day (R17)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Promise, PromiseMove
from pwa.operations.accounts import covers
from pwa.operations.notices.planning.recipients import Recipients, due_now
from pwa.operations.notices.planning.rows import Row, row
from pwa.rules.notices.due import Due, is_reminded
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.notice_kind import NoticeKind

AHEAD = timedelta(days=14)  # more than any row of days off between two working days

responsible_id = sa.func.coalesce(Promise.owner_id, Client.owner_id)


def subject_of(promise_id: int, falls_due: date) -> str:
    """The subject of a reminder; a promise moved to another day gets a new one."""
    return f"{promise_id}@{falls_due}"


def due_rows(recipients: Recipients, now: datetime) -> Iterator[Row]:
    """The reminders that are due and of use at `now`, in one query for both kinds.

    A promise that was made or moved on the day itself is none: whoever did it knows.
    """
    mornings = {
        kind: due_now(recipients, kind, now)
        for kind in (NoticeKind.PROMISE, NoticeKind.PROMISE_TODAY)
    }
    days = [due.day for slots in mornings.values() for due in slots.values()]
    if not days:
        return
    away = covers.stand_ins(now)
    responsible = set().union(*mornings.values(), away)
    for promise in session.execute(_open(min(days), max(days) + AHEAD, responsible)):
        for kind, slots in mornings.items():
            for user_id in _recipients(promise, away):
                if (slot := slots.get(user_id)) and _is_due(
                    promise, kind, slot, recipients[user_id]
                ):
                    subject = subject_of(promise.id, promise.falls_due)
                    yield row(
                        user_id, kind, subject, slot.due_at, slot.expires_at, promise.client_id
                    )


def _open(first: date, last: date, responsible: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    moved = sa.select(sa.func.max(PromiseMove.moved_on)).where(PromiseMove.promise_id == Promise.id)
    columns = (Promise.id, Promise.client_id, Promise.falls_due, Promise.made, Promise.owner_id)
    query = sa.select(
        *columns, responsible_id.label("responsible"), moved.scalar_subquery().label("moved_on")
    )
    query = query.join(Client, Client.id == Promise.client_id)
    query = query.where(Promise.kept.is_(None), Promise.falls_due.between(first, last))
    return query.where(responsible_id.in_(responsible), Client.status == ClientStatus.ACTIVE)


def _recipients(promise: Any, away: Mapping[int, Collection[int]]) -> set[int]:
    """Who is responsible; of a promise of the manager's also their stand-ins."""
    stand_ins = () if promise.owner_id else away.get(promise.responsible, ())
    return {promise.responsible, *stand_ins}


def _is_due(promise: Any, kind: NoticeKind, slot: Due, person: Any) -> bool:
    touched = max(promise.made, promise.moved_on or promise.made)
    if touched >= slot.day:
        return False
    if kind is NoticeKind.PROMISE_TODAY:
        return bool(promise.falls_due == slot.day)
    return is_reminded(promise.falls_due, slot.day, person.settings)
