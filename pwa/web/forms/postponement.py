""" "Not now" (R21) as submitted: until when, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from pwa.operations.clients.postponements import PostponementTerms
from pwa.rules.vocabulary.timezones import local_day, moment
from pwa.web.forms.fields import Errors, Fields

AFTERNOON = time(13)
LONGEST = timedelta(days=60)
MOST_LETTERS = 300


@dataclass(frozen=True)
class PostponementForm:
    """The postponement of a client; `terms` is None for a form with errors."""

    terms: PostponementTerms | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], now: datetime, zone: ZoneInfo) -> "PostponementForm":
        """The terms of a postponement made at `now`, with days of the user's `zone`."""
        fields = Fields(form)
        until, whole_day = _until(fields, now, zone)
        typed, button = fields.trimmed("words"), dict(reasons()).get(fields.trimmed("reason"), "")
        reason = typed or button
        if not reason:
            fields.errors["reason"] = _("Say why in a word or two: it helps next time.")
        if until is None or not reason:
            return cls(None, fields.errors)
        return cls(PostponementTerms(until, whole_day, reason[:MOST_LETTERS]))


def moments(now: datetime, zone: ZoneInfo) -> list[tuple[str, str]]:
    """The buttons for "until when", by value; no afternoon once it has begun."""
    return [
        ("hour", _("In an hour")),
        *([("afternoon", _("This afternoon"))] if now.astimezone(zone).time() < AFTERNOON else []),
        ("tomorrow", _("Tomorrow")),
        ("day", _("Another day")),
    ]


def reasons() -> list[tuple[str, str]]:
    """The buttons for the most usual reasons, by value."""
    return [
        ("busy", _("They are busy")),
        ("unprepared", _("I am not prepared yet")),
        ("waiting", _("I am waiting for something")),
        ("other", _("Something else")),
    ]


def _until(fields: Fields, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, bool]:
    """The end of the postponement, and whether it is the beginning of a day; None on an error."""
    today = local_day(now, zone)
    when = fields.trimmed("when")
    if when == "hour":
        return now + timedelta(hours=1), False
    if when == "afternoon":
        return max(moment(today, AFTERNOON, zone), now + timedelta(hours=1)), False
    if when == "tomorrow":
        return moment(today + timedelta(days=1), time(), zone), True
    if when == "day":
        day = _day(fields, today)
        return moment(day, time(), zone) if day else None, True
    fields.errors["when"] = _("Choose until when.")
    return None, False


def _day(fields: Fields, today: date) -> date | None:
    try:
        day = date.fromisoformat(fields.trimmed("day"))
    except ValueError:
        fields.errors["day"] = _("Give the day.")
        return None
    if today < day <= today + LONGEST:
        return day
    fields.errors["day"] = _("Give a day after today, within two months.")
    return None
