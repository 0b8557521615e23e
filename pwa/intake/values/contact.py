"""Names, e-mail addresses, time zones and web sites."""

import re
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global

from pwa.intake.messages import N_, Message

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"_]+\.[^\W\d_][\w-]+")
_FORMS_OF_ADDRESS = frozenset("mr mrs ms miss mx dr prof herr frau m mme mlle sr sra srta".split())
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LETTERS = re.compile(
    r"(?:[A-Z]\.?){2,6}|[A-Z][A-Za-z]{0,3}[A-Z]\.?|[A-Z]{2,3}[a-z]{1,3}|(?:\w{1,6}\.-?){2,4}"
)
_LONGEST = 254
_SUFFIXES = frozenset("jr sr ii iii iv phd md esq inc ltd llc pty gmbh as ag co".split())


def read_email(text: str) -> tuple[str | None, Message | None]:
    """The first address in the text, in lower case; "Dana <dana@...>" is understood."""
    for part in re.split(r":::|[\s;,<>]+", text.replace("mailto:", "")):
        address = part.strip("'\"().").lower()
        if _EMAIL.fullmatch(address) and ".." not in address and len(address) <= _LONGEST:
            return address, None
    return None, Message(N_("“%(value)s” is not an e-mail address"), {"value": text[:60]})


def read_role(text: str) -> str | None:
    """The role, or None for what is only a form of address ("Mrs.")."""
    return None if text.lower().rstrip(".") in _FORMS_OF_ADDRESS else text


def read_form_of_address(text: str | None) -> str | None:
    """The text where it is only a form of address, as `read_role` leaves it out."""
    return text if text and read_role(text) is None else None


def natural_order(name: str, family_name: str | None = None) -> str:
    """ "Didio, Rebbecca" as "Rebbecca Didio"; other names as they are, letters after them too.

    Where the list says the family name, a name that does not begin with it is in its order.
    """
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first or "," in first or _are_letters(first, last):
        return name
    if family_name and last.casefold() != family_name.casefold():
        return name
    return f"{first} {last}"


def joined_name(first: str | None, last: str | None) -> str | None:
    """First and last name in spoken order; Chinese, Japanese and Korean names in theirs."""
    if first and last and _IDEOGRAPHS.fullmatch(first + last):
        return last + first
    return " ".join(part for part in (first, last) if part) or None


def _are_letters(text: str, name: str) -> bool:
    """Whether the text after a comma is a company's form, a title or letters after a name."""
    known = text.lower().replace(".", "") in _SUFFIXES
    return known or (" " in name and not name.isupper() and bool(_LETTERS.fullmatch(text)))


@cache
def _zones() -> dict[str, str]:
    own = {zone.lower(): zone for zone in available_timezones() if "/" in zone or zone == "UTC"}
    windows = get_global("windows_zone_mapping")
    return {name.lower(): zone for name, zone in windows.items() if zone.lower() in own} | own


def read_timezone(text: str) -> tuple[str | None, Message | None]:
    """The IANA name of a zone named so, or as Windows and HubSpot name it."""
    key = text.lower().replace("_slash_", "/")
    zone = _zones().get(key) or _zones().get(key.replace(" ", "_"))
    if zone:
        return zone, None
    problem = N_("“%(value)s” is not a time zone we know. Use a name like Europe/Oslo")
    return None, Message(problem, {"value": text[:60]})


def read_website(text: str) -> tuple[str | None, Message | None]:
    """An http or https address; the scheme is added where it is missing."""
    address = text if re.match(r"[a-z]+:", text, re.IGNORECASE) else f"https://{text}"
    if re.fullmatch(r"https?://[^\s/]+\.[^\s]+", address, re.IGNORECASE):
        return address, None
    return None, Message(N_("“%(value)s” is not a web address"), {"value": text[:60]})
