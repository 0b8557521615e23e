"""Promises given and the next conversation booked, in the form after a conversation (R17)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from pwa.models import Client, Contact
from pwa.operations.calls.commitments import NO_COMMITMENTS, Commitments, Promised
from pwa.web.forms.clients.contact import zone_of
from pwa.web.forms.fields import Errors, Fields
from pwa.web.forms.promise import MOST_LETTERS
from pwa.web.text.datetime_filters import zone

LINES = ("1", "2", "3")
FRIDAY = 4


@dataclass(frozen=True)
class PromiseEntry:
    """A promise as typed: its words, the button of a day, or another day by hand."""

    number: str
    words: str = ""
    by: str = ""
    day: str = ""


@dataclass(frozen=True)
class CommitmentsForm:
    """Up to three promises, and the day and time of the next conversation; all optional."""

    lines: tuple[PromiseEntry, ...] = tuple(PromiseEntry(number) for number in LINES)
    talk_day: str = ""
    talk_time: str = ""
    commitments: Commitments = NO_COMMITMENTS
    errors: Errors = field(default_factory=dict)

    @classmethod
    def prefilled(cls, values: Mapping[str, str]) -> "CommitmentsForm":
        """The fields as submitted, unchecked."""
        typed = Fields(values).trimmed
        lines = tuple(
            PromiseEntry(n, typed(f"promise_{n}"), typed(f"by_{n}"), typed(f"day_{n}"))
            for n in LINES
        )
        return cls(lines, typed("talk_day"), typed("talk_time"))

    @classmethod
    def parse(
        cls, values: Mapping[str, str], client: Client, contact: Contact | None, at: datetime
    ) -> "CommitmentsForm":
        """The commitments of a conversation at the moment `at`, from whose day days are counted."""
        form, fields = cls.prefilled(values), Fields(values)
        day = at.astimezone(zone()).date()
        promises = [_promise(fields, line, day) for line in form.promised]
        talk = form.talk_day or form.talk_time
        next_talk = _next_talk(fields, zone_of(client, contact), at) if talk else None
        commitments = Commitments(tuple(p for p in promises if p), next_talk)
        return replace(form, commitments=commitments, errors=fields.errors)

    @property
    def promised(self) -> list[PromiseEntry]:
        """The lines that hold a promise, or the day of one."""
        return [line for line in self.lines if line.words or line.day]


def _promise(fields: Fields, line: PromiseEntry, made_on: date) -> Promised | None:
    words = fields.text(f"promise_{line.number}", _("What did you promise?"), most=MOST_LETTERS)
    due = fields.day(f"day_{line.number}") if line.day else day_of(line.by, made_on)
    if due is None:
        fields.errors.setdefault(f"day_{line.number}", _("By which day?"))
    elif due < made_on:
        problem = _("That day is gone. Choose one that is still to come.")
        fields.errors[f"day_{line.number}"] = problem
    return Promised(words, due) if words and due else None


def _next_talk(fields: Fields, there: ZoneInfo, at: datetime) -> datetime | None:
    wall = fields.moment("talk_day", "talk_time")
    talk = wall.replace(tzinfo=there) if wall else None
    if talk and talk <= at:
        fields.errors["talk_day"] = _("That moment is gone. Choose one that is still to come.")
    return talk


def day_of(button: str, made_on: date) -> date | None:
    """The due day of a button, None for no button: Friday is the next one, next week its Friday."""
    friday = made_on + timedelta(days=(FRIDAY - made_on.weekday() - 1) % 7 + 1)
    week_on = made_on - timedelta(days=made_on.weekday()) + timedelta(days=7 + FRIDAY)
    days = {
        "today": made_on,
        "tomorrow": made_on + timedelta(days=1),
        "friday": friday,
        "next_week": week_on,
    }
    return days.get(button)
