"""What was promised and booked in a conversation, as the form after it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from pwa.models import Client, Contact
from pwa.operations.calls.commitments import Commitments, Promised
from pwa.web.forms.fields import Errors, Fields
from pwa.web.forms.people import zone_of
from pwa.web.forms.promise import MOST_LETTERS
from pwa.web.text.datetime_filters import zone

LINES = ("1", "2", "3")
FRIDAY = 4


@dataclass(frozen=True)
class PromiseEntry:
    """One promise as typed: its words, the day's button, or another day by hand."""

    number: str
    words: str = ""
    by: str = ""
    day: str = ""


@dataclass
class CommitmentsForm:
    """Up to three promises, and the day and time of the next talk; all of it if you like."""

    lines: tuple[PromiseEntry, ...] = tuple(PromiseEntry(number) for number in LINES)
    talk_day: str = ""
    talk_time: str = ""
    _typed: Mapping[str, str] = field(default_factory=dict)
    _said: Commitments = field(default_factory=Commitments)

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "CommitmentsForm":
        """Take what can be taken; nothing is refused before `check`."""

        def typed(name: str) -> str:
            return values.get(name, "").strip()

        lines = tuple(
            PromiseEntry(n, typed(f"promise_{n}"), typed(f"by_{n}"), typed(f"day_{n}"))
            for n in LINES
        )
        return cls(lines, typed("talk_day"), typed("talk_time"), values)

    @property
    def promised(self) -> list[PromiseEntry]:
        """The lines that hold a promise, or the day of one."""
        return [line for line in self.lines if line.words or line.day]

    def check(self, client: Client, contact: Contact | None, at: datetime) -> Errors:
        """What keeps it from being stored, by control. Days are counted from that of `at`."""
        fields = Fields(self._typed)
        day = at.astimezone(zone()).date()
        given = [self._promise(fields, line, day) for line in self.promised]
        talk = self._next_talk(fields, client, contact, at)
        self._said = Commitments(tuple(one for one in given if one), talk)
        return fields.errors

    def said(self) -> Commitments:
        """The same for `operations.calls`, once `check` found nothing."""
        return self._said

    def _promise(self, fields: Fields, line: PromiseEntry, said_on: date) -> Promised | None:
        words = fields.text(f"promise_{line.number}", _("What did you promise?"), most=MOST_LETTERS)
        due = fields.day(f"day_{line.number}") if line.day else day_of(line.by, said_on)
        if due is None:
            fields.errors.setdefault(f"day_{line.number}", _("By which day?"))
        elif due < said_on:
            problem = _("That day is gone. Choose one that is still to come.")
            fields.errors[f"day_{line.number}"] = problem
        return Promised(words, due) if words and due else None

    def _next_talk(
        self, fields: Fields, client: Client, contact: Contact | None, at: datetime
    ) -> datetime | None:
        if not self.talk_day and not self.talk_time:
            return None
        wall = fields.moment("talk_day", "talk_time")
        talk = wall.replace(tzinfo=zone_of(client, contact)) if wall else None
        if talk and talk <= at:
            problem = _("That moment is gone. Choose one that is still to come.")
            fields.errors["talk_day"] = problem
        return talk


def day_of(button: str, said_on: date) -> date | None:
    """The day that a button means: Friday is the next one, next week its Friday."""
    friday = said_on + timedelta(days=(FRIDAY - said_on.weekday() - 1) % 7 + 1)
    week_on = said_on - timedelta(days=said_on.weekday()) + timedelta(days=7 + FRIDAY)
    days = {
        "today": said_on,
        "tomorrow": said_on + timedelta(days=1),
        "friday": friday,
        "next_week": week_on,
    }
    return days.get(button)
