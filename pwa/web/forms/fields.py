"""Parsing and validation of submitted values, with an error for each field.

Every form of the application is a dataclass with a `parse(request.form, …)` that returns the form,
its parsed values and `errors`: field name -> words, empty for a valid form. The page is then shown
again with 422 and with the values as they were typed.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.operations.clients.phone_numbers import Flaw, NotAPhone, typed_numbers
from pwa.rules.vocabulary.phones import PhoneNumber

E = TypeVar("E", bound=StrEnum)
LONG = 200
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
YEARS = {"first": EARLIEST.year, "last": LATEST.year - 1}

Errors = dict[str, str]


class Fields:
    """A form being parsed. `errors` is field name -> words, in the order of reading."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.form: MultiDict[str, str] = form if isinstance(form, MultiDict) else MultiDict(form)
        self.errors: Errors = {}

    def in_order(self) -> Errors:
        """The errors in the order of the page, which is the order of the submitted fields."""
        names = list(self.form)
        known = sorted(set(self.errors) & set(names), key=names.index)
        return {name: self.errors[name] for name in [*known, *set(self.errors) - set(names)]}

    def trimmed(self, name: str) -> str:
        """The submitted text without surrounding space, unchecked; "" for a missing field."""
        return self.form.get(name, "").replace("\x00", "").strip()

    def all_of(self, name: str) -> list[str]:
        """Every submitted value of a field that may occur several times, unchecked."""
        return self.form.getlist(name)

    def integer(self, name: str) -> int | None:
        """An integer, None for anything else: for hidden fields, which are no user's mistake."""
        return self.form.get(name, type=int)

    def last_choice(self, name: str, words: type[E]) -> E | None:
        """The last submitted member of `words`, None without one; never an error.

        Without a script a list follows the hidden field of the same name, and wins.
        """
        members = [value for value in self.all_of(name) if value in set(words)]
        return words(members[-1]) if members else None

    def valid_choice(self, name: str, words: type[E]) -> E | None:
        """The submitted member of `words`, None for anything else; never an error."""
        value = self.form.get(name)
        return words(value) if value in set(words) else None

    def text(self, name: str, needed: str | None = None, most: int = LONG) -> str:
        """Trimmed text; `needed` is the error for an empty field."""
        value = self.trimmed(name)
        if not value and needed:
            self.errors[name] = needed
        if len(value) > most:
            self.errors[name] = _("At most %(most)d characters, please.", most=most)
        return value

    def optional(self, name: str, most: int = LONG) -> str | None:
        """Trimmed text, None for an empty field."""
        return self.text(name, most=most) or None

    def choice(self, name: str, words: type[E], needed: str | None = None) -> E | None:
        """A member of `words`, None for nothing chosen or an error."""
        value = self.text(name, needed)
        try:
            return words(value) if value else None
        except ValueError:
            self.errors[name] = _("Choose one of the list.")
            return None

    def ticked(self, name: str) -> bool:
        return self.form.get(name) == "1"

    def number(self, name: str, least: int, most: int) -> int:
        """An integer between `least` and `most`, both included; `least` on an error."""
        value = self.text(name)
        if value.isascii() and value.isdigit() and least <= int(value[:9]) <= most:
            return int(value)
        self.errors[name] = _(
            "A whole number from %(least)d to %(most)d, please.", least=least, most=most
        )
        return least

    def day(self, name: str, needed: str | None = None) -> date | None:
        """An ISO date from EARLIEST to before LATEST, None for an empty field or an error."""
        value = self.text(name, needed)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is not None and EARLIEST <= day < LATEST:
            return day
        self.errors[name] = _("Write the day as 2026-11-20.")
        if day is not None:
            self.errors[name] = _(
                "Write the day as 2026-11-20, in a year from %(first)d to %(last)d.", **YEARS
            )
        return None

    def time(self, name: str, needed: str | None = None) -> time | None:
        """An ISO time of day, None for an empty field or an error."""
        value = self.text(name, needed)
        try:
            return time.fromisoformat(value).replace(tzinfo=None) if value else None
        except ValueError:
            self.errors[name] = _("Write the time as 09:30.")
            return None

    def zone(self, name: str, needed: str | None = None) -> str | None:
        """The name of a known time zone, in whatever letters it was typed.

        None for an empty field or an error.
        """
        value = self.text(name, needed)
        zone = _zones().get(value.lower().replace(" ", "_"))
        if value and zone is None:
            self.errors[name] = _("Choose a time zone from the list, such as Europe/Oslo.")
        return zone

    def country(self, name: str) -> str | None:
        """A country code of two letters, None for an empty field or an error."""
        value = self.text(name).upper()
        if value and not (len(value) == 2 and value.isascii() and value.isalpha()):
            self.errors[name] = _("Choose a country from the list.")
            return None
        return value or None

    def email(self, name: str, needed: str | None = None) -> str | None:
        """An e-mail address with a name and a domain, None for an empty field or an error."""
        value = self.text(name, needed, most=254)
        user, at, host = value.rpartition("@")
        if value and (not at or not user or "." not in host.strip(".") or " " in value):
            self.errors[name] = _("That is no e-mail address: it needs a name, an @ and a place.")
            return None
        return value or None

    def phones(self, name: str, region: str) -> list[PhoneNumber]:
        """The phone numbers in a field, none for an empty field or an error."""
        value = self.text(name, most=60)
        try:
            return typed_numbers(value, region) if value else []
        except NotAPhone as problem:
            self.errors[name] = _phone_error(problem.flaw)
            return []

    def moment(self, day: str, hour: str) -> datetime | None:
        """A naive datetime from the fields of a day and a time of day, both required."""
        on = self.day(day, _("Which day?"))
        at = self.time(hour, _("What time?"))
        return datetime.combine(on, at) if on and at else None

    def numbered(self, prefix: str) -> dict[int, str]:
        """Submitted values by row id, of the fields named `prefix` and an id; unchecked."""
        ids = {name: name.removeprefix(prefix) for name in self.form if name.startswith(prefix)}
        return {
            int(row_id): self.form[name]
            for name, row_id in ids.items()
            if row_id.isascii() and row_id.isdigit() and len(row_id) < 10
        }


@cache
def _zones() -> dict[str, str]:
    """The known time zones by their name in small letters, and by their city where it is one's."""
    zones = {zone.lower(): zone for zone in available_timezones()}
    cities = Counter(name.rpartition("/")[2] for name in zones)
    by_city = {name.rpartition("/")[2]: zone for name, zone in zones.items()}
    return {**{city: zone for city, zone in by_city.items() if cities[city] == 1}, **zones}


def _phone_error(flaw: Flaw) -> str:
    return {
        Flaw.NOT_DIGITS: _(
            "That is not a phone number. Write it with its country code, as in +47 22 12 34 56."
        ),
        Flaw.TOO_SHORT: _("That number is too short. Is a digit missing?"),
        Flaw.TOO_LONG: _(
            "That number is too long. Is there a digit too many, or are there two numbers?"
        ),
        Flaw.NO_AREA: _("The area code is missing in front of that number."),
        Flaw.NO_COUNTRY: _("No country has that code. Look at the digits after the +."),
    }[flaw]
