"""The warning about a promise on the working day before it falls due (R17)."""

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

IS_WORTH = timedelta(hours=10)
AHEAD = timedelta(days=14)  # more than any row of days off between two working days

log = logging.getLogger(__name__)

sees_to_it = sa.func.coalesce(Promise.owner_id, Client.owner_id)


@dataclass(frozen=True, slots=True)
class Morning:
    """The moment `at` of one person's day at which warnings go out, and their working days."""

    day: date
    at: datetime
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Warned:
    """One person to be warned about one promise at the moment `at`."""

    user_id: int
    subject: str
    at: datetime


def due(now: datetime, behind: timedelta) -> list[Warned]:
    """The warnings whose morning has come within the last `behind`."""
    mornings = dict(_mornings(now, behind))
    if not mornings:
        return []
    first = min(morning.day for morning in mornings.values())
    last = max(morning.day for morning in mornings.values()) + AHEAD
    away = covers.stand_ins(now)
    query = (
        sa.select(Promise.id, Promise.falls_due, sees_to_it, Promise.owner_id.is_(None))
        .join(Client, Client.id == Promise.client_id)
        .where(Promise.kept.is_(None), Promise.falls_due > first, Promise.falls_due <= last)
        .where(sees_to_it.in_({*mornings, *away}), Client.status == ClientStatus.ACTIVE)
    )
    return [
        Warned(user_id, subject_of(promise_id, falls_due), mornings[user_id].at)
        for promise_id, falls_due, theirs, is_managers in session.execute(query)
        for user_id in {theirs, *(away.get(theirs, ()) if is_managers else ())}
        if user_id in mornings
        and reminder_date(falls_due, mornings[user_id].calendar) == mornings[user_id].day
    ]


def subject_of(promise_id: int, falls_due: date) -> str:
    """What a warning is about: moved to another day, the promise is warned about anew."""
    return f"{promise_id}@{falls_due}"


def _mornings(now: datetime, behind: timedelta) -> Iterator[tuple[int, Morning]]:
    """The people whose morning it has just become; on a day off nobody is warned."""
    hours = (User.digest_at, User.quiet_from, User.quiet_to)
    country_of = sa.func.coalesce(User.country, Team.country)
    people = sa.select(User.id, User.timezone, country_of, *hours)
    people = people.join(Team, Team.id == User.team_id).where(User.deactivated_at.is_(None))
    for user_id, zone, country, *clocks in session.execute(people):
        try:
            hour = first_not_quiet(*clocks)
            day, calendar = local_day(now, ZoneInfo(zone)), for_country(country)
            at = moment(day, hour, ZoneInfo(zone))
            if now - behind < at <= now and calendar.is_working_day(day):
                yield user_id, Morning(day, at, calendar)
        except Exception:  # one person's wrong zone must not cost the others their warning
            log.exception("cannot plan the warnings of user %s", user_id)
