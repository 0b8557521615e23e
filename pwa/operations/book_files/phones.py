"""The phone numbers of a contact in the book: `phones`, with `phone` the one to dial.

`phone_other` is the second number of books that know no `phones`. A book is written that way where
it can say everything; a number that cannot be dialled is kept as it was written.
"""

from dataclasses import dataclass
from typing import Any

from pwa.models import Contact
from pwa.operations.book_files.fields import check_object, list_entries
from pwa.operations.book_files.problems import BadBook
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import choice, invalid_value, text
from pwa.operations.clients.phone_numbers import (
    NotAPhone,
    other_numbers,
    set_numbers,
    typed_number,
)
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber

FIELDS = frozenset({"phone", "phone_other", "phones"})
_LABEL = choice(PhoneLabel, "label")
_EXTENSION = text(20)
_LONGEST = {"phone": 60, "phone_other": 20}


@dataclass
class _Numbers:
    """A contact's numbers while an entry is read; `unread` and `unread_other` cannot be dialled."""

    listed: list[PhoneNumber]
    dialled: PhoneNumber | None
    unread: str | None
    unread_other: str | None

    def of(self, number: PhoneNumber) -> PhoneNumber | None:
        """The listed number that is the same, with its extension where that is known."""
        same = [known for known in self.listed if known.number == number.number]
        exact = (known for known in same if known.extension == number.extension)
        return next(exact, same[0] if same and not number.extension else None)


def load_phones(
    contact: Contact, entry: dict[str, Any], path: str, region: str, references: References
) -> bool:
    """Give the contact the numbers that the entry sets. Returns whether anything changed."""
    if entry.keys().isdisjoint(FIELDS):
        return False
    before = _stored(contact)
    numbers = _stored(contact)
    if "phones" in entry:
        numbers.listed = [
            _read_number(raw, number_path, region, references)
            for number_path, raw in list_entries(entry, "phones", path)
        ]
        stays = numbers.of(numbers.dialled) if numbers.dialled else None
        numbers.dialled = stays or next(iter(numbers.listed), None)
    if "phone" in entry:
        _read_dialled(numbers, entry, path, region)
    if "phone_other" in entry:
        _read_other(numbers, entry, path, region)
    if numbers == before:
        return False
    set_numbers(contact, numbers.listed, numbers.dialled)
    if numbers.dialled is None:
        contact.phone = contact.extension = None
    contact.phone_given, contact.phone_other = numbers.unread, numbers.unread_other
    return True


def dump_phones(contact: Contact) -> dict[str, Any]:
    """The fields of the contact's numbers; those without a value are left out."""
    numbers, others = contact.numbers, other_numbers(contact)
    entry: dict[str, Any] = {"phone": _written(contact), "phone_other": contact.phone_other}
    if _is_plain(contact):
        entry["phone_other"] = others[0].number if others else contact.phone_other
    else:
        entry["phones"] = [_write_number(number) for number in numbers]
    kept = {name: value for name, value in entry.items() if value}
    return {"phone": None, **kept} if "phones" in kept else kept


def _stored(contact: Contact) -> _Numbers:
    numbers = contact.numbers
    dialled = next((number for number in numbers if contact.dials(number)), None)
    return _Numbers(numbers, dialled, contact.phone_given, contact.phone_other)


def _written(contact: Contact) -> str | None:
    """The phone as it was written if that has a country code, else in E.164."""
    written = contact.phone_given or ""
    as_written = written.startswith("+") or not contact.phone
    return (written or None) if as_written else contact.phone


def _is_plain(contact: Contact) -> bool:
    """Whether `phone` and `phone_other` say all: no label, no extension, the first is dialled."""
    numbers = [(number.label, contact.dials(number)) for number in contact.numbers]
    if any(number.extension for number in contact.numbers):
        return False
    first, second = (None, True), (PhoneLabel.OTHER, False)
    return numbers in ([], [first]) or (
        not contact.phone_other and numbers in ([second], [first, second])
    )


def _write_number(number: PhoneNumber) -> dict[str, str]:
    label = number.label.value if number.label else None
    entry = {"label": label, "number": number.number, "extension": number.extension}
    return {name: value for name, value in entry.items() if value}


def _read_number(raw: Any, path: str, region: str, references: References) -> PhoneNumber:
    check_object(raw, path)
    number = _number(_text(raw, "number", path), region)
    if number is None:
        raise invalid_value(f"{path}.number", raw.get("number"), "not a phone number")
    label, extension = raw.get("label"), raw.get("extension")
    return PhoneNumber(
        number.number,
        _LABEL.read(label, f"{path}.label", references) if label is not None else None,
        _EXTENSION.read(extension, f"{path}.extension", references) or number.extension
        if extension is not None
        else number.extension,
    )


def _read_dialled(numbers: _Numbers, entry: dict[str, Any], path: str, region: str) -> None:
    written = _text(entry, "phone", path)
    number = _number(written, region)
    numbers.unread = None
    if number is None or written != number.number:
        numbers.unread = _kept(written, "phone", path)
    known = numbers.of(number) if number else None
    if "phones" not in entry and known is None:
        numbers.listed = [listed for listed in numbers.listed if listed != numbers.dialled]
    if number and known is None:
        numbers.listed.insert(0, number)
    numbers.dialled = known or number


def _read_other(numbers: _Numbers, entry: dict[str, Any], path: str, region: str) -> None:
    written = _text(entry, "phone_other", path)
    number = _number(written, region)
    numbers.unread_other = _kept(written, "phone_other", path) if number is None else None
    if number and numbers.of(number):
        return
    rest = [listed for listed in numbers.listed if listed != numbers.dialled]
    if "phones" not in entry and len(rest) == 1:
        numbers.listed.remove(rest[0])
    if number:
        numbers.listed.append(number._replace(label=PhoneLabel.OTHER))


def _text(entry: dict[str, Any], name: str, path: str) -> str | None:
    written = entry.get(name)
    if written is not None and not isinstance(written, (str, int)):
        raise invalid_value(f"{path}.{name}", written, "not text")
    return str(written or "").strip() or None


def _kept(written: str | None, name: str, path: str) -> str | None:
    """The text that cannot be dialled. Raises BadBook for one too long to be kept."""
    longest = _LONGEST[name]
    if written and len(written) > longest:
        raise BadBook(f"{path}.{name}: is longer than {longest} characters")
    return written


def _number(written: str | None, region: str) -> PhoneNumber | None:
    try:
        return typed_number(written, region) if written else None
    except NotAPhone:
        return None
