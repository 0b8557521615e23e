"""What is said of booked times, promises and calls that nobody logged."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pwa.models import User
from pwa.operations.notices.composing.due_notice import DueNotice
from pwa.operations.notices.composing.facts import (
    NOT_ACTIVE,
    SOMEONE_ELSE,
    Facts,
    Skip,
    number_in,
)
from pwa.operations.notices.composing.wording import WORDS
from pwa.operations.notices.from_phone.unlogged import form_address
from pwa.operations.notices.planning import booked as planned_booked
from pwa.operations.notices.planning import promises as planned_promises
from pwa.operations.text import datetime_text
from pwa.push import notice_payload
from pwa.push.day_figures import PromisesDue
from pwa.push.payload import Push, Who
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.timezones import local_day


def booked(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """A booking reminder; in quiet hours too: the user agreed to that time."""
    booking = facts.bookings.get(number_in(notice.subject))
    if why := _not_booked(booking, notice, user, facts):
        return Skip(why)
    assert booking is not None
    return notice_payload.booked(
        WORDS,
        booking=str(booking.id),
        kind=booking.kind.value,
        who=Who(facts.contact(booking), booking.company, user.full_names),
        at=_local(booking.at, user.zone),
        minutes=round((booking.at - facts.now).total_seconds() / 60),
        url=f"/clients/{booking.client_id}",
    )


def _not_booked(booking: Any, notice: DueNotice, user: User, facts: Facts) -> str:
    if booking is None or booking.cancelled_at:
        return "The booking was cancelled."
    if booking.settled_at:
        return "The conversation has taken place already."
    if planned_booked.subject_of(booking.id, booking.at) != notice.subject:
        return "The booking was moved to another time."
    if not facts.looks_after(booking.owner_id, user):
        return SOMEONE_ELSE
    return "" if booking.status is ClientStatus.ACTIVE else NOT_ACTIVE


def promised(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """A reminder of a promise, or of all that were merged into it."""
    whys = {subject: _not_promised(subject, user, facts) for subject in facts.subjects(notice)}
    open_ones = [facts.promises[number_in(subject)] for subject, why in whys.items() if not why]
    if not open_ones:
        return Skip(whys[notice.subject])
    last = max(promise.falls_due for promise in open_ones)
    if len(open_ones) > 1:
        now_day = local_day(facts.now, user.zone)
        today = sum(promise.falls_due <= now_day for promise in open_ones)
        day = due_by(last, facts.now, user.zone)
        return notice_payload.promises_due(WORDS, PromisesDue(today, len(open_ones) - today, day))
    (promise,) = open_ones
    return notice_payload.promised(
        WORDS,
        promise=str(promise.id),
        who=Who(facts.contact(promise), promise.company, user.full_names),
        day=datetime_text.day(promise.falls_due, facts.now, user.zone),
    )


def due_by(day: date, now: datetime, zone: ZoneInfo) -> str:
    """The day until which promises fall due: tomorrow, or by Monday."""
    text = datetime_text.day(day, now, zone)
    if (day - local_day(now, zone)).days <= 1:
        return text
    return WORDS.gettext("by %(day)s") % {"day": text}


def _not_promised(subject: str, user: User, facts: Facts) -> str:
    promise = facts.promises.get(number_in(subject))
    if promise is None:
        return "The promise is no longer there."
    if promise.kept:
        return "The promise was kept already."
    if planned_promises.subject_of(promise.id, promise.falls_due) != subject:
        return "The promise was moved to another day."
    if not _is_responsible(promise, user, facts):
        return "Someone else sees to it now."
    return "" if promise.status is ClientStatus.ACTIVE else NOT_ACTIVE


def _is_responsible(promise: Any, user: User, facts: Facts) -> bool:
    if promise.responsible:
        return bool(promise.responsible == user.id)
    return facts.looks_after(promise.owner_id, user)


def unlogged(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """A call that was dialled and not logged, and those merged into it (R26)."""
    waiting = [call for call in facts.abouts[notice.id] if call.subject not in facts.logged]
    if not waiting:
        return Skip("The call was logged.")
    calls = [call for call in waiting if call.client_id in facts.clients]
    if not calls:
        return Skip(NOT_ACTIVE)
    client_id = calls[0].client_id or 0
    return notice_payload.unlogged(
        WORDS,
        key=notice.subject,
        who=Who("", facts.clients[client_id], user.full_names),
        url=form_address(calls[0].subject, client_id, notice.due_at),
        number=len(calls),
    )


def _local(at: datetime, zone: ZoneInfo) -> time:
    return at.astimezone(zone).time()
