"""A promise as typed: its words, to whom, by when, who sees to it, and its move to another day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from pwa.models import Client, Contact, Promise, User
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields
from pwa.web.forms.people import person_there

MOST_LETTERS = 1000


@dataclass(frozen=True)
class PromiseForm:
    """The words used, to whom, the day, and who of ours sees to it."""

    words: str
    contact: Contact | None
    due: date | None
    owner: User | None

    @classmethod
    def parse(
        cls, form: Mapping[str, str], client: Client, people: Sequence[User]
    ) -> tuple["PromiseForm", Errors]:
        """The promise, and by field what is wrong with it."""
        fields = Fields(form)
        words = fields.text("words", _("What did you promise?"), most=MOST_LETTERS)
        contact = person_there(fields, "contact_id", client)
        due = fields.day("due", _("By which day?"))
        return cls(words, contact, due, _colleague(fields, people)), fields.errors


@dataclass(frozen=True)
class ChangeForm:
    """What may be said otherwise of a promise; its day is moved, never changed."""

    words: str
    contact: Contact | None
    owner: User | None

    @classmethod
    def parse(
        cls, form: Mapping[str, str], client: Client, people: Sequence[User]
    ) -> tuple["ChangeForm", Errors]:
        """The words, and by field what is wrong with them."""
        fields = Fields(form)
        words = fields.text("words", _("What did you promise?"), most=MOST_LETTERS)
        contact = person_there(fields, "contact_id", client)
        return cls(words, contact, _colleague(fields, people)), fields.errors

    @staticmethod
    def values(promise: Promise) -> Values:
        """The fields as they stand now."""
        return {
            "words": promise.words,
            "contact_id": str(promise.contact_id or ""),
            "owner_id": str(promise.owner_id or promise.client.owner_id),
        }


@dataclass(frozen=True)
class MoveForm:
    """Another day for a promise, and the day on which the client heard of it."""

    to: date | None
    told: date | None

    @classmethod
    def parse(cls, form: Mapping[str, str], today: date) -> tuple["MoveForm", Errors]:
        """The move, and by field what is wrong with it. Told without a day means today."""
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
        return cls(to, (on or today) if answer == "yes" else None), fields.errors

    @staticmethod
    def values(promise: Promise) -> Values:
        """The day as it stands now."""
        return {"to": promise.falls_due.isoformat()}

    @staticmethod
    def labels() -> dict[str, str]:
        """What the field is called where two people moved it."""
        return {"to": _("To which day")}


def labels() -> dict[str, str]:
    """What the field of a promise is called where two people changed it."""
    return {"words": _("What you promised, in the words you used")}


def _colleague(fields: Fields, people: Sequence[User]) -> User | None:
    """Who of the team was chosen; None for the client's manager."""
    value = fields.text("owner_id")
    found = next((person for person in people if str(person.id) == value), None)
    if value and found is None:
        fields.errors["owner_id"] = _("Choose someone of the team.")
    return found
