"""A contact as typed by a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from pwa.models import Contact
from pwa.operations.clients.clients import ContactFacts
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields


@dataclass(frozen=True)
class ContactForm:
    """What the pages for a contact ask for."""

    facts: ContactFacts

    @classmethod
    def parse(cls, form: Mapping[str, str], region: str) -> tuple["ContactForm", Errors]:
        """The facts, and by field what is wrong with them."""
        fields = Fields(form)
        return cls.read(fields, region), fields.errors

    @classmethod
    def read(cls, fields: Fields, region: str, prefix: str = "") -> "ContactForm":
        """The same fields inside a larger form, their names begun by `prefix`."""
        return cls(
            ContactFacts(
                name=fields.text(f"{prefix}name", _("Whom do you talk to there?")),
                role=fields.optional(f"{prefix}role", most=120),
                phone=fields.phone(f"{prefix}phone", region),
                phone_other=fields.phone(f"{prefix}phone_other", region),
                email=fields.email(f"{prefix}email"),
                timezone=fields.zone(f"{prefix}timezone"),
                difficult=fields.ticked(f"{prefix}difficult"),
            )
        )

    @staticmethod
    def values(contact: Contact) -> Values:
        """The same fields as they stand now; a number that is none is shown as it was written."""
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
        """What the fields are called on the page."""
        return {
            "name": _("Name"),
            "role": _("What they do there"),
            "phone": _("Phone"),
            "phone_other": _("Another phone"),
            "email": _("E-mail"),
            "timezone": _("Time zone"),
            "difficult": _("Difficult to talk to"),
        }
