"""Writes down the notices that have become due: each once, and none long after its moment."""

import logging
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import insert, session, writing
from pwa.models import Booking, Client, Notice, NoticeKind, Role, Team, User
from pwa.operations.accounts import covers
from pwa.operations.notices import promise_reminders, recoveries
from pwa.rules.contact.contact_events import LIVE
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.timezones import local_day, moment

BEHIND = timedelta(minutes=15)
BEFORE_A_BOOKING = timedelta(minutes=5)
AFTER_A_BOOKING = timedelta(minutes=5)
DIGEST_IS_WORTH = timedelta(hours=4)

log = logging.getLogger(__name__)


def plan(now: datetime) -> int:
    """Write what is due at `now` and not yet written; returns how many notices are new.

    Due is what became so within the last quarter of an hour: a worker that stood still for a
    night does not send the evening's notices in the morning.
    """
    wrong = recoveries.open_deadlines(now)
    missed = recoveries.unescalated(wrong, now)
    due = [*_digests(now), *_bookings(now), *_promises(now), *recoveries.due(wrong, now)]
    if not due and not missed:
        return 0
    with writing():
        recoveries.escalate(missed, now)
        if not due:
            return 0
        written = insert(Notice).values(due).on_conflict_do_nothing().returning(Notice.id)
        return len(session.scalars(written).all())


def booking_subject(booking_id: int, at: datetime) -> str:
    """What a booked notice is about: moved to another time, it is another one."""
    return f"{booking_id}@{at:%Y%m%dT%H%M}"


def _digests(now: datetime) -> list[dict[str, object]]:
    people = sa.select(User.id, User.timezone, User.digest_at, User.country, Team.country).join(
        Team, Team.id == User.team_id
    )
    people = people.where(User.role == Role.MANAGER, User.deactivated_at.is_(None))
    due = []
    for user_id, zone, clock, own, team in session.execute(people):
        try:
            day = _digest_day(now, ZoneInfo(zone), clock)
            if day and for_country(own or team).is_working_day(day):
                at = moment(day, clock, ZoneInfo(zone))
                due.append(
                    _row(user_id, NoticeKind.DIGEST, day.isoformat(), at, at + DIGEST_IS_WORTH)
                )
        except Exception:  # one person's wrong zone must not cost the others their morning
            log.exception("cannot plan the digest of user %s", user_id)
    return due


def _digest_day(now: datetime, zone: ZoneInfo, clock: time) -> date | None:
    """The local day whose digest became due just now; around midnight that may be yesterday's."""
    today = local_day(now, zone)
    for day in (today, today - timedelta(days=1)):
        if now - BEHIND < moment(day, clock, zone) <= now:
            return day
    return None


def _bookings(now: datetime) -> list[dict[str, object]]:
    query = (
        sa.select(Booking.id, Booking.at, Client.owner_id)
        .join(Client, Client.id == Booking.client_id)
        .join(User, User.id == Client.owner_id)
        .where(Booking.settled_at.is_(None), Booking.cancelled_at.is_(None))
        .where(Booking.at <= now + BEFORE_A_BOOKING, Booking.at > now - AFTER_A_BOOKING)
        .where(Booking.kind.in_(LIVE), Client.status == ClientStatus.ACTIVE)
        .where(User.deactivated_at.is_(None))
    )
    found = session.execute(query).all()
    away = covers.stand_ins(now) if found else {}
    return [
        _row(
            user_id,
            NoticeKind.BOOKED,
            booking_subject(booking_id, at),
            at - BEFORE_A_BOOKING,
            at + AFTER_A_BOOKING,
        )
        for booking_id, at, owner in found
        for user_id in {owner, *away.get(owner, ())}
    ]


def _promises(now: datetime) -> list[dict[str, object]]:
    return [
        _row(
            one.user_id,
            NoticeKind.PROMISE,
            one.subject,
            one.at,
            one.at + promise_reminders.IS_WORTH,
        )
        for one in promise_reminders.due(now, BEHIND)
    ]


def _row(
    user_id: int, kind: NoticeKind, subject: str, due_at: datetime, expires_at: datetime
) -> dict[str, object]:
    return {
        "user_id": user_id,
        "kind": kind,
        "subject": subject,
        "due_at": due_at,
        "expires_at": expires_at,
        "next_try_at": due_at,
        "tries": 0,
    }
