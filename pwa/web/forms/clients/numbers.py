"""The phone numbers of a contact as typed: rows of number, kind and extension, one to dial.

The fields of the first row are `phone`, `phone_label` and `phone_extension`, of the second
`phone_2` and so on; `dial` is the name of the row to dial. A row without a number is no number.
`phone_other` is a row of what could not be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from pwa.models import Contact
from pwa.operations.clients.phone_numbers import MOST_NUMBERS
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Fields
from pwa.web.text.phone_text import international

NAMES = ("phone", *(f"phone_{row}" for row in range(2, MOST_NUMBERS + 1)), "phone_other")
SPARE = 2


@dataclass(frozen=True)
class NumberRow:
    """A row of the form as it is shown."""

    name: str
    number: str = ""
    label: str = ""
    extension: str = ""
    dialled: bool = False


@dataclass(frozen=True)
class TypedNumbers:
    """The numbers that can be dialled, in the order of the rows; `dialled` None for the first."""

    phones: tuple[PhoneNumber, ...] = ()
    dialled: PhoneNumber | None = None


def number_rows(values: Mapping[str, str]) -> tuple[list[NumberRow], list[NumberRow]]:
    """The rows with a number, at least one, and the empty ones to add another."""
    rows = [
        NumberRow(
            name,
            values.get(name, ""),
            values.get(f"{name}_label", ""),
            values.get(f"{name}_extension", ""),
            values.get("dial") == name,
        )
        for name in NAMES
    ]
    filled = [row for row in rows if row.number or row.extension] or rows[:1]
    empty = [row for row in rows[:-1] if row not in filled]
    return filled, empty[:SPARE]


def number_values(contact: Contact) -> Values:
    """The stored values by field; a number that could not be read as it was written."""
    values: Values = {}
    for name, number in zip(NAMES, contact.numbers, strict=False):
        values[name] = international(number.number)
        values[f"{name}_label"] = number.label or ""
        values[f"{name}_extension"] = number.extension or ""
        if contact.dials(number):
            values["dial"] = name
    if contact.phone_given and not contact.phone:
        free = next(name for name in NAMES if name not in values)
        values[free] = contact.phone_given
    if contact.phone_other:
        values["phone_other"] = contact.phone_other
    return values


def number_labels() -> dict[str, str]:
    """The labels of the rows in an edit conflict."""
    later = {name: _("Phone %(number)d", number=row) for row, name in enumerate(NAMES[1:-1], 2)}
    return {"phone": _("Phone"), **later, "phone_other": _("Another phone")}


def read_numbers(fields: Fields, region: str, prefix: str = "") -> TypedNumbers:
    """The numbers of the rows; each error stands beside its row."""
    numbers: dict[tuple[str, str | None], PhoneNumber] = {}
    dialled = None
    for name in (f"{prefix}{name}" for name in NAMES):
        for number in _read_row(fields, name, region):
            kept = numbers.setdefault((number.number, number.extension), number)
            if fields.trimmed(f"{prefix}dial") == name:
                dialled = dialled or kept
    return TypedNumbers(tuple(numbers.values())[:MOST_NUMBERS], dialled)


def _read_row(fields: Fields, name: str, region: str) -> list[PhoneNumber]:
    numbers = fields.phones(name, region)
    label = fields.choice(f"{name}_label", PhoneLabel)
    extension = fields.trimmed(f"{name}_extension")
    if extension and not (extension.isascii() and extension.isdigit() and len(extension) <= 10):
        fields.errors[f"{name}_extension"] = _("Write the extension in digits, as in 12.")
    if extension and not fields.trimmed(name):
        fields.errors.setdefault(name, _("Which number does this extension belong to?"))
    return [
        PhoneNumber(number.number, label, (extension if row == 0 else "") or number.extension)
        for row, number in enumerate(numbers)
    ]
