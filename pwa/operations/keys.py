"""Keys by which a client is found and recognised, and phone numbers as they are dialled."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import phonenumbers
from phonenumbers import ValidationResult

_USUAL = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
_NOT_WORDS = re.compile(r"[^\w@.+-]+")
_SINGLE = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


class Person(NamedTuple):
    """What a contact is found by."""

    name: str
    email: str | None = None
    phones: tuple[str | None, ...] = ()


def fold(text: str) -> str:
    """Lower case, no accents, single spaces; letters of every script stay."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SINGLE))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", kept).strip()


def search_key(name: str, town: str | None, people: Iterable[Person]) -> str:
    """What `clients.search_key` holds, a line for each: name, town, then of each contact the
    name, the e-mail and the digits of the phones. The name first, so that sorting by it works."""
    lines = [fold(name), fold(town or "")]
    for person in people:
        digits = (re.sub(r"\D", "", phone) for phone in person.phones if phone)
        lines += [fold(person.name), (person.email or "").casefold(), *digits]
    return "\n".join(lines[:2] + [line for line in lines[2:] if line])


def match_key(name: str, town: str | None) -> str:
    """What an import recognises a client by: the same name in two towns is two clients."""
    return f"{fold(name)[:199]}|{fold(town or '')[:120]}"


def e164(text: str, region: str) -> str | None:
    """The number as +4722123456, or None for what cannot be dialled.

    `region` is the country of numbers written without one. Long enough for a landline or a mobile
    is enough: number plans change faster than lists.
    """
    text = text.strip()
    try:
        number = phonenumbers.parse("+" + text[2:] if text.startswith("00") else text, region)
    except phonenumbers.NumberParseException:
        return None
    lengths = {phonenumbers.is_possible_number_for_type_with_reason(number, k) for k in _USUAL}
    if ValidationResult.IS_POSSIBLE not in lengths and not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
