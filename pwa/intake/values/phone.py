"""Reads phone numbers in the formats that lists use."""

import re
from dataclasses import dataclass

import phonenumbers

from pwa.intake.messages import N_, Message
from pwa.intake.text import fold

REGIONS = frozenset(phonenumbers.SUPPORTED_REGIONS)
_USUAL = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
_ROUNDED = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
_EXTENSION = re.compile(
    r"\s*(?:\b(?:local|poste|linje|durchwahl|apparat|anexo|ramal|toestel|interno)\b|(?<=\d)p)"
    r"[.:]?\s*(\d{1,6})$",
    re.IGNORECASE,
)
LONGEST_EXTENSION = 6  # digits
_SEVERAL = re.compile(r":::|[;|\n]|,|\s/\s|\bor\b")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that can be dialled: E.164, its extension apart.

    `label` is mobile, work, home or main where the list says so.
    """

    e164: str
    extension: str | None
    label: str | None = None


_LABELS = {
    "mobile": "mobile cell mobil handy portable movil celular iphone",
    "home": "home privat domicile casa hjem",
    "work": "work business office direct geschaftlich bureau trabajo arbeid jobb",
    "main": "main switchboard zentrale standard sentralbord",
}
_LABEL_OF = {word: label for label, words in _LABELS.items() for word in words.split()}


def phone_label(heading: str) -> str | None:
    """What a heading or the types of a card say of a number ("Mobile Phone", "CELL VOICE")."""
    words = re.findall(r"[a-z]+", fold(heading))
    known = [
        label for word in words for start, label in _LABEL_OF.items() if word.startswith(start)
    ]
    return min(known, key=list(_LABELS).index) if known else None


def read_phones(text: str, region: str) -> list[tuple[Phone | None, Message | None]]:
    """Every number in a cell, which may hold several.

    Numbers as long as a landline's or a mobile's are kept even where nobody has assigned them
    yet: number plans change faster than lists. A local number without its area code is not:
    it would reach a stranger. `region` is the two-letter country of numbers without a country code.
    """
    whole = read_phone(text, region)
    if whole:
        return [(whole, None)]
    if _ROUNDED.fullmatch(text):
        problem = N_("“%(value)s” was rounded by the spreadsheet: the number is lost")
        return [(None, Message(problem, {"value": text}))]
    parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
    return [_read_one(part, region) for part in parts]


def _read_one(text: str, region: str) -> tuple[Phone | None, Message | None]:
    if phone := read_phone(text, region):
        return phone, None
    problem = N_("“%(value)s” is not a phone number we can dial")
    return None, Message(problem, {"value": text[:60]})


def read_phone(text: str, region: str) -> Phone | None:
    """The one number that `text` is; None for anything else. `region` is as in `read_phones`."""
    text = _EXTENSION.sub(r" ext. \1", " ".join(text.removeprefix("'").split()))
    attempts = [text, "+" + text[2:]] if text.startswith("00") else [text]
    for attempt in attempts:
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if number.extension and len(number.extension) > LONGEST_EXTENSION:
            continue  # a second number behind a comma
        if _can_be_dialled(number):
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return Phone(e164, number.extension)
    return None


def _can_be_dialled(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.is_valid_number(number) or any(
        phonenumbers.is_possible_number_for_type_with_reason(number, kind)
        == phonenumbers.ValidationResult.IS_POSSIBLE
        for kind in _USUAL
    )
