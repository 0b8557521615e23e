"""Reads typed values out of a form and keeps, for each field, what is wrong with it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import available_timezones

from flask_babel import gettext as _

from pwa.operations.clients.phone_numbers import NotAPhone, e164
from pwa.web.forms.phone_words import phone_problem

E = TypeVar("E", bound=StrEnum)
LONG = 200
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)

Errors = dict[str, str]


class Fields:
    """One form being read. `errors` is field -> words, in the order of reading."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.form = form
        self.errors: Errors = {}

    def in_order(self) -> Errors:
        """The errors in the order of the page, which is that of what the browser sent."""
        names = list(self.form)
        known = sorted(set(self.errors) & set(names), key=names.index)
        return {name: self.errors[name] for name in [*known, *set(self.errors) - set(names)]}

    def text(self, name: str, needed: str | None = None, most: int = LONG) -> str:
        """Trimmed words; `needed` is what to say when there are none."""
        value = self.form.get(name, "").replace("\x00", "").strip()
        if not value and needed:
            self.errors[name] = needed
        if len(value) > most:
            self.errors[name] = _("At most %(most)d characters, please.", most=most)
        return value

    def optional(self, name: str, most: int = LONG) -> str | None:
        """Trimmed words, or None for nothing."""
        return self.text(name, most=most) or None

    def choice(self, name: str, words: type[E], needed: str | None = None) -> E | None:
        """One of a closed list, or None for nothing chosen."""
        value = self.text(name, needed)
        try:
            return words(value) if value else None
        except ValueError:
            self.errors[name] = _("Choose one of the list.")
            return None

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.form.get(name) == "1"

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number between the two, both included."""
        value = self.text(name)
        if value.isascii() and value.isdigit() and least <= int(value[:9]) <= most:
            return int(value)
        self.errors[name] = _(
            "A whole number from %(least)d to %(most)d, please.", least=least, most=most
        )
        return least

    def day(self, name: str, needed: str | None = None) -> date | None:
        """A day as 2026-11-20, or None for nothing."""
        value = self.text(name, needed)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day < LATEST:
            self.errors[name] = _("Write the day as 2026-11-20.")
            return None
        return day

    def time(self, name: str, needed: str | None = None) -> time | None:
        """A time of day as 09:30, or None for nothing."""
        value = self.text(name, needed)
        try:
            return time.fromisoformat(value).replace(tzinfo=None) if value else None
        except ValueError:
            self.errors[name] = _("Write the time as 09:30.")
            return None

    def zone(self, name: str, needed: str | None = None) -> str | None:
        """A time zone by its name, or None for nothing."""
        value = self.text(name, needed)
        if value and value not in available_timezones():
            self.errors[name] = _("Choose a time zone from the list, such as Europe/Oslo.")
            return None
        return value or None

    def country(self, name: str) -> str | None:
        """Two letters, or None for nothing."""
        value = self.text(name).upper()
        if value and not (len(value) == 2 and value.isascii() and value.isalpha()):
            self.errors[name] = _("Choose a country from the list.")
            return None
        return value or None

    def email(self, name: str, needed: str | None = None) -> str | None:
        """An address with something on both sides of its @, or None for nothing."""
        value = self.text(name, needed, most=254)
        user, at, host = value.rpartition("@")
        if value and (not at or not user or "." not in host.strip(".") or " " in value):
            self.errors[name] = _("That is no e-mail address: it needs a name, an @ and a place.")
            return None
        return value or None

    def phone(self, name: str, region: str) -> str | None:
        """A number in E.164, or None for nothing."""
        value = self.text(name, most=60)
        try:
            return e164(value, region) if value else None
        except NotAPhone as problem:
            self.errors[name] = phone_problem(problem.flaw)
            return None

    def moment(self, day: str, hour: str) -> datetime | None:
        """A day and a time of day, still without a zone; both are needed."""
        on = self.day(day, _("Which day?"))
        at = self.time(hour, _("What time?"))
        return datetime.combine(on, at) if on and at else None


def numbered(values: Mapping[str, str], prefix: str) -> dict[int, str]:
    """The values of controls named `prefix` and the number of a row; any other name is none."""
    numbers = ((name.removeprefix(prefix), name) for name in values if name.startswith(prefix))
    return {
        int(number): values[name]
        for number, name in numbers
        if number.isascii() and number.isdigit() and len(number) < 10
    }
