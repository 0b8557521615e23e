"""A person's settings of their notifications: which kinds, on which days, at which hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pwa.rules.scheduling.quiet_hours import end_of_quiet, first_not_quiet, is_quiet
from pwa.rules.vocabulary.calendar import Calendar, is_weekly_rest
from pwa.rules.vocabulary.notice_kind import NoticeKind

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Those a person may turn off. Never a recovery or an escalation: a deadline runs (R13), and whoever
# mutes it hears of it from the supervisor instead, or as a supervisor not at all. Their answer to
# too many is the quiet hours, which hold for these too.
OPTIONAL = (
    NoticeKind.DIGEST,
    NoticeKind.EVENING,
    NoticeKind.BOOKED,
    NoticeKind.PROMISE,
    NoticeKind.PROMISE_TODAY,
    NoticeKind.UNLOGGED,
    NoticeKind.OUTCOME,
    NoticeKind.MAIL,
)
# The user agreed to that time, or asked for it a moment ago.
IN_QUIET_HOURS = frozenset({NoticeKind.BOOKED, NoticeKind.TEST})


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """Settings of one person; all times are in `zone`.

    `days` are weekdays (0 is Monday) on which notices come, empty for the working days of
    `calendar`. `visit_lead` is None for the time of travel.
    """

    zone: ZoneInfo
    calendar: Calendar
    digest_at: time = time(7, 30)
    evening_at: time = time(17)
    quiet_from: time = time(19)
    quiet_to: time = time(7)
    days: frozenset[int] = frozenset()
    muted: frozenset[NoticeKind] = frozenset()
    call_lead: timedelta = timedelta(minutes=5)
    visit_lead: timedelta | None = None

    def wants(self, kind: NoticeKind) -> bool:
        """Whether the person hears of this kind; what is not optional comes always (R13)."""
        return kind not in OPTIONAL or kind not in self.muted

    def is_working_day(self, day: date) -> bool:
        """Whether notices come on `day`, so that settings are a calendar: never on a holiday.

        A weekend day counts where it was chosen.
        """
        if not self.days:
            return self.calendar.is_working_day(day)
        if day.weekday() not in self.days:
            return False
        return self.calendar.is_working_day(day) or is_weekly_rest(day, self.calendar)

    def is_quiet(self, at: datetime) -> bool:
        """Whether `at` is in the quiet hours."""
        return is_quiet(at.astimezone(self.zone).time(), self.quiet_from, self.quiet_to)

    def end_of_quiet(self, at: datetime) -> datetime:
        """`at`, or the end of the quiet hours that it falls into."""
        return end_of_quiet(at, self.zone, self.quiet_from, self.quiet_to)

    @property
    def morning_at(self) -> time:
        """When the morning's notices come: at the digest's time, or once the quiet hours end."""
        return first_not_quiet(self.digest_at, self.quiet_from, self.quiet_to)


def usual_days(calendar: Calendar) -> frozenset[int]:
    """The weekdays on which notices come where none were chosen."""
    week = (date(2026, 1, 5) + timedelta(days=number) for number in range(7))
    return frozenset(day.weekday() for day in week if not is_weekly_rest(day, calendar))


def read_days(text: str) -> frozenset[int]:
    """The weekdays of a stored list of mon..sun; unknown names are left out."""
    return frozenset(WEEKDAYS.index(name) for name in text.split(",") if name in WEEKDAYS)


def write_days(days: Iterable[int]) -> str:
    """The stored form of weekdays."""
    return ",".join(WEEKDAYS[day] for day in sorted(days))


def read_kinds(text: str) -> frozenset[NoticeKind]:
    """The kinds of a stored list; unknown names are left out."""
    known = set(NoticeKind)
    return frozenset(NoticeKind(name) for name in text.split(",") if name in known)


def write_kinds(kinds: Iterable[NoticeKind]) -> str:
    """The stored form of kinds, in the order of `OPTIONAL`."""
    chosen = frozenset(kinds)
    return ",".join(kind.value for kind in OPTIONAL if kind in chosen)
