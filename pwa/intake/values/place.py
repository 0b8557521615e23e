"""Countries, post codes and coordinates."""

import re
from functools import cache
from string import ascii_uppercase

from babel import Locale
from babel.core import get_global

from pwa.intake.messages import N_, Message
from pwa.intake.text import fold

_LANGUAGES = ("de", "fr", "es", "nb", "en")
_OTHER_NAMES = {
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "great britain": "GB",
    "united states of america": "US",
    "holland": "NL",
    "the netherlands": "NL",
    "uae": "AE",
}
_ISO_SHAPE = {a + b for a in ascii_uppercase for b in ascii_uppercase}
_NO_COUNTRIES = {"EU", "EZ", "QO", "UK", "UN", "XA", "XB", "ZZ"}
# Digits of a post code, and the fewest that are left when a spreadsheet dropped its zeros.
_DIGITS = {
    "AU": (4, 3),
    "DE": (5, 4),
    "ES": (5, 4),
    "FI": (5, 3),
    "FR": (5, 4),
    "IT": (5, 3),
    "NO": (4, 2),
    "US": (5, 3),
}
_COORDINATE = re.compile(r"([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW]?)", re.IGNORECASE)


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    codes = {str(code) for code in Locale("en").territories} & _ISO_SHAPE - _NO_COUNTRIES
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in codes:
                names[fold(str(name))] = str(code)
    for code, targets in get_global("territory_aliases").items():
        if code.isalpha() and len(targets) == 1 and targets[0] in codes:
            names[code.lower()] = targets[0]
    return names | _OTHER_NAMES | {code.lower(): code for code in codes}


def read_country(text: str) -> tuple[str | None, Message | None]:
    """The ISO 3166 code of a country named or coded in one of five languages."""
    code = _countries().get(fold(text))
    if code:
        return code, None
    return None, Message(N_("“%(value)s” is not a country we know"), {"value": text})


def pad_postcode(text: str, country: str | None) -> str:
    """The post code with the zeros that a spreadsheet took from it, where that is certain."""
    text = re.sub(r"\.0+$", "", text)
    digits, fewest = _DIGITS.get(country or "", (0, 1))
    head, hyphen, tail = text.partition("-")
    if head.isdecimal() and fewest <= len(head) < digits:
        return head.zfill(digits) + hyphen + tail
    return text


def read_latitude(text: str) -> tuple[float | None, Message | None]:
    """Degrees north, -90 to 90; a decimal comma and a trailing N or S are understood."""
    value = _degrees(text, 90)
    problem = N_("“%(value)s” is not a latitude: a number from -90 to 90")
    return value, None if value is not None else Message(problem, {"value": text})


def read_longitude(text: str) -> tuple[float | None, Message | None]:
    """Degrees east, -180 to 180; a decimal comma and a trailing E or W are understood."""
    value = _degrees(text, 180)
    problem = N_("“%(value)s” is not a longitude: a number from -180 to 180")
    return value, None if value is not None else Message(problem, {"value": text})


def _degrees(text: str, limit: float) -> float | None:
    match = _COORDINATE.fullmatch(text)
    if not match:
        return None
    value = float(match[1].replace(",", "."))
    if match[2].upper() in ("S", "W"):
        value = -value
    return value if abs(value) <= limit else None
