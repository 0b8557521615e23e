"""What else a call found out: who was there as well, the right number, a new contact."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _

from pwa.models import Client, Contact
from pwa.operations.calls.consequences import INTRODUCES, NO_FOLLOW_UP, FollowUp
from pwa.operations.clients.clients import ContactFacts
from pwa.rules.vocabulary.enums import Outcome
from pwa.web.forms.contact import region_of
from pwa.web.forms.fields import Errors, Fields

OTHER_NUMBER = "other"


@dataclass(frozen=True)
class FollowUpForm:
    """The fields as typed, unchecked, and their value once parsed; `also` are ids of contacts.

    `use` is OTHER_NUMBER where the contact's other number is to be dialled from now on.
    """

    also: frozenset[int] = frozenset()
    right_number: str = ""
    use: str = ""
    met_name: str = ""
    met_phone: str = ""
    follow_up: FollowUp = NO_FOLLOW_UP
    errors: Errors = field(default_factory=dict)

    @classmethod
    def prefilled(cls, values: Mapping[str, str]) -> "FollowUpForm":
        """The fields as submitted, unchecked."""
        fields = Fields(values)
        return cls(
            frozenset(fields.numbered("also-")),
            fields.trimmed("right_number"),
            fields.trimmed("use_number"),
            fields.trimmed("met_name"),
            fields.trimmed("met_phone"),
        )

    @classmethod
    def parse(
        cls,
        values: Mapping[str, str],
        client: Client,
        contact: Contact | None,
        outcome: Outcome | None,
    ) -> "FollowUpForm":
        """The fields that belong to the outcome; others are left alone."""
        typed, fields = cls.prefilled(values), Fields(values)
        region = region_of(client.owner)
        number, introduced = None, None
        if outcome is Outcome.WRONG_NUMBER:
            number = _right_number(fields, contact, region)
        elif outcome in INTRODUCES:
            introduced = _introduced(fields, region)
        return replace(typed, follow_up=FollowUp(number, introduced), errors=fields.errors)

    def others(self, client: Client) -> tuple[Contact, ...]:
        """The contacts of this client who were ticked."""
        return tuple(contact for contact in client.contacts if contact.id in self.also)


def _right_number(fields: Fields, contact: Contact | None, region: str) -> str | None:
    number = fields.phone("right_number", region)
    if number or contact is None or fields.trimmed("use_number") != OTHER_NUMBER:
        return _unlike_the_wrong_one(fields, number, contact)
    return contact.phone_other


def _unlike_the_wrong_one(
    fields: Fields, number: str | None, contact: Contact | None
) -> str | None:
    if number and contact and number == contact.phone:
        fields.errors["right_number"] = _("That is the number you called. Enter another one.")
    return number


def _introduced(fields: Fields, region: str) -> ContactFacts | None:
    name, phone = fields.text("met_name", most=200), fields.phone("met_phone", region)
    if phone and not name:
        fields.errors["met_name"] = _("Enter a name for this number.")
    return ContactFacts(name=name, phone=phone) if name else None
