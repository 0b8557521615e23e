"""How days and moments are said on screen, in the person's own zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pwa import clock
from pwa.web.extensions import babel

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def init_app(app: Flask) -> None:
    """Bind gettext and let templates say days and times."""
    babel.init_app(app)
    app.jinja_env.globals.update(_=_, ngettext=ngettext)
    app.jinja_env.filters.update(day=day, clock=clock_time, moment=moment, ago=ago, weekday=weekday)


def zone() -> ZoneInfo:
    """The zone of the person who is signed in."""
    return current_user.zone if current_user.is_authenticated else ZoneInfo("UTC")


def today() -> date:
    """The day it is where that person is."""
    return clock.now().astimezone(zone()).date()


def weekday(name: str) -> str:
    """mon -> Monday."""
    full = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"))
    return (*full, _("Sunday"))[WEEKDAYS.index(name)]


def day(value: date | datetime) -> str:
    """Today, tomorrow, Tuesday (within the week), or 3 October; the year where it is another."""
    if isinstance(value, datetime):
        value = value.astimezone(zone()).date()
    away = (value - today()).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if away in near:
        return near[away]
    if 1 < away < 7:
        return weekday(WEEKDAYS[value.weekday()])
    month = value.strftime("%B") if value.year == today().year else value.strftime("%B %Y")
    return f"{value.day} {month}"


def clock_time(value: datetime | time) -> str:
    """The time of day, 9:05."""
    if isinstance(value, datetime):
        value = value.astimezone(zone()).time()
    return f"{value.hour}:{value.minute:02d}"


def moment(value: datetime) -> str:
    """Day and time together: Tuesday 15:00."""
    return f"{day(value)} {clock_time(value)}"


def ago(value: datetime) -> str:
    """How long since, in the coarsest unit that is true."""
    gone = max(clock.now() - value, timedelta(0))
    if gone < timedelta(minutes=1):
        return _("just now")
    if gone < timedelta(hours=1):
        minutes = int(gone.total_seconds() // 60)
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes)
    if gone < timedelta(days=1):
        return ngettext("%(num)d hour ago", "%(num)d hours ago", int(gone.total_seconds() // 3600))
    return ngettext("%(num)d day ago", "%(num)d days ago", gone.days)
