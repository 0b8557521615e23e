""" "Not now" (R21) as submitted: until when, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from pwa.operations.clients.postponements import Conditions, PostponementTerms
from pwa.rules.vocabulary.timezones import local_day, moment
from pwa.web.forms.fields import Errors, Fields
from pwa.web.text import datetime_filters

AFTERNOON = time(13)
LONGEST = timedelta(days=60)
MOST_LETTERS = 300


@dataclass(frozen=True)
class TimeChoice:
    """A button for "until when"; `is_late` says that it lies after a recovery's deadline."""

    value: str
    words: str
    is_late: bool


@dataclass(frozen=True)
class PostponementForm:
    """The postponement of a client; `terms` is None for a form with errors."""

    terms: PostponementTerms | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(
        cls, form: Mapping[str, str], conditions: Conditions, now: datetime, zone: ZoneInfo
    ) -> "PostponementForm":
        """The terms of a postponement made at `now`, with days of the user's `zone`.

        A time after the deadline of a recovery comes as `late` instead of `when`: the second tap.
        """
        fields = Fields(form)
        accepted = fields.trimmed("late")
        until, whole_day = _until(fields, accepted or fields.trimmed("when"), now, zone)
        if until and not accepted and conditions.deadline and until > conditions.deadline:
            fields.errors["when"] = after_deadline(conditions.deadline)
        typed, button = fields.trimmed("words"), dict(reasons()).get(fields.trimmed("reason"), "")
        reason = typed or button
        if conditions.needs_reason and not reason:
            fields.errors["reason"] = _("Say why in a word or two: it helps next time.")
        if until is None or fields.errors:
            return cls(None, fields.errors)
        return cls(PostponementTerms(until, whole_day, reason[:MOST_LETTERS]))


def after_deadline(deadline: datetime) -> str:
    """That a time is after the deadline of a recovery, and when that is."""
    is_today = datetime_filters.day(deadline) == datetime_filters.day(datetime_filters.today())
    when = datetime_filters.clock_time(deadline) if is_today else datetime_filters.moment(deadline)
    return _("That is after the deadline, %(when)s.", when=when)


def moments(now: datetime, zone: ZoneInfo, deadline: datetime | None) -> list[TimeChoice]:
    """The buttons for "until when"; no afternoon once it has begun."""
    today = local_day(now, zone)
    ends = {
        "hour": (_("In an hour"), now + timedelta(hours=1)),
        "afternoon": (_("This afternoon"), _afternoon(now, zone)),
        "tomorrow": (_("Tomorrow"), moment(today + timedelta(days=1), time(), zone)),
    }
    if now.astimezone(zone).time() >= AFTERNOON:
        del ends["afternoon"]
    return [
        TimeChoice(value, words, deadline is not None and until > deadline)
        for value, (words, until) in ends.items()
    ]


def reasons() -> list[tuple[str, str]]:
    """The buttons for the most usual reasons, by value."""
    return [
        ("busy", _("They are busy")),
        ("unprepared", _("I am not prepared yet")),
        ("waiting", _("I am waiting for something")),
        ("other", _("Something else")),
    ]


def _until(
    fields: Fields, when: str, now: datetime, zone: ZoneInfo
) -> tuple[datetime | None, bool]:
    """The end of the postponement, and whether it is the beginning of a day; None on an error."""
    today = local_day(now, zone)
    if when == "hour":
        return now + timedelta(hours=1), False
    if when == "afternoon":
        return _afternoon(now, zone), False
    if when == "tomorrow":
        return moment(today + timedelta(days=1), time(), zone), True
    if when == "day":
        day = _day(fields, today)
        return moment(day, time(), zone) if day else None, True
    fields.errors["when"] = _("Choose until when.")
    return None, False


def _afternoon(now: datetime, zone: ZoneInfo) -> datetime:
    return max(moment(local_day(now, zone), AFTERNOON, zone), now + timedelta(hours=1))


def _day(fields: Fields, today: date) -> date | None:
    try:
        day = date.fromisoformat(fields.trimmed("day"))
    except ValueError:
        fields.errors["day"] = _("Choose a day.")
        return None
    if today < day <= today + LONGEST:
        return day
    fields.errors["day"] = _("Choose a day after today, within two months.")
    return None
