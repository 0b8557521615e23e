"""Value types of a book: each reads JSON, with errors that name the path, and writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from pwa.operations.book_files.problems import BadBook
from pwa.operations.book_files.references import References
from pwa.rules.notices.settings import OPTIONAL, write_kinds
from pwa.rules.vocabulary.enums import Stage
from pwa.rules.vocabulary.notice_kind import NoticeKind

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST_MINUTES = 100_000


@dataclass(frozen=True)
class Value:
    """`read` turns a JSON value into a column's value and raises BadBook; `write` turns it back."""

    read: Callable[[Any, str, References], Any]
    write: Callable[[Any, References], Any] = lambda value, _references: value


def invalid_value(path: str, raw: object, reason: str) -> BadBook:
    """The error `clients[3].cadence.stage: “weekyl” is not a stage`, always on one line."""
    shown = " ".join(str(raw).split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return BadBook(f"{path}: “{shown}” is {reason}")


def text(longest: int | None = None) -> Value:
    """Text of at most `longest` characters; numbers are read as text."""

    def read(raw: Any, path: str, _references: References) -> str | None:
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            raw = str(raw)
        if not isinstance(raw, str):
            raise invalid_value(path, raw, "not text")
        if longest and len(raw) > longest:
            raise BadBook(f"{path}: is longer than {longest} characters")
        if "\0" in raw:
            raise invalid_value(path, raw.replace("\0", "?"), "not text")
        return raw

    return Value(read)


def choice(words: type[StrEnum], name: str, **also: Any) -> Value:
    """A member of an enum called `name` in errors; `also` maps further words to values."""

    def read(raw: Any, path: str, _references: References) -> Any:
        if isinstance(raw, str) and raw in also:
            return also[raw]
        try:
            return words(raw)
        except ValueError:
            article = "an" if name[0] in "aeiou" else "a"
            known = ", ".join(word.value for word in words)
            raise invalid_value(path, raw, f"not {article} {name} ({known})") from None

    return Value(read, lambda value, _references: value.value)


def _read_day(raw: Any, path: str, _references: References) -> date:
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise invalid_value(path, raw, "not a date (YYYY-MM-DD)") from None


def _read_moment(raw: Any, path: str, references: References) -> datetime:
    """A moment without an offset is in the owner's zone; a day alone begins at midnight."""
    try:
        moment = datetime.fromisoformat(raw)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=references.zone)
        aware.astimezone(references.zone)
    except (TypeError, ValueError, OverflowError):
        raise invalid_value(path, raw, "not a time (YYYY-MM-DDTHH:MM:SS+HH:MM)") from None
    return aware


def _read_clock(raw: Any, path: str, _references: References) -> time:
    try:
        read = time.fromisoformat("00:00" if raw == "24:00" else raw)
    except (TypeError, ValueError):
        raise invalid_value(path, raw, "not a time of day (HH:MM)") from None
    return read.replace(tzinfo=None)


def _write_clock(value: time, _references: References) -> str:
    return value.isoformat("minutes" if not (value.second or value.microsecond) else "auto")


def _read_yes_no(raw: Any, path: str, _references: References) -> bool:
    if isinstance(raw, bool):
        return raw
    raise invalid_value(path, raw, "not true or false")


def _read_minutes(raw: Any, path: str, _references: References) -> int:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or raw != raw // 1:
        raise invalid_value(path, raw, "not a whole number")
    if not 0 <= raw <= _MOST_MINUTES:
        raise invalid_value(path, raw, "not a number of minutes that can be")
    return int(raw)


def degrees(most: int) -> Value:
    """Degrees from `-most` to `most`: a latitude or longitude."""

    def read(raw: Any, path: str, _references: References) -> float:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise invalid_value(path, raw, "not a number")
        if not -most <= raw <= most:
            raise invalid_value(path, raw, f"not between -{most} and {most}")
        return float(raw)

    return Value(read)


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _read_zone(raw: Any, path: str, _references: References) -> str:
    if not isinstance(raw, str) or raw not in _known_zones():
        raise invalid_value(path, raw, "not a time zone (as in Europe/Oslo)")
    return raw


def _read_country(raw: Any, path: str, _references: References) -> str:
    if not isinstance(raw, str) or len(raw) != 2 or not (raw.isascii() and raw.isalpha()):
        raise invalid_value(path, raw, "not a country (two letters, as in NO)")
    return raw.upper()


def _read_email(raw: Any, path: str, _references: References) -> str:
    if not isinstance(raw, str) or not 3 <= len(raw.strip()) <= 254 or "@" not in raw:
        raise invalid_value(path, raw, "not an e-mail address")
    return raw.strip()


def _read_user_email(raw: Any, path: str, references: References) -> str:
    return _read_email(raw, path, references).casefold()


def _read_days(raw: Any, path: str, _references: References) -> str:
    if not isinstance(raw, list):
        raise invalid_value(path, raw, "not a list of days")
    for index, day in enumerate(raw):
        if day not in WEEKDAYS:
            raise invalid_value(f"{path}[{index}]", day, f"not a day ({', '.join(WEEKDAYS)})")
    return ",".join(dict.fromkeys(raw))


def _read_notice_kinds(raw: Any, path: str, _references: References) -> str:
    """The kinds of notice that a user muted, as they are stored."""
    known = {kind.value for kind in OPTIONAL}
    if not isinstance(raw, list) or not all(kind in known for kind in raw):
        raise invalid_value(path, raw, f"a list of {', '.join(sorted(known))}")
    return write_kinds(NoticeKind(kind) for kind in raw)


def _read_user(raw: Any, path: str, references: References) -> int:
    user_id = references.users.get(raw.strip().casefold()) if isinstance(raw, str) else None
    if user_id is None:
        raise invalid_value(path, raw, "nobody in this book or here")
    return user_id


def _read_team(raw: Any, path: str, references: References) -> int:
    team_id = references.teams.get(raw.strip()) if isinstance(raw, str) else None
    if team_id is None:
        raise invalid_value(path, raw, "not a team in this book or here")
    return team_id


def _read_contact(raw: Any, path: str, references: References) -> int:
    contact_id = references.contacts.get(raw) if isinstance(raw, str) else None
    if contact_id is None:
        raise invalid_value(path, raw, "no contact of this client")
    return contact_id


DAY = Value(_read_day, lambda value, _references: value.isoformat())
MOMENT = Value(
    _read_moment, lambda value, references: value.astimezone(references.zone).isoformat()
)
CLOCK = Value(_read_clock, _write_clock)
YES_NO = Value(_read_yes_no)
MINUTES = Value(_read_minutes)
ZONE = Value(_read_zone)
COUNTRY = Value(_read_country)
EMAIL = Value(_read_email)
USER_EMAIL = Value(_read_user_email)
DAYS = Value(_read_days, lambda value, _references: value.split(","))
NOTICE_KINDS = Value(_read_notice_kinds, lambda value, _references: value.split(","))
USER = Value(_read_user, lambda value, references: references.user_of[value])
TEAM = Value(_read_team, lambda value, references: references.team_of[value])
CONTACT = Value(_read_contact, lambda value, references: references.contact_of[value])
STAGE = choice(Stage, "stage")
ANYTHING = Value(lambda raw, _path, _references: raw)
