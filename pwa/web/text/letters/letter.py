"""What every letter to a contact shares: greeting and close, lists, apologies and days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pwa.i18n import gettext as _
from pwa.operations.text import datetime_text
from pwa.rules.text.second_person import capitalized, to_reader
from pwa.rules.vocabulary.enums import Kind


@dataclass(frozen=True, slots=True)
class Item:
    """A request or a promise in a letter: its words as noted, and the day it is due.

    `was_due` is the day that passed without it; `day` is then the new one, or None.
    """

    words: str
    day: date | None = None
    was_due: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class NextTalk:
    """The next booked time, by the reader's clock; `elsewhere` where that is not the writer's."""

    kind: Kind
    at: datetime
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Correspondents:
    """Who a letter is to and who writes it, by their full names; `reader` may be empty."""

    reader: str
    writer: str

    def letter(self, paragraphs: Iterable[str]) -> str:
        """The paragraphs that say something, with a greeting before and a close after."""
        close = "\n".join((_("Best regards,"), self.writer))
        return "\n\n".join([self._greeting(), *filter(None, paragraphs), close])

    def listed(self, heading: str, items: Sequence[Item]) -> str:
        """A heading with the items below; empty without any."""
        lines = [f"- {self._line(item)}" for item in items]
        return "\n".join([heading, *lines]) if lines else ""

    def apology(self, late: Sequence[Item]) -> str:
        """For what was promised and did not come in time."""
        return self.listed(_("I owe you an apology. This is late:"), late)

    def turned(self, words: str) -> str:
        """A manager's words as the reader reads them, without the full stop.

        Words that may mean two things are quoted as they stand.
        """
        bare = words.strip().rstrip(" .")
        turned = to_reader(bare, self.reader)
        return f"“{bare}”" if turned is None else turned

    def _greeting(self) -> str:
        if not self.reader.strip():
            return _("Hello,")
        return _("Hello %(name)s,", name=self.reader.split()[0])

    def _line(self, item: Item) -> str:
        what = capitalized(self.turned(item.words))
        if item.done:
            return _("%(what)s (done)", what=what)
        if item.was_due:
            return _was_due(what, on_day(item.was_due), item.day)
        return _("%(what)s, by %(day)s", what=what, day=on_day(item.day)) if item.day else what


def _was_due(what: str, was_due: str, day: date | None) -> str:
    if day is None:
        return _("%(what)s (it was due on %(was_due)s)", what=what, was_due=was_due)
    return _(
        "%(what)s (it was due on %(was_due)s and will be there by %(day)s)",
        what=what,
        was_due=was_due,
        day=on_day(day),
    )


def on_day(value: date) -> str:
    """A day written out: Tuesday 24 November."""
    weekday, month = datetime_text.weekday(value.weekday()), datetime_text.month(value.month)
    return f"{weekday} {value.day} {month}"


def at_time(value: datetime) -> str:
    """A day with its time: Tuesday 24 November at 15:00."""
    return _("%(day)s at %(time)s", day=on_day(value), time=datetime_text.hour(value.time()))


def next_talk(talk: NextTalk | None) -> str:
    """When we talk next; empty where nothing is booked."""
    if talk is None:
        return ""
    when = at_time(talk.at)
    if talk.elsewhere:
        when = _("%(when)s your time", when=when)
    if talk.kind is Kind.VISIT:
        return _("I will visit you on %(when)s.", when=when)
    if talk.kind is Kind.VIDEO:
        return _("Our next video call is on %(when)s.", when=when)
    if talk.kind in {Kind.EMAIL, Kind.TEXT}:
        return _("I will write to you again on %(when)s.", when=when)
    return _("Our next call is on %(when)s.", when=when)
