"""Template filters for days and moments, in the zone of the signed-in user."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import Flask
from flask_login import current_user

from pwa import clock
from pwa.i18n import gettext as _
from pwa.i18n import ngettext
from pwa.operations.text import datetime_text
from pwa.web.http.extensions import babel

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def init_app(app: Flask) -> None:
    """Binds gettext and registers the filters."""
    babel.init_app(app)
    app.jinja_env.globals.update(_=_, ngettext=ngettext)
    app.jinja_env.filters.update(
        day=day,
        full_day=full_day,
        clock=clock_time,
        moment=moment,
        ago=ago,
        span=datetime_text.span,
        work_time=datetime_text.work_time,
        weekday=weekday,
    )


def zone() -> ZoneInfo:
    """The zone of the signed-in user, UTC without one."""
    return current_user.zone if current_user.is_authenticated else ZoneInfo("UTC")


def today() -> date:
    """The present day in the user's zone."""
    return clock.now().astimezone(zone()).date()


def weekday(name: str) -> str:
    """mon -> Monday."""
    return datetime_text.weekday(WEEKDAYS.index(name))


def day(value: date | datetime) -> str:
    """Today, tomorrow, Tuesday, or 3 October."""
    return datetime_text.day(value, clock.now(), zone())


def clock_time(value: datetime | time) -> str:
    """The time of day, 9:05."""
    return datetime_text.clock_time(value, zone())


def moment(value: datetime) -> str:
    """Day and time together: Tuesday 15:00."""
    return f"{day(value)} {clock_time(value)}"


def ago(value: datetime) -> str:
    """How long since, in the coarsest unit that is true."""
    return datetime_text.ago(value, clock.now())


def full_day(value: date | datetime) -> str:
    """Friday 20 November."""
    local = value.astimezone(zone()) if isinstance(value, datetime) else value
    return (
        f"{datetime_text.weekday(local.weekday())} {local.day} {datetime_text.month(local.month)}"
    )
