"""Cover for an absence: someone looks after another's clients for a while."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa.db import read, session
from pwa.models import Audit, Cover, Role, User
from pwa.models.base import UtcDateTime
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True)
class CoverFacts:
    """The terms of a cover: absent user, stand-in, first and last day, reason."""

    absent_id: int
    covered_by_id: int
    first_day: date
    last_day: date
    reason: str


def absent_for(user: User, at: datetime) -> dict[int, str]:
    """The users for whom this one covers at `at`: name by user id.

    One indexed query; none where the session query saw no cover of theirs around today.
    """
    if not user.may_cover:
        return {}
    values = {"user": user.id, "day": local_day(at, user.zone), "at": at}
    return {row.absent_id: row.name for row in read(_names(), values)}


def covered_owners(user: User, at: datetime) -> sa.Select[int]:
    """The ids of the users for whom this one covers, as a subquery."""
    values: dict[str, Any] = {"user": user.id, "day": local_day(at, user.zone), "at": at}
    return _owners().params(values)


def stand_ins(at: datetime) -> dict[int, set[int]]:
    """The ids of the stand-ins at `at`, by the id of the absent user.

    Days are counted in the zone of the stand-in; an invalid zone must not break the rest.
    """
    near = timedelta(days=1)
    days = (Cover.first_day, Cover.last_day)
    query = sa.select(Cover.absent_id, Cover.covered_by_id, *days, User.timezone)
    query = query.join(User, User.id == Cover.covered_by_id)
    query = query.where(User.deactivated_at.is_(None), Cover.ended_at.is_(None))
    query = query.where(Cover.first_day <= at.date() + near, Cover.last_day >= at.date() - near)
    by_absent: dict[int, set[int]] = defaultdict(set)
    for absent, stands_in, first, last, zone in session.execute(query):
        try:
            day = local_day(at, ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError):
            continue
        if first <= day <= last:
            by_absent[absent].add(stands_in)
    return by_absent


@cache
def _names() -> sa.Select[int, str]:
    covered = _owners().subquery()
    query = sa.select(covered.c.absent_id, User.name)
    return query.join(User, User.id == covered.c.absent_id)


@cache
def _owners() -> sa.Select[int]:
    day: Any = sa.bindparam("day", type_=sa.Date())
    at: Any = sa.bindparam("at", type_=UtcDateTime())
    return (
        sa.select(Cover.absent_id)
        .where(Cover.covered_by_id == sa.bindparam("user"))
        .where(Cover.first_day <= day, Cover.last_day >= day)
        .where(sa.or_(Cover.made_at.is_(None), Cover.made_at <= at))
        .where(sa.or_(Cover.ended_at.is_(None), Cover.ended_at > at))
        .distinct()
    )


def listed(viewer: User, today: date) -> list[Cover]:
    """The covers of the viewer's team (of all teams for an administrator) not over yet."""
    query = sa.select(Cover).join(User, User.id == Cover.absent_id)
    query = query.where(Cover.last_day >= today, Cover.ended_at.is_(None))
    if viewer.role != Role.ADMINISTRATOR:
        query = query.where(User.team_id == viewer.team_id)
    query = query.options(joinedload(Cover.absent), joinedload(Cover.covered_by))
    return list(session.scalars(query.order_by(Cover.first_day, Cover.id)))


def may_end(viewer: User, cover: Cover) -> bool:
    """Whether the viewer may call off this cover, even if the absent user was deactivated."""
    return viewer.role == Role.ADMINISTRATOR or cover.absent.team_id == viewer.team_id


def covers_of(user: User, today: date) -> list[Cover]:
    """The covers in which this user is absent or stands in, not over yet."""
    either = sa.or_(Cover.absent_id == user.id, Cover.covered_by_id == user.id)
    query = sa.select(Cover).where(either, Cover.last_day >= today, Cover.ended_at.is_(None))
    query = query.options(joinedload(Cover.absent), joinedload(Cover.covered_by))
    return list(session.scalars(query.order_by(Cover.first_day, Cover.id)))


def overlapping(absent_id: int, first: date, last: date) -> Cover | None:
    """A cover of the same absent user that overlaps these days, if any."""
    query = sa.select(Cover).where(Cover.absent_id == absent_id, Cover.ended_at.is_(None))
    return session.scalars(query.where(Cover.first_day <= last, Cover.last_day >= first)).first()


def arrange(facts: CoverFacts, by: User, now: datetime) -> Cover:
    """Stores a cover: from its first day on the clients are on both users' lists."""
    cover = Cover(**vars(facts), made_by_id=by.id, made_at=now)
    session.add(cover)
    session.flush()
    _note(cover, "cover", by, now, reason=facts.reason)
    return cover


def end(cover: Cover, by: User, now: datetime) -> None:
    """Ends a cover early (idempotent)."""
    if cover.ended_at is None:
        cover.ended_at = now
        _note(cover, "cover ended", by, now)


def _note(cover: Cover, action: str, by: User, now: datetime, **details: object) -> None:
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action=action,
            subject="cover",
            subject_id=cover.id,
            details=details,
        )
    )
