"""What else a call found out: who was there as well, the right number, a new contact."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _

from pwa.models import Client, Contact
from pwa.operations.calls.consequences import INTRODUCES, NO_FOLLOW_UP, FollowUp
from pwa.operations.clients.clients import ContactFacts
from pwa.operations.clients.phone_numbers import other_numbers
from pwa.rules.vocabulary.enums import Outcome
from pwa.rules.vocabulary.phones import PhoneNumber
from pwa.web.forms.clients.contact import region_of
from pwa.web.forms.fields import Errors, Fields


@dataclass(frozen=True)
class FollowUpForm:
    """The fields as typed, unchecked, and their value once parsed; `also` are ids of contacts.

    `use` is the one of the contact's other numbers that is to be dialled from now on.
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


def _right_number(fields: Fields, contact: Contact | None, region: str) -> PhoneNumber | None:
    typed = fields.phones("right_number", region)
    if contact is None:
        return next(iter(typed), None)
    if typed and typed[0].number == contact.phone:
        fields.errors["right_number"] = _("That is the number you called. Enter another one.")
    chosen = fields.trimmed("use_number")
    known = (number for number in other_numbers(contact) if number.number == chosen)
    return next(iter(typed), None) or next(known, None)


def _introduced(fields: Fields, region: str) -> ContactFacts | None:
    name, phones = fields.text("met_name", most=200), fields.phones("met_phone", region)
    if phones and not name:
        fields.errors["met_name"] = _("Enter a name for this number.")
    return ContactFacts(name, phones=tuple(phones)) if name else None
