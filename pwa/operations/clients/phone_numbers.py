"""A contact's phone numbers: parsing what was typed, storing, and which to use for what."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import phonenumbers
import sqlalchemy as sa
from phonenumbers import ValidationResult as Length
from sqlalchemy.orm import selectinload

from pwa.db import session
from pwa.intake.values.phone import read_phone, read_phones
from pwa.models import Client, Contact, Phone
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber

MOST_NUMBERS = 10  # of a contact
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
    """The number as +4722123456, without an extension. Raises NotAPhone as `typed_number`."""
    return typed_number(text, region).number


def typed_number(text: str, region: str) -> PhoneNumber:
    """The number and extension in the text. `region` is the country of numbers without one.

    A number that is long enough for a landline or a mobile is taken, assigned or not: number plans
    change faster than lists. Raises NotAPhone.
    """
    text = text.strip()
    phone = read_phone(text, region)
    if phone is None:
        raise NotAPhone(_flaw(text, region))
    return PhoneNumber(phone.e164, None, phone.extension)


def typed_numbers(text: str, region: str) -> list[PhoneNumber]:
    """As `typed_number`, for a text that may hold several numbers, each of which can be read."""
    several = [phone for phone, _problem in read_phones(text.strip(), region)]
    readable = [PhoneNumber(phone.e164, None, phone.extension) for phone in several if phone]
    if len(readable) > 1 and len(readable) == len(several):
        return readable
    return [typed_number(text, region)]


def set_numbers(
    contact: Contact, numbers: Sequence[PhoneNumber], dialled: PhoneNumber | None = None
) -> None:
    """Gives the contact these numbers in this order; without `dialled` the first is dialled."""
    numbers = list(dict.fromkeys(numbers))
    if [phone.value for phone in contact.phones] != numbers:
        contact.phones[:] = [
            Phone(**number._asdict(), position=position) for position, number in enumerate(numbers)
        ]
    dialled = dialled or next(iter(numbers), None)
    contact.phone = dialled.number if dialled else None
    contact.extension = dialled.extension if dialled else None


def other_numbers(contact: Contact) -> list[PhoneNumber]:
    """The contact's numbers besides the one to dial, in their order; empty for none."""
    return [number for number in contact.numbers if not contact.dials(number)]


def number_for_texts(contact: Contact) -> str | None:
    """The number for a text: the one to dial, unless that is no mobile and another is."""
    numbers = contact.right_numbers
    mobile = [number for number in numbers if number.label is PhoneLabel.MOBILE]
    dialled = next((number for number in numbers if contact.dials(number)), None)
    landline = dialled is None or dialled.label is not None
    return mobile[0].number if mobile and landline and dialled not in mobile else contact.dial_phone


def load_numbers(client: Client) -> None:
    """Loads the numbers of all of the client's contacts in one statement, for who reads each."""
    unread = [row.id for row in client.contacts if row.id and "phones" in sa.inspect(row).unloaded]
    if unread:
        query = sa.select(Contact).where(Contact.id.in_(unread))
        with session.no_autoflush:
            session.scalars(query.options(selectinload(Contact.phones))).all()


def digits(numbers: Iterable[PhoneNumber]) -> tuple[str, ...]:
    """The numbers without labels and extensions, for the search key."""
    return tuple(number.number for number in numbers)


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
