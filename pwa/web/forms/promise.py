"""A promise as typed: made, changed, and moved to another day (R17)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from pwa.models import Client, Contact, Promise, User
from pwa.web.forms.clients.contact import chosen_contact
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields

MOST_LETTERS = 1000


@dataclass(frozen=True)
class PromiseForm:
    """A new promise: the words used, the contact, the due day, and the user who keeps it."""

    words: str
    contact: Contact | None
    due: date | None
    owner: User | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(
        cls, form: Mapping[str, str], client: Client, owners: Sequence[User]
    ) -> "PromiseForm":
        """The promise to a contact of `client`, to be kept by one of `owners`."""
        fields = Fields(form)
        words = fields.text("words", _("What did you promise?"), most=MOST_LETTERS)
        contact = chosen_contact(fields, "contact_id", client)
        due = fields.day("due", _("By which day?"))
        return cls(words, contact, due, _owner(fields, owners), fields.errors)


@dataclass(frozen=True)
class ChangeForm:
    """The editable fields of a promise; its due day is moved instead, by `MoveForm`."""

    words: str
    contact: Contact | None
    owner: User | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client, owners: Sequence[User]) -> "ChangeForm":
        """The promise to a contact of `client`, to be kept by one of `owners`."""
        fields = Fields(form)
        words = fields.text("words", _("What did you promise?"), most=MOST_LETTERS)
        contact = chosen_contact(fields, "contact_id", client)
        return cls(words, contact, _owner(fields, owners), fields.errors)

    @staticmethod
    def values(promise: Promise) -> Values:
        """The stored values by field."""
        return {
            "words": promise.words,
            "contact_id": str(promise.contact_id or ""),
            "owner_id": str(promise.owner_id or promise.client.owner_id),
        }


@dataclass(frozen=True)
class MoveForm:
    """The new due day of a promise, and the day on which the client was told."""

    to: date | None
    told: date | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], today: date) -> "MoveForm":
        """The move; told without a day means told today."""
        fields = Fields(form)
        to = fields.day("to", _("To which day?"))
        if to and to < today:
            fields.errors["to"] = _("That day is gone. Choose one that is still to come.")
        answer = fields.text("told")
        if answer not in {"yes", "no"}:
            fields.errors["told"] = _("Have you told them?")
        on = fields.day("told_on") if answer == "yes" else None
        if on and on > today:
            fields.errors["told_on"] = _("That day is still to come. When did you tell them?")
        return cls(to, (on or today) if answer == "yes" else None, fields.errors)

    @staticmethod
    def values(promise: Promise) -> Values:
        """The stored due day by field."""
        return {"to": promise.falls_due.isoformat()}

    @staticmethod
    def labels() -> dict[str, str]:
        """The field's label in an edit conflict."""
        return {"to": _("To which day")}


def labels() -> dict[str, str]:
    """The field's label in an edit conflict."""
    return {"words": _("What you promised, in the words you used")}


def _owner(fields: Fields, owners: Sequence[User]) -> User | None:
    """The chosen user, None for the client's manager."""
    value = fields.text("owner_id")
    owner = next((user for user in owners if str(user.id) == value), None)
    if value and owner is None:
        fields.errors["owner_id"] = _("Choose someone of the team.")
    return owner
