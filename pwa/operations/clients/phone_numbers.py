"""Parsing of typed phone numbers."""

from enum import StrEnum

import phonenumbers
from phonenumbers import ValidationResult as Length

from pwa.intake.values.phone import read_phone

USUAL = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)


class Flaw(StrEnum):
    """Why a number cannot be dialled."""

    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_AREA = "no_area"
    NO_COUNTRY = "no_country"


class NotAPhone(Exception):
    """The typed number cannot be dialled; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def e164(text: str, region: str) -> str:
    """The number as +4722123456. `region` is the country of numbers written without one.

    A number that is long enough for a landline or a mobile is taken, assigned or not: number plans
    change faster than lists. Raises NotAPhone.
    """
    text = text.strip()
    phone = read_phone(text, region)
    if phone is None:
        raise NotAPhone(_flaw(text, region))
    return phone.e164


def spaced(number: str) -> str:
    """A number in E.164 as people write it: +47 22 12 34 56."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _flaw(text: str, region: str) -> Flaw:
    try:
        number = phonenumbers.parse("+" + text[2:] if text.startswith("00") else text, region)
    except phonenumbers.NumberParseException as error:
        return _unreadable(error)
    return _wrong_length(
        {phonenumbers.is_possible_number_for_type_with_reason(number, k) for k in USUAL}
    )


def _unreadable(error: phonenumbers.NumberParseException) -> Flaw:
    kinds = {
        error.INVALID_COUNTRY_CODE: Flaw.NO_COUNTRY,
        error.TOO_SHORT_NSN: Flaw.TOO_SHORT,
        error.TOO_SHORT_AFTER_IDD: Flaw.TOO_SHORT,
        error.TOO_LONG: Flaw.TOO_LONG,
    }
    return kinds.get(error.error_type, Flaw.NOT_DIGITS)


def _wrong_length(lengths: set[int]) -> Flaw:
    if Length.IS_POSSIBLE_LOCAL_ONLY in lengths:
        return Flaw.NO_AREA
    return Flaw.TOO_LONG if Length.TOO_LONG in lengths else Flaw.TOO_SHORT
