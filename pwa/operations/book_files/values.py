"""The values of a book: how each is read, with an error that names its place, and written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from pwa.operations.book_files.problems import BadBook
from pwa.operations.book_files.references import References
from pwa.rules.vocabulary.enums import Stage

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST_MINUTES = 100_000


@dataclass(frozen=True)
class Value:
    """`read` turns what the book says into what a column holds; `write` turns it back."""

    read: Callable[[Any, str, References], Any]
    write: Callable[[Any, References], Any] = lambda value, _names: value


def invalid_value(place: str, given: object, what: str) -> BadBook:
    """`clients[3].cadence.stage: “weekyl” is not a stage`, on one line whatever was given."""
    shown = " ".join(str(given).split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return BadBook(f"{place}: “{shown}” is {what}")


def text(longest: int | None = None) -> Value:
    """Words; numbers are taken as they are written."""

    def read(given: Any, place: str, _names: References) -> str | None:
        if isinstance(given, (int, float)) and not isinstance(given, bool):
            given = str(given)
        if not isinstance(given, str):
            raise invalid_value(place, given, "not text")
        if longest and len(given) > longest:
            raise BadBook(f"{place}: is longer than {longest} characters")
        if "\0" in given:
            raise invalid_value(place, given.replace("\0", "?"), "not text")
        return given

    return Value(read)


def choice(words: type[StrEnum], name: str, **also: Any) -> Value:
    """One of a closed list of words; `also` are further ones that are understood."""

    def read(given: Any, place: str, _names: References) -> Any:
        if isinstance(given, str) and given in also:
            return also[given]
        try:
            return words(given)
        except ValueError:
            article = "an" if name[0] in "aeiou" else "a"
            known = ", ".join(word.value for word in words)
            raise invalid_value(place, given, f"not {article} {name} ({known})") from None

    return Value(read, lambda value, _names: value.value)


def _read_day(given: Any, place: str, _names: References) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise invalid_value(place, given, "not a date (YYYY-MM-DD)") from None


def _read_moment(given: Any, place: str, names: References) -> datetime:
    """Without an offset it is in the owner's zone; a day alone begins at midnight."""
    try:
        moment = datetime.fromisoformat(given)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=names.zone)
        aware.astimezone(names.zone)
    except (TypeError, ValueError, OverflowError):
        raise invalid_value(place, given, "not a time (YYYY-MM-DDTHH:MM:SS+HH:MM)") from None
    return aware


def _read_clock(given: Any, place: str, _names: References) -> time:
    try:
        read = time.fromisoformat("00:00" if given == "24:00" else given)
    except (TypeError, ValueError):
        raise invalid_value(place, given, "not a time of day (HH:MM)") from None
    return read.replace(tzinfo=None)


def _write_clock(value: time, _names: References) -> str:
    return value.isoformat("minutes" if not (value.second or value.microsecond) else "auto")


def _read_yes_no(given: Any, place: str, _names: References) -> bool:
    if isinstance(given, bool):
        return given
    raise invalid_value(place, given, "not true or false")


def _read_minutes(given: Any, place: str, _names: References) -> int:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or given != given // 1:
        raise invalid_value(place, given, "not a whole number")
    if not 0 <= given <= _MOST_MINUTES:
        raise invalid_value(place, given, "not a number of minutes that can be")
    return int(given)


def degrees(most: int) -> Value:
    """A latitude or longitude."""

    def read(given: Any, place: str, _names: References) -> float:
        if isinstance(given, bool) or not isinstance(given, (int, float)):
            raise invalid_value(place, given, "not a number")
        if not -most <= given <= most:
            raise invalid_value(place, given, f"not between -{most} and {most}")
        return float(given)

    return Value(read)


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _read_zone(given: Any, place: str, _names: References) -> str:
    if not isinstance(given, str) or given not in _known_zones():
        raise invalid_value(place, given, "not a time zone (as in Europe/Oslo)")
    return given


def _read_country(given: Any, place: str, _names: References) -> str:
    if not isinstance(given, str) or len(given) != 2 or not (given.isascii() and given.isalpha()):
        raise invalid_value(place, given, "not a country (two letters, as in NO)")
    return given.upper()


def _read_email(given: Any, place: str, _names: References) -> str:
    if not isinstance(given, str) or not 3 <= len(given.strip()) <= 254 or "@" not in given:
        raise invalid_value(place, given, "not an e-mail address")
    return given.strip()


def _read_user_email(given: Any, place: str, names: References) -> str:
    return _read_email(given, place, names).casefold()


def _read_days(given: Any, place: str, _names: References) -> str:
    if not isinstance(given, list):
        raise invalid_value(place, given, "not a list of days")
    for index, day in enumerate(given):
        if day not in WEEKDAYS:
            raise invalid_value(f"{place}[{index}]", day, f"not a day ({', '.join(WEEKDAYS)})")
    return ",".join(dict.fromkeys(given))


def _read_user(given: Any, place: str, names: References) -> int:
    found = names.users.get(given.strip().casefold()) if isinstance(given, str) else None
    if found is None:
        raise invalid_value(place, given, "nobody in this book or here")
    return found


def _read_team(given: Any, place: str, names: References) -> int:
    found = names.teams.get(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise invalid_value(place, given, "not a team in this book or here")
    return found


def _read_contact(given: Any, place: str, names: References) -> int:
    found = names.contacts.get(given) if isinstance(given, str) else None
    if found is None:
        raise invalid_value(place, given, "no contact of this client")
    return found


DAY = Value(_read_day, lambda value, _names: value.isoformat())
MOMENT = Value(_read_moment, lambda value, names: value.astimezone(names.zone).isoformat())
CLOCK = Value(_read_clock, _write_clock)
YES_NO = Value(_read_yes_no)
MINUTES = Value(_read_minutes)
ZONE = Value(_read_zone)
COUNTRY = Value(_read_country)
EMAIL = Value(_read_email)
USER_EMAIL = Value(_read_user_email)
DAYS = Value(_read_days, lambda value, _names: value.split(","))
USER = Value(_read_user, lambda value, names: names.user_of[value])
TEAM = Value(_read_team, lambda value, names: names.team_of[value])
CONTACT = Value(_read_contact, lambda value, names: names.contact_of[value])
STAGE = choice(Stage, "stage")
ANYTHING = Value(lambda given, _place, _names: given)
