"""Plans notices (digest, booked time, promise, recovery): each stored once, none too late."""

import logging
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import insert, session, writing
from pwa.models import Booking, Client, Notice, Role, Team, User
from pwa.operations.accounts import covers
from pwa.operations.notices import promise_reminders, recoveries
from pwa.rules.contact.contact_events import LIVE
from pwa.rules.vocabulary.enums import ClientStatus, NoticeKind
from pwa.rules.vocabulary.timezones import local_day, moment

MAX_LATENESS = timedelta(minutes=15)
BEFORE_A_BOOKING = timedelta(minutes=5)
AFTER_A_BOOKING = timedelta(minutes=5)
DIGEST_VALID_FOR = timedelta(hours=4)

log = logging.getLogger(__name__)


def plan(now: datetime) -> int:
    """Stores the notices due at `now` (idempotent); returns how many are new.

    Only those that became due within the last quarter of an hour: a worker that was stopped
    overnight does not send the evening's notices in the morning.
    """
    deadlines = recoveries.open_deadlines(now)
    escalations = recoveries.unescalated(deadlines, now)
    due = [*_digests(now), *_bookings(now), *_promises(now), *recoveries.due(deadlines, now)]
    if not due and not escalations:
        return 0
    with writing():
        recoveries.escalate(escalations, now)
        if not due:
            return 0
        written = insert(Notice).values(due).on_conflict_do_nothing().returning(Notice.id)
        return len(session.scalars(written).all())


def booking_subject(booking_id: int, at: datetime) -> str:
    """The subject of a booking reminder; a booking moved to another time gets a new one."""
    return f"{booking_id}@{at:%Y%m%dT%H%M}"


def _digests(now: datetime) -> list[dict[str, object]]:
    users = sa.select(User.id, User.timezone, User.digest_at, User.country, Team.country).join(
        Team, Team.id == User.team_id
    )
    users = users.where(User.role == Role.MANAGER, User.deactivated_at.is_(None))
    due = []
    for user_id, zone, clock, own, team in session.execute(users):
        try:
            day = _digest_day(now, ZoneInfo(zone), clock)
            if day and for_country(own or team).is_working_day(day):
                at = moment(day, clock, ZoneInfo(zone))
                due.append(
                    _row(user_id, NoticeKind.DIGEST, day.isoformat(), at, at + DIGEST_VALID_FOR)
                )
        except Exception:  # an invalid time zone of one user must not stop the rest
            log.exception("cannot plan the digest of user %s", user_id)
    return due


def _digest_day(now: datetime, zone: ZoneInfo, clock: time) -> date | None:
    """The local day whose digest has just become due (around midnight perhaps yesterday)."""
    today = local_day(now, zone)
    for day in (today, today - timedelta(days=1)):
        if now - MAX_LATENESS < moment(day, clock, zone) <= now:
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
    booked = session.execute(query).all()
    stand_ins = covers.stand_ins(now) if booked else {}
    return [
        _row(
            user_id,
            NoticeKind.BOOKED,
            booking_subject(booking_id, at),
            at - BEFORE_A_BOOKING,
            at + AFTER_A_BOOKING,
        )
        for booking_id, at, owner in booked
        for user_id in {owner, *stand_ins.get(owner, ())}
    ]


def _promises(now: datetime) -> list[dict[str, object]]:
    return [
        _row(
            reminder.user_id,
            NoticeKind.PROMISE,
            reminder.subject,
            reminder.at,
            reminder.at + promise_reminders.VALID_FOR,
        )
        for reminder in promise_reminders.due(now, MAX_LATENESS)
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
