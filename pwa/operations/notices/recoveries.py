"""Who hears of something that went wrong, and when (R13, R16).

The manager, and whoever stands in for them, hear when somebody else opened it and shortly before
the deadline; the supervisors of the team hear when the deadline has passed, when the same went
wrong a second time, and when it was closed without a talk. In their quiet hours nobody hears
anything: it comes when these are over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import Audit, Client, Notice, NoticeKind, Recovery, Role, User
from pwa.operations.accounts import covers
from pwa.operations.client_state.loader import load_these
from pwa.push.trouble import What
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.scheduling.quiet_hours import end_of_quiet
from pwa.rules.vocabulary.enums import ClientStatus, ReasonCode

AHEAD = timedelta(minutes=30)
IS_WORTH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """An open recovery that nobody talked about yet, with its deadline and its manager."""

    id: int
    client_id: int
    owner_id: int
    deadline: datetime


def subject_of(what: What, recovery_id: int) -> str:
    """What a notice is about: each is sent once to each person."""
    return f"{what}:{recovery_id}"


def notify_opening(recovery: Recovery, client: Client, by: User, now: datetime) -> None:
    """Write the notices of an opening, in its own unit: they are sent once it is committed."""
    told = {client.owner_id, *covers.stand_ins(now).get(client.owner_id, ())} - {by.id}
    rows = [_row(one, What.OPENED, recovery.id, now) for one in sorted(told)]
    if recovery.again_of_id:
        rows += _above(What.AGAIN, recovery, client, by, now)
    _write(rows)


def notify_closing(recovery: Recovery, client: Client, by: User, now: datetime) -> None:
    """Write the notices of a closing before anybody had talked about it, in its own unit."""
    _write(_above(What.CLOSED, recovery, client, by, now))


def supervisors_of(team_id: int) -> list[int]:
    """Who looks after a team."""
    query = sa.select(User.id).where(User.team_id == team_id, User.role == Role.SUPERVISOR)
    return list(session.scalars(query.where(User.deactivated_at.is_(None))))


def due(found: Sequence[OpenDeadline], now: datetime) -> list[dict[str, Any]]:
    """The notices about deadlines that are near, and about those that have passed."""
    return _out_of_quiet([*_near(found, now), *_passed(found, now)])


def open_deadlines(now: datetime) -> list[OpenDeadline]:
    """Every open recovery that waits for its first conversation, in a fixed number of queries."""
    waiting = sa.select(Recovery.client_id).distinct().join(Client, Client.id == Recovery.client_id)
    waiting = waiting.where(Recovery.closed.is_(None), Recovery.live.is_(None))
    ids = list(session.scalars(waiting.where(Client.status == ClientStatus.ACTIVE)))
    return [
        OpenDeadline(step.recovery, known.client.id, known.owner_id, step.at)
        for known in load_these(ids, now)
        for step in reasons_today(known.client, known.desk, now)
        if step.reason is ReasonCode.RECOVERY and step.recovery and step.at
    ]


def unescalated(found: Sequence[OpenDeadline], now: datetime) -> dict[int, OpenDeadline]:
    """Those of `found` whose deadline has passed and of which nobody above knows yet, by number."""
    missed = {one.id: one for one in found if one.deadline <= now}
    if not missed:
        return {}
    query = sa.select(Recovery.id).where(Recovery.id.in_(missed), Recovery.escalated_at.is_(None))
    return {number: missed[number] for number in session.scalars(query)}


def escalate(missed: Mapping[int, OpenDeadline], now: datetime) -> None:
    """Write down that these deadlines were missed, for whoever looks after the team; call it in a
    unit."""
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


def _above(
    what: What, recovery: Recovery, client: Client, by: User, now: datetime
) -> list[dict[str, Any]]:
    told = (one for one in supervisors_of(client.owner.team_id) if one != by.id)
    return [_row(one, what, recovery.id, now) for one in told]


def _write(rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(Notice).values(_out_of_quiet(rows)).on_conflict_do_nothing())


def _near(found: Sequence[OpenDeadline], now: datetime) -> Iterator[dict[str, Any]]:
    near = [one for one in found if now < one.deadline <= now + AHEAD]
    away = covers.stand_ins(now) if near else {}
    for one in near:
        for user_id in {one.owner_id, *away.get(one.owner_id, ())}:
            yield _row(user_id, What.DEADLINE, one.id, now, one.deadline)


def _passed(found: Sequence[OpenDeadline], now: datetime) -> Iterator[dict[str, Any]]:
    missed = [one for one in found if one.deadline <= now]
    owners = {one.owner_id for one in missed}
    people = session.execute(sa.select(User.id, User.team_id).where(User.id.in_(owners)))
    teams = {row.id: row.team_id for row in people}
    told = {team: supervisors_of(team) for team in set(teams.values())}
    for one in missed:
        for supervisor in told[teams[one.owner_id]]:
            yield _row(supervisor, What.MISSED, one.id, now)


def _out_of_quiet(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, each not before its person's quiet hours are over; what is worth nothing by then is
    left out."""
    hours = (User.id, User.timezone, User.quiet_from, User.quiet_to)
    people = {row["user_id"] for row in rows}
    query = sa.select(*hours).where(User.id.in_(people))
    quiet: dict[int, Any] = {key: rest for key, *rest in session.execute(query)} if rows else {}
    for row in rows:
        zone, *clocks = quiet[row["user_id"]]
        at = row["due_at"]
        waited = end_of_quiet(at, ZoneInfo(zone), *clocks)
        row["due_at"] = row["next_try_at"] = waited
        if row["subject"].partition(":")[0] != What.DEADLINE:
            row["expires_at"] += waited - at
    return [row for row in rows if row["due_at"] < row["expires_at"]]


def _row(
    user_id: int, what: What, recovery_id: int, now: datetime, until: datetime | None = None
) -> dict[str, Any]:
    to_manager = what in (What.OPENED, What.DEADLINE)
    return {
        "user_id": user_id,
        "kind": NoticeKind.RECOVERY if to_manager else NoticeKind.ESCALATION,
        "subject": subject_of(what, recovery_id),
        "due_at": now,
        "expires_at": until or now + IS_WORTH,
        "next_try_at": now,
        "tries": 0,
    }
