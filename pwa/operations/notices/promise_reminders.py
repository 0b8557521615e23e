"""Reminders of promises on the working day before they are due (R17)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import session
from pwa.models import Client, Promise, Team, User
from pwa.operations.accounts import covers
from pwa.rules.commitments.promises import reminder_date
from pwa.rules.scheduling.quiet_hours import first_not_quiet
from pwa.rules.vocabulary.calendar import Calendar
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.timezones import local_day, moment

VALID_FOR = timedelta(hours=10)
AHEAD = timedelta(days=14)  # more than any row of days off between two working days

log = logging.getLogger(__name__)

responsible_id = sa.func.coalesce(Promise.owner_id, Client.owner_id)


@dataclass(frozen=True, slots=True)
class Morning:
    """The time `at` of a user's day at which reminders are sent, and their working days."""

    day: date
    at: datetime
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class PromiseReminder:
    """A reminder of one promise to one user at `at`."""

    user_id: int
    subject: str
    at: datetime


def due(now: datetime, behind: timedelta) -> list[PromiseReminder]:
    """The reminders whose time came within the last `behind`."""
    mornings = dict(_mornings(now, behind))
    if not mornings:
        return []
    first = min(morning.day for morning in mornings.values())
    last = max(morning.day for morning in mornings.values()) + AHEAD
    away = covers.stand_ins(now)
    query = (
        sa.select(Promise.id, Promise.falls_due, responsible_id, Promise.owner_id.is_(None))
        .join(Client, Client.id == Promise.client_id)
        .where(Promise.kept.is_(None), Promise.falls_due > first, Promise.falls_due <= last)
        .where(responsible_id.in_({*mornings, *away}), Client.status == ClientStatus.ACTIVE)
    )
    return [
        PromiseReminder(user_id, subject_of(promise_id, falls_due), mornings[user_id].at)
        for promise_id, falls_due, responsible, is_managers in session.execute(query)
        for user_id in {responsible, *(away.get(responsible, ()) if is_managers else ())}
        if user_id in mornings
        and reminder_date(falls_due, mornings[user_id].calendar) == mornings[user_id].day
    ]


def subject_of(promise_id: int, falls_due: date) -> str:
    """The subject of a reminder; a promise moved to another day gets a new one."""
    return f"{promise_id}@{falls_due}"


def _mornings(now: datetime, behind: timedelta) -> Iterator[tuple[int, Morning]]:
    """The users whose reminder time has just come, on one of their working days."""
    hours = (User.digest_at, User.quiet_from, User.quiet_to)
    country_of = sa.func.coalesce(User.country, Team.country)
    users = sa.select(User.id, User.timezone, country_of, *hours)
    users = users.join(Team, Team.id == User.team_id).where(User.deactivated_at.is_(None))
    for user_id, zone, country, *clocks in session.execute(users):
        try:
            hour = first_not_quiet(*clocks)
            day, calendar = local_day(now, ZoneInfo(zone)), for_country(country)
            at = moment(day, hour, ZoneInfo(zone))
            if now - behind < at <= now and calendar.is_working_day(day):
                yield user_id, Morning(day, at, calendar)
        except Exception:  # an invalid time zone of one user must not stop the rest
            log.exception("cannot plan the warnings of user %s", user_id)
