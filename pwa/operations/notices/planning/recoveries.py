"""Notices about recoveries, and their escalation to the supervisor (R13, R16).

The manager and their stand-ins are notified when somebody else opened one, and shortly before its
deadline; the supervisors of the team when the deadline was missed, when it is a recurrence, and
when it was closed untalked. Notices are delayed past the quiet hours of their user.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from pwa.db import session
from pwa.models import Audit, Client, Recovery, User
from pwa.operations.accounts import covers
from pwa.operations.client_state.loader import load_these
from pwa.operations.notices.planning.recipients import Recipients, everyone, supervisors
from pwa.operations.notices.planning.rows import Row, row, store
from pwa.push.recovery_payload import What
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.notices.due import VALID_FOR, over_night
from pwa.rules.vocabulary.enums import ClientStatus, ReasonCode
from pwa.rules.vocabulary.notice_kind import NoticeKind

AHEAD = timedelta(minutes=30)
ESCALATED = "recovery escalated"
TO_MANAGER = frozenset({What.OPENED, What.DEADLINE})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """An open, untalked recovery with its deadline and its manager."""

    id: int
    client_id: int
    owner_id: int
    deadline: datetime


def subject_of(event: What, recovery_id: int) -> str:
    """The subject of a notice: each is sent once to each user."""
    return f"{event}:{recovery_id}"


def notify_opening(recovery: Recovery, client: Client, by: User, now: datetime) -> None:
    """Stores the notices of an opening in the caller's transaction, sent once committed."""
    user_ids = {client.owner_id, *covers.stand_ins(now).get(client.owner_id, ())} - {by.id}
    recipients = everyone(sa.or_(User.id.in_(user_ids), User.team_id == client.owner.team_id))
    rows = [_row(user_id, What.OPENED, recovery, now) for user_id in sorted(user_ids)]
    if recovery.again_of_id:
        rows += _supervisor_rows(What.AGAIN, recovery, client, by, recipients, now)
    store(_after_quiet_hours(rows, recipients))


def notify_closing(recovery: Recovery, client: Client, by: User, now: datetime) -> None:
    """Stores the notices of an untalked closing in the caller's transaction."""
    recipients = everyone(User.team_id == client.owner.team_id)
    rows = _supervisor_rows(What.CLOSED, recovery, client, by, recipients, now)
    store(_after_quiet_hours(rows, recipients))


def due_rows(deadlines: Sequence[OpenDeadline], recipients: Recipients, now: datetime) -> list[Row]:
    """The notices of near and of missed deadlines."""
    rows = [*_near_deadlines(deadlines, now), *_missed_deadlines(deadlines, recipients, now)]
    return _after_quiet_hours(rows, recipients)


def open_deadlines(now: datetime, owners: Collection[int] | None = None) -> list[OpenDeadline]:
    """All open, untalked recoveries, or those of some owners, in a fixed number of queries.

    A client that cannot be read is logged and left out.
    """
    waiting = sa.select(Recovery.client_id).distinct().join(Client, Client.id == Recovery.client_id)
    waiting = waiting.where(Recovery.closed.is_(None), Recovery.live.is_(None))
    if owners is not None:
        waiting = waiting.where(Client.owner_id.in_(owners))
    ids = list(session.scalars(waiting.where(Client.status == ClientStatus.ACTIVE)))
    return _deadlines(ids, now) if ids else []


def _deadlines(client_ids: Sequence[int], now: datetime) -> list[OpenDeadline]:
    """Halves what cannot be read until the client is alone that breaks it."""
    try:
        return [
            OpenDeadline(reason.recovery, loaded.client.id, loaded.owner_id, reason.at)
            for loaded in load_these(client_ids, now)
            for reason in reasons_today(loaded.client, loaded.manager, now)
            if reason.reason is ReasonCode.RECOVERY and reason.recovery and reason.at
        ]
    except SQLAlchemyError:
        raise
    except Exception:
        half = len(client_ids) // 2
        if half:
            return _deadlines(client_ids[:half], now) + _deadlines(client_ids[half:], now)
        log.exception("cannot read the recoveries of client %s", client_ids[0])
        return []


def unescalated(deadlines: Sequence[OpenDeadline], now: datetime) -> dict[int, OpenDeadline]:
    """The missed deadlines that were not escalated yet, by recovery id."""
    missed = {recovery.id: recovery for recovery in deadlines if recovery.deadline <= now}
    if not missed:
        return {}
    query = sa.select(Recovery.id).where(Recovery.id.in_(missed), Recovery.escalated_at.is_(None))
    return {number: missed[number] for number in session.scalars(query)}


def escalate(missed: Mapping[int, OpenDeadline], now: datetime) -> None:
    """Marks missed deadlines as escalated, audited. Call it in a transaction."""
    query = sa.select(Recovery).where(Recovery.id.in_(missed), Recovery.escalated_at.is_(None))
    for recovery in session.scalars(query) if missed else ():
        recovery.escalated_at = now
        session.add(
            Audit(
                at=now,
                action=ESCALATED,
                subject="client",
                subject_id=recovery.client_id,
                details={
                    "recovery": recovery.id,
                    "deadline": missed[recovery.id].deadline.isoformat(),
                    "why": "not talked to in time",
                },
            )
        )


def _supervisor_rows(
    event: What, recovery: Recovery, client: Client, by: User, recipients: Recipients, now: datetime
) -> list[Row]:
    user_ids = supervisors(recipients).get(client.owner.team_id, [])
    return [_row(user_id, event, recovery, now) for user_id in user_ids if user_id != by.id]


def _near_deadlines(deadlines: Sequence[OpenDeadline], now: datetime) -> Iterator[Row]:
    near = [recovery for recovery in deadlines if now < recovery.deadline <= now + AHEAD]
    away = covers.stand_ins(now) if near else {}
    for recovery in near:
        for user_id in {recovery.owner_id, *away.get(recovery.owner_id, ())}:
            yield _row(user_id, What.DEADLINE, recovery, now, recovery.deadline)


def _missed_deadlines(
    deadlines: Sequence[OpenDeadline], recipients: Recipients, now: datetime
) -> Iterator[Row]:
    by_team = supervisors(recipients)
    for recovery in deadlines:
        if recovery.deadline <= now and (owner := recipients.get(recovery.owner_id)):
            for user_id in by_team.get(owner.team_id, ()):
                yield _row(user_id, What.MISSED, recovery, now)


def _after_quiet_hours(rows: Iterable[Row], recipients: Recipients) -> list[Row]:
    """Delays rows past the quiet hours of their user; rows expired by then are left out."""
    delayed = []
    for planned in rows:
        person = recipients.get(planned["user_id"])
        if person is None:
            continue
        at = planned["due_at"]
        planned["due_at"] = planned["next_try_at"] = person.settings.end_of_quiet(at)
        if planned["subject"].partition(":")[0] != What.DEADLINE:
            expires_at = planned["expires_at"] + (planned["due_at"] - at)
            planned["expires_at"] = over_night(expires_at, person.settings)
        delayed.append(planned)
    return [planned for planned in delayed if planned["due_at"] < planned["expires_at"]]


def _row(
    user_id: int,
    event: What,
    recovery: Recovery | OpenDeadline,
    now: datetime,
    until: datetime | None = None,
) -> Row:
    kind = NoticeKind.RECOVERY if event in TO_MANAGER else NoticeKind.ESCALATION
    expires_at = until or now + VALID_FOR[kind]
    subject = subject_of(event, recovery.id)
    return row(user_id, kind, subject, now, expires_at, recovery.client_id)
