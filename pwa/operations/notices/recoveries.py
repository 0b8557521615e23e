"""Notices about recoveries, and their escalation to the supervisor (R13, R16).

The manager and their stand-ins are notified when somebody else opened one, and shortly before its
deadline; the supervisors of the team when the deadline was missed, when it is a recurrence, and
when it was closed untalked. Notices are delayed past the quiet hours of their user.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import Audit, Client, Notice, Recovery, Role, User
from pwa.operations.accounts import covers
from pwa.operations.client_state.loader import load_these
from pwa.push.recovery_payload import What
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.scheduling.quiet_hours import end_of_quiet
from pwa.rules.vocabulary.enums import ClientStatus, NoticeKind, ReasonCode

AHEAD = timedelta(minutes=30)
VALID_FOR = timedelta(hours=12)


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
    recipients = {client.owner_id, *covers.stand_ins(now).get(client.owner_id, ())} - {by.id}
    rows = [_row(user_id, What.OPENED, recovery.id, now) for user_id in sorted(recipients)]
    if recovery.again_of_id:
        rows += _supervisor_rows(What.AGAIN, recovery, client, by, now)
    _write(rows)


def notify_closing(recovery: Recovery, client: Client, by: User, now: datetime) -> None:
    """Stores the notices of an untalked closing in the caller's transaction."""
    _write(_supervisor_rows(What.CLOSED, recovery, client, by, now))


def supervisors_of(team_id: int) -> list[int]:
    """The ids of a team's active supervisors."""
    query = sa.select(User.id).where(User.team_id == team_id, User.role == Role.SUPERVISOR)
    return list(session.scalars(query.where(User.deactivated_at.is_(None))))


def due(deadlines: Sequence[OpenDeadline], now: datetime) -> list[dict[str, Any]]:
    """The notice rows of near and of missed deadlines."""
    return _after_quiet_hours(
        [*_near_deadlines(deadlines, now), *_missed_deadlines(deadlines, now)]
    )


def open_deadlines(now: datetime) -> list[OpenDeadline]:
    """All open, untalked recoveries, in a fixed number of queries."""
    waiting = sa.select(Recovery.client_id).distinct().join(Client, Client.id == Recovery.client_id)
    waiting = waiting.where(Recovery.closed.is_(None), Recovery.live.is_(None))
    ids = list(session.scalars(waiting.where(Client.status == ClientStatus.ACTIVE)))
    return [
        OpenDeadline(reason.recovery, loaded.client.id, loaded.owner_id, reason.at)
        for loaded in load_these(ids, now)
        for reason in reasons_today(loaded.client, loaded.manager, now)
        if reason.reason is ReasonCode.RECOVERY and reason.recovery and reason.at
    ]


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
                action="recovery escalated",
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
    event: What, recovery: Recovery, client: Client, by: User, now: datetime
) -> list[dict[str, Any]]:
    recipients = (
        supervisor for supervisor in supervisors_of(client.owner.team_id) if supervisor != by.id
    )
    return [_row(supervisor, event, recovery.id, now) for supervisor in recipients]


def _write(rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(Notice).values(_after_quiet_hours(rows)).on_conflict_do_nothing())


def _near_deadlines(deadlines: Sequence[OpenDeadline], now: datetime) -> Iterator[dict[str, Any]]:
    near = [recovery for recovery in deadlines if now < recovery.deadline <= now + AHEAD]
    away = covers.stand_ins(now) if near else {}
    for recovery in near:
        for user_id in {recovery.owner_id, *away.get(recovery.owner_id, ())}:
            yield _row(user_id, What.DEADLINE, recovery.id, now, recovery.deadline)


def _missed_deadlines(deadlines: Sequence[OpenDeadline], now: datetime) -> Iterator[dict[str, Any]]:
    missed = [recovery for recovery in deadlines if recovery.deadline <= now]
    owners = {recovery.owner_id for recovery in missed}
    owner_rows = session.execute(sa.select(User.id, User.team_id).where(User.id.in_(owners)))
    teams = {row.id: row.team_id for row in owner_rows}
    supervisors = {team: supervisors_of(team) for team in set(teams.values())}
    for recovery in missed:
        for supervisor in supervisors[teams[recovery.owner_id]]:
            yield _row(supervisor, What.MISSED, recovery.id, now)


def _after_quiet_hours(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Delays rows past the quiet hours of their user; rows expired by then are left out."""
    hours = (User.id, User.timezone, User.quiet_from, User.quiet_to)
    user_ids = {row["user_id"] for row in rows}
    query = sa.select(*hours).where(User.id.in_(user_ids))
    quiet_hours: dict[int, Any] = (
        {key: rest for key, *rest in session.execute(query)} if rows else {}
    )
    for row in rows:
        zone, *clocks = quiet_hours[row["user_id"]]
        at = row["due_at"]
        delayed = end_of_quiet(at, ZoneInfo(zone), *clocks)
        row["due_at"] = row["next_try_at"] = delayed
        if row["subject"].partition(":")[0] != What.DEADLINE:
            row["expires_at"] += delayed - at
    return [row for row in rows if row["due_at"] < row["expires_at"]]


def _row(
    user_id: int, event: What, recovery_id: int, now: datetime, until: datetime | None = None
) -> dict[str, Any]:
    to_manager = event in (What.OPENED, What.DEADLINE)
    return {
        "user_id": user_id,
        "kind": NoticeKind.RECOVERY if to_manager else NoticeKind.ESCALATION,
        "subject": subject_of(event, recovery_id),
        "due_at": now,
        "expires_at": until or now + VALID_FOR,
        "next_try_at": now,
        "tries": 0,
    }
