"""Who may be sent notices, with the settings that decide when: all of them in one query."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import session
from pwa.models import Role, Team, User
from pwa.rules.notices.due import Due, daily
from pwa.rules.notices.settings import NoticeSettings, read_days, read_kinds
from pwa.rules.vocabulary.notice_kind import NoticeKind

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An active user."""

    id: int
    role: Role
    team_id: int
    settings: NoticeSettings


Recipients = Mapping[int, Recipient]


def everyone(*conditions: sa.ColumnElement[bool]) -> dict[int, Recipient]:
    """The active users, or those of them for whom the conditions hold, by id.

    Whose time zone is invalid is left out and logged: it must not stop the rest.
    """
    query = sa.select(User.id, User.role, User.team_id, *_columns())
    query = query.join(Team, Team.id == User.team_id)
    query = query.where(User.deactivated_at.is_(None), *conditions).order_by(User.id)
    recipients = {}
    for user_id, role, team_id, *values in session.execute(query):
        try:
            recipients[user_id] = Recipient(user_id, role, team_id, _settings(*values))
        except Exception:  # an invalid time zone of one user must not stop the rest
            log.exception("cannot plan the notices of user %s", user_id)
    return recipients


def settings_of(user: User) -> NoticeSettings:
    """The settings of one user. Raises for an invalid time zone."""
    names = [column.key for column in _columns()[1:]]
    return _settings(user.home_country, *(getattr(user, name) for name in names))


def due_now(recipients: Recipients, kind: NoticeKind, now: datetime) -> dict[int, Due]:
    """The notices of a daily kind that are due and of use at `now`, by user id."""
    slots: dict[NoticeSettings, Due | None] = {}
    due = {}
    for person in recipients.values():
        if person.settings not in slots:
            slots[person.settings] = daily(kind, person.settings, now)
        if slot := slots[person.settings]:
            due[person.id] = slot
    return due


def supervisors(recipients: Recipients) -> dict[int, list[int]]:
    """The ids of the supervisors, by team id."""
    teams: dict[int, list[int]] = {}
    for person in recipients.values():
        if person.role is Role.SUPERVISOR:
            teams.setdefault(person.team_id, []).append(person.id)
    return teams


def _columns() -> tuple[Any, ...]:
    return (
        sa.func.coalesce(User.country, Team.country),
        User.timezone,
        User.digest_at,
        User.evening_at,
        User.quiet_from,
        User.quiet_to,
        User.notice_days,
        User.muted_kinds,
        User.call_lead_minutes,
        User.visit_lead_minutes,
    )


@lru_cache(maxsize=4096)
def _settings(
    country: str | None,
    zone: str,
    digest_at: Any,
    evening_at: Any,
    quiet_from: Any,
    quiet_to: Any,
    days: str,
    muted: str,
    call_lead: int,
    visit_lead: int | None,
) -> NoticeSettings:
    return NoticeSettings(
        ZoneInfo(zone),
        for_country(country),
        digest_at,
        evening_at,
        quiet_from,
        quiet_to,
        read_days(days),
        read_kinds(muted),
        timedelta(minutes=call_lead),
        None if visit_lead is None else timedelta(minutes=visit_lead),
    )
