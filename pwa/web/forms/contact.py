"""A contact as typed by a user, and the choice of one at a client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _

from pwa.models import Client, Contact, User
from pwa.operations.clients.clients import ContactFacts
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
        return cls(read_contact(fields, region), fields.errors)

    @staticmethod
    def values(contact: Contact) -> Values:
        """The stored values by field; a number that could not be read as it was written."""
        return {
            "name": contact.name,
            "role": contact.role or "",
            "phone": contact.phone or contact.phone_given or "",
            "phone_other": contact.phone_other or "",
            "email": contact.email or "",
            "timezone": contact.timezone or "",
            "difficult": "1" if contact.difficult else "",
        }

    @staticmethod
    def labels() -> dict[str, str]:
        """The fields' labels on the page."""
        return {
            "name": _("Name"),
            "role": _("What they do there"),
            "phone": _("Phone"),
            "phone_other": _("Another phone"),
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
    return ContactFacts(
        name=fields.text(f"{prefix}name", _("Whom do you talk to there?")),
        role=fields.optional(f"{prefix}role", most=120),
        phone=fields.phone(f"{prefix}phone", region),
        phone_other=fields.phone(f"{prefix}phone_other", region),
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
