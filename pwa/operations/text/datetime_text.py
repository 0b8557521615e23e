"""Text of days, times and durations in a given zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pwa.i18n import gettext as _
from pwa.i18n import lazy_gettext, ngettext
from pwa.rules.vocabulary.timezones import local_day

# Lazy: translated when used, in the language of the request.
_WEEKDAYS = (
    lazy_gettext("Monday"),
    lazy_gettext("Tuesday"),
    lazy_gettext("Wednesday"),
    lazy_gettext("Thursday"),
    lazy_gettext("Friday"),
    lazy_gettext("Saturday"),
    lazy_gettext("Sunday"),
)
_MONTHS = (
    lazy_gettext("January"),
    lazy_gettext("February"),
    lazy_gettext("March"),
    lazy_gettext("April"),
    lazy_gettext("May"),
    lazy_gettext("June"),
    lazy_gettext("July"),
    lazy_gettext("August"),
    lazy_gettext("September"),
    lazy_gettext("October"),
    lazy_gettext("November"),
    lazy_gettext("December"),
)
_NEAR = {0: lazy_gettext("today"), 1: lazy_gettext("tomorrow"), -1: lazy_gettext("yesterday")}


_by_name: ContextVar[bool] = ContextVar("days_by_name", default=False)


@contextmanager
def days_by_name() -> Iterator[None]:
    """Within it every near day has its name, none is today or tomorrow.

    For the list of a coming day: its rows would else mix "due tomorrow" and "by Tuesday".
    """
    token = _by_name.set(True)
    try:
        yield
    finally:
        _by_name.reset(token)


def weekday(number: int) -> str:
    """0 -> Monday."""
    return str(_WEEKDAYS[number])


def month(number: int) -> str:
    """1 -> January."""
    return str(_MONTHS[number - 1])


def day(value: date | datetime, now: datetime, zone: ZoneInfo) -> str:
    """Today, tomorrow, Tuesday (within the week), or 3 October; the year where it is another."""
    today = local_day(now, zone)
    if isinstance(value, datetime):
        value = local_day(value, zone)
    away = (value - today).days
    if away in _NEAR and not _by_name.get():
        return str(_NEAR[away])
    if 1 < away < 7 or away in _NEAR:
        return weekday(value.weekday())
    text = f"{value.day} {month(value.month)}"
    return text if value.year == today.year else f"{text} {value.year}"


def day_phrase(value: date | datetime, now: datetime, zone: ZoneInfo) -> str:
    """A day as part of a sentence: yesterday, or on 3 October."""
    on = local_day(value, zone) if isinstance(value, datetime) else value
    text = day(on, now, zone)
    is_near = (on - local_day(now, zone)).days in _NEAR and not _by_name.get()
    return text if is_near else _("on %(day)s", day=text)


def clock_time(value: datetime | time, zone: ZoneInfo) -> str:
    """The time of day, 9:05."""
    if isinstance(value, datetime):
        value = value.astimezone(zone).time()
    return hour(value)


def hour(value: time) -> str:
    """A time of day, 9:05, not converted."""
    return f"{value.hour}:{value.minute:02d}"


def span(value: timedelta) -> str:
    """1 h 20, 45 min, 3 days: as coarse as is useful."""
    minutes = int(value.total_seconds() // 60)
    if minutes < 60:
        return _("%(minutes)d min", minutes=minutes)
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        if not rest:
            return _("%(hours)d h", hours=hours)
        return _("%(hours)d h %(minutes)d", hours=hours, minutes=rest)
    return ngettext("%(num)d day", "%(num)d days", minutes // (24 * 60))


def work_time(minutes: int) -> str:
    """Working time: 45 min, 4 h, 5 h 20; never in days, which have more hours than anyone works."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min", minutes=rest)
    if not rest:
        return _("%(hours)d h", hours=hours)
    return _("%(hours)d h %(minutes)d", hours=hours, minutes=rest)


def ago(value: datetime, now: datetime) -> str:
    """How long since, in the coarsest unit that is true."""
    gone = max(now - value, timedelta(0))
    if gone < timedelta(minutes=1):
        return _("just now")
    if gone < timedelta(hours=1):
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", gone.seconds // 60)
    if gone < timedelta(days=1):
        return ngettext("%(num)d hour ago", "%(num)d hours ago", gone.seconds // 3600)
    return ngettext("%(num)d day ago", "%(num)d days ago", gone.days)
