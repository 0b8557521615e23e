"""When a notice is due, and until when it is of use.

Each is planned back to the end of its use, never to a fixed lateness: after an outage whatever
still helps is sent, and the rest is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pwa.rules.commitments.promises import reminder_date
from pwa.rules.notices.settings import IN_QUIET_HOURS, NoticeSettings
from pwa.rules.scheduling.quiet_hours import is_quiet
from pwa.rules.vocabulary.calendar import next_working_day
from pwa.rules.vocabulary.enums import Kind
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day, moment

VALID_FOR = {
    NoticeKind.DIGEST: timedelta(hours=4),
    NoticeKind.EVENING: timedelta(hours=3),
    NoticeKind.PROMISE: timedelta(hours=10),
    NoticeKind.PROMISE_TODAY: timedelta(hours=8),
    NoticeKind.OUTCOME: timedelta(hours=10),
    NoticeKind.RECOVERY: timedelta(hours=12),
    NoticeKind.ESCALATION: timedelta(hours=12),
    NoticeKind.UNLOGGED: timedelta(hours=2),
}
UNLOGGED_AFTER = timedelta(minutes=10)
AFTER_A_BOOKING = timedelta(minutes=5)
LEAST_VISIT_LEAD = timedelta(minutes=30)
LONGEST_LEAD = timedelta(hours=3)
CATCH_UP = timedelta(hours=4)
AN_HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# News that is as much of use in the morning; what is said of a day or an evening is over with it.
_OVER_NIGHT = frozenset({NoticeKind.RECOVERY, NoticeKind.ESCALATION})


@dataclass(frozen=True, slots=True)
class Due:
    """A notice of the local `day`, due at `due_at` and of use until `expires_at`."""

    day: date
    due_at: datetime
    expires_at: datetime


def daily(kind: NoticeKind, settings: NoticeSettings, now: datetime) -> Due | None:
    """The notice of a daily kind that is due and still of use at `now`, on a day of notices.

    The digest, promises and outcomes come in the morning, the evening's at its own time and never
    in the quiet hours. A day is a day in the person's zone, so that a flight repeats none.
    """
    if not settings.wants(kind):
        return None
    clock = settings.evening_at if kind is NoticeKind.EVENING else settings.morning_at
    if is_quiet(clock, settings.quiet_from, settings.quiet_to):
        return None
    for day in _days(settings, now):
        due_at = moment(day, clock, settings.zone)
        expires_at = due_at + VALID_FOR[kind]
        if due_at <= now < expires_at and settings.is_working_day(day):
            return Due(day, due_at, expires_at)
    return None


def _days(settings: NoticeSettings, now: datetime) -> Iterator[date]:
    """Today, and yesterday: around midnight its notices are still of use."""
    today = local_day(now, settings.zone)
    yield from (today, today - DAY)


def is_reminded(falls_due: date, day: date, settings: NoticeSettings) -> bool:
    """Whether a promise is reminded of on `day`: the person's working day before it (R17)."""
    return falls_due > day and reminder_date(falls_due, settings) == day


def promised_until(day: date, settings: NoticeSettings) -> date:
    """The next working day after `day`, until which the digest counts promises (R17).

    On a Friday the Monday, so that what falls due at the weekend or on Monday is counted.
    """
    return next_working_day(day, settings)


def is_outcome_day(missed_at: datetime, day: date, settings: NoticeSettings) -> bool:
    """Whether the outcome of a deadline missed at `missed_at` is told on `day`: the next morning.

    That is the first of the person's working days after the day of the deadline (R13).
    """
    return next_working_day(local_day(missed_at, settings.zone), settings) == day


def lead(kind: Kind, settings: NoticeSettings, travel: timedelta | None = None) -> timedelta:
    """How long ahead of a booked time its reminder comes (R19, R20), at most `LONGEST_LEAD`.

    Calls and video calls by the person's choice. Visits too, else `travel`, the time to get there
    from the visit before, where that is known, and at least half an hour.
    """
    if kind is not Kind.VISIT:
        return min(settings.call_lead, LONGEST_LEAD)
    chosen = settings.visit_lead
    if chosen is None:
        chosen = max(LEAST_VISIT_LEAD, travel or timedelta())
    return min(chosen, LONGEST_LEAD)


def over_night(expires_at: datetime, settings: NoticeSettings) -> datetime:
    """The end of a use, moved into the morning where it falls into the quiet hours (R13).

    So that what could not be sent before them still can be after them.
    """
    if not settings.is_quiet(expires_at):
        return expires_at
    return settings.end_of_quiet(expires_at) + CATCH_UP


def put_off(
    kind: NoticeKind, expires_at: datetime, settings: NoticeSettings, now: datetime, *, fixed: bool
) -> tuple[datetime, datetime] | None:
    """When a notice that is put off for an hour is due again, and until when it is of use then.

    None if it is of no use any more by then. What would come in the quiet hours comes once they
    end (R13); of a recovery and an escalation that prolongs the use, unless its end is `fixed`.
    """
    at = now + AN_HOUR
    due_at = at if kind in IN_QUIET_HOURS else settings.end_of_quiet(at)
    if kind in _OVER_NIGHT and not fixed:
        expires_at += due_at - at
    return (due_at, expires_at) if due_at < expires_at else None


def booked(at: datetime, ahead: timedelta) -> tuple[datetime, datetime]:
    """When the reminder of a booked time is due, and until when it is of use.

    In the quiet hours too: the user agreed to that time.
    """
    return at - ahead, at + AFTER_A_BOOKING
