"""Composes the push of a notice when it is sent, or skips it with a reason."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext, ngettext

from pwa.db import session
from pwa.models import Booking, Client, Contact, Promise, Recovery, User
from pwa.operations.accounts import covers
from pwa.operations.day_list import day_list
from pwa.operations.notices.claim import ClaimedNotice
from pwa.operations.notices.plan import booking_subject
from pwa.operations.notices.promise_reminders import responsible_id, subject_of
from pwa.operations.text import datetime_text
from pwa.push import payload
from pwa.push.payload import First, Push, Words
from pwa.push.recovery_payload import What, trouble
from pwa.rules.day_list.row import Row
from pwa.rules.scheduling.availability import CLOSES
from pwa.rules.scheduling.quiet_hours import is_quiet
from pwa.rules.vocabulary.enums import ClientStatus, NoticeKind, RowTier
from pwa.rules.vocabulary.timezones import local_day

WORDS = Words(gettext, ngettext)


@dataclass(frozen=True, slots=True)
class Skip:
    """The notice is not sent; `why` is a sentence for its user."""

    why: str


def compose(notice: ClaimedNotice, user: User, now: datetime) -> Push | Skip:
    """The push for the current state, or the reason to skip it."""
    if not user.is_active:
        return Skip("This person no longer signs in.")
    if now >= notice.expires_at:
        return Skip("It came too late to be of use.")
    if notice.kind is NoticeKind.TEST:
        return payload.trial(WORDS)
    if notice.kind is NoticeKind.BOOKED:
        return _booked(notice, user, now)
    if notice.kind is NoticeKind.PROMISE:
        return _promised(notice, user, now)
    if notice.kind in (NoticeKind.RECOVERY, NoticeKind.ESCALATION):
        return _recovery(notice, user, now)
    return _digest(user, now)


def _digest(user: User, now: datetime) -> Push | Skip:
    """The digest; never in quiet hours: the list says the same."""
    clock = now.astimezone(user.zone).time()
    if is_quiet(clock, user.quiet_from, user.quiet_to):
        return Skip("It would have come in the quiet hours.")
    left = day_list.for_manager(user, now).remaining
    push = payload.digest(
        WORDS,
        calls=left.calls,
        visits=left.visits,
        writes=left.writes,
        first=_first(left.first, user.zone) if left.first else None,
        promised=_due_tomorrow(user, now),
    )
    return push or Skip("Nobody is on the list today.")


def _first(row: Row, zone: ZoneInfo) -> First:
    name = row.contact_name or row.client_name
    if row.tier is RowTier.BOOKED and row.at:
        return First(name, at=_local(row.at, zone))
    closes = _local(row.window.closes, zone) if row.window else CLOSES
    # The usual end of a working day is not worth mentioning.
    return First(name, before=closes if closes < CLOSES else None)


def _booked(notice: ClaimedNotice, user: User, now: datetime) -> Push | Skip:
    """A booking reminder; in quiet hours too: the user agreed to that time."""
    booking = session.get(Booking, int(notice.subject.partition("@")[0]), populate_existing=True)
    if booking is None or booking.cancelled_at:
        return Skip("The booking was cancelled.")
    if booking.settled_at:
        return Skip("The conversation has taken place already.")
    if booking_subject(booking.id, booking.at) != notice.subject:
        return Skip("The booking was moved to another time.")
    client = booking.client
    if not _looks_after(client, user, now):
        return Skip("Someone else looks after this client now.")
    if client.status is not ClientStatus.ACTIVE:
        return Skip("This client is not active now.")
    contact = booking.contact or client.contact
    return payload.booked(
        WORDS,
        booking=str(booking.id),
        name=contact.name if contact else client.name,
        company=client.name,
        at=_local(booking.at, user.zone),
        minutes=round((booking.at - now).total_seconds() / 60),
        url=f"/clients/{client.id}",
    )


def _promised(notice: ClaimedNotice, user: User, now: datetime) -> Push | Skip:
    """A promise reminder; never in quiet hours: the promise is on the list as well."""
    if is_quiet(_local(now, user.zone), user.quiet_from, user.quiet_to):
        return Skip("It would have come in the quiet hours.")
    promise = session.get(Promise, int(notice.subject.partition("@")[0]), populate_existing=True)
    if promise is None:
        return Skip("The promise is no longer there.")
    if promise.kept:
        return Skip("The promise was kept already.")
    if subject_of(promise.id, promise.falls_due) != notice.subject:
        return Skip("The promise was moved to another day.")
    if not _is_responsible(promise, user, now):
        return Skip("Someone else sees to it now.")
    if promise.client.status is not ClientStatus.ACTIVE:
        return Skip("This client is not active now.")
    contact = promise.contact or promise.client.contact
    return payload.promised(
        WORDS,
        promise=str(promise.id),
        name=contact.name if contact else promise.client.name,
        company=promise.client.name,
        day=datetime_text.day(promise.falls_due, now, user.zone),
    )


def _is_responsible(promise: Promise, user: User, now: datetime) -> bool:
    if promise.owner_id:
        return promise.owner_id == user.id
    return _looks_after(promise.client, user, now)


def _looks_after(client: Client, user: User, now: datetime) -> bool:
    return client.owner_id in (user.id, *covers.absent_for(user, now))


def _due_tomorrow(user: User, now: datetime) -> int:
    tomorrow = local_day(now, user.zone) + timedelta(days=1)
    query = sa.select(sa.func.count()).select_from(Promise).join(Promise.client)
    query = query.where(Promise.kept.is_(None), Promise.falls_due == tomorrow)
    query = query.where(responsible_id == user.id, Client.status == ClientStatus.ACTIVE)
    return session.scalars(query).one()


def _local(at: datetime, zone: ZoneInfo) -> time:
    return at.astimezone(zone).time()


def _recovery(notice: ClaimedNotice, user: User, now: datetime) -> Push | Skip:
    """A recovery notice, delayed past quiet hours: skipped if it was put right meanwhile."""
    event, _, number = notice.subject.partition(":")
    recovery = session.get(Recovery, int(number), populate_existing=True)
    if recovery is None or (recovery.closed and event != What.CLOSED):
        return Skip("It was put right meanwhile.")
    if recovery.live and event != What.AGAIN:
        return Skip("They have talked about it already.")
    client = session.get_one(Client, recovery.client_id)
    if notice.kind is NoticeKind.RECOVERY and not _looks_after(client, user, now):
        return Skip("Someone else looks after this client now.")
    contact = session.get(Contact, recovery.contact_id) if recovery.contact_id else client.contact
    return trouble(
        WORDS,
        What(event),
        recovery=str(recovery.id),
        name=contact.name if contact else client.name,
        company=client.name,
        manager=client.owner.name,
        url=f"/clients/{client.id}",
    )
