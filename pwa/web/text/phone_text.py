"""Phone numbers as people write them, and the links that dial them."""

from collections.abc import Iterable

import phonenumbers
from flask import Flask, current_app
from flask_babel import gettext as _
from flask_login import current_user
from phonenumbers import PhoneNumberFormat

from pwa.models import Contact
from pwa.operations.clients.phone_numbers import other_numbers
from pwa.rules.vocabulary.phones import PhoneNumber, dial_link
from pwa.web.text.labels import label


def init_app(app: Flask) -> None:
    """Registers the filters for templates."""
    app.jinja_env.filters.update(phone=phone, dial=dial_link, phone_label=phone_label)
    app.jinja_env.filters.update(other_numbers=other_numbers)
    app.jinja_env.globals.update(extension=extension, number_choices=number_choices)


def phone(number: str) -> str:
    """The number as the reader's country writes its own; with the country's code for another."""
    return _formatted(number, phonenumbers.country_code_for_region(_home()))


def international(number: str) -> str:
    """The number with its country's code, spaced: the same for every reader, and read back so."""
    return _formatted(number, None)


def _formatted(number: str, home: int | None) -> str:
    """Spaced; without the country's code where that is `home`."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == home
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def extension(number: str | None) -> str:
    """The words for an extension; empty for none."""
    return _("ext. %(number)s", number=number) if number else ""


def phone_label(number: PhoneNumber, contact: Contact) -> str:
    """What a number is called beside its contact; without a label, by its place."""
    if number.label:
        return label(number.label).lower()
    return _("main number") if contact.dials(number) else _("other")


def number_choices(numbers: Iterable[PhoneNumber]) -> list[tuple[str, str]]:
    """Numbers to choose from, and none of these."""
    return [*((each.number, phone(each.number)) for each in numbers), ("", _("None of these"))]


def _home() -> str:
    user = current_user
    country = user.home_country or user.team.region if user.is_authenticated else None
    return country or str(current_app.config["ROUNDS"].region)
