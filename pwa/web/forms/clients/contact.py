"""A contact as typed by a user, and the choice of one at a client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _

from pwa.models import Client, Contact, User
from pwa.operations.clients.clients import ContactFacts
from pwa.rules.vocabulary.person_names import parse_name
from pwa.web.forms.clients.numbers import number_labels, number_values, read_numbers
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields


@dataclass(frozen=True)
class ContactForm:
    """The pages of a contact; phone numbers without a country code are of `region`."""

    facts: ContactFacts
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], region: str) -> "ContactForm":
        fields = Fields(form)
        return cls(read_contact(fields, region), fields.in_order())

    @staticmethod
    def values(contact: Contact) -> Values:
        """The stored values by field."""
        return {
            "name": contact.name,
            "title": contact.title or "",
            "suffix": contact.suffix or "",
            "role": contact.role or "",
            **number_values(contact),
            "email": contact.email or "",
            "timezone": contact.timezone or "",
            "difficult": "1" if contact.difficult else "",
        }

    @staticmethod
    def labels() -> dict[str, str]:
        """The fields' labels on the page."""
        return {
            "name": _("Name"),
            "title": _("Title"),
            "suffix": _("Letters after the name"),
            "role": _("What they do there"),
            **number_labels(),
            "email": _("E-mail"),
            "timezone": _("Time zone"),
            "difficult": _("Difficult to talk to"),
        }


def region_of(owner: User) -> str:
    """The country of phone numbers without a country code, for clients of `owner`."""
    region: str = owner.team.region or current_app.config["ROUNDS"].region
    return region


def read_contact(fields: Fields, region: str, prefix: str = "") -> ContactFacts:
    """The fields of a contact, also inside a larger form where `prefix` begins their names."""
    name = parse_name(fields.text(f"{prefix}name", _("Whom do you talk to there?")))
    title, suffix = (fields.optional(f"{prefix}{part}", most=60) for part in ("title", "suffix"))
    numbers = read_numbers(fields, region, prefix)
    return ContactFacts(
        name=name.name,
        title=title or (name.title and name.title[:60]),
        suffix=suffix or (name.suffix and name.suffix[:60]),
        role=fields.optional(f"{prefix}role", most=120),
        phones=numbers.phones,
        dialled=numbers.dialled,
        email=fields.email(f"{prefix}email"),
        timezone=fields.zone(f"{prefix}timezone"),
        difficult=fields.ticked(f"{prefix}difficult"),
    )


def chosen_contact(fields: Fields, name: str, client: Client) -> Contact | None:
    """The contact of this client chosen in a field, None for no one in particular."""
    value = fields.text(name)
    contact = next((contact for contact in client.contacts if str(contact.id) == value), None)
    if value and contact is None:
        fields.errors[name] = _("Choose someone who is there.")
    return contact


def zone_of(client: Client, contact: Contact | None) -> ZoneInfo:
    """The zone of times agreed there: the contact's, else the client's, else the owner's."""
    return contact.zone if contact else ZoneInfo(client.timezone or client.owner.timezone)
