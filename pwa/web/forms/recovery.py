"""A recovery as typed: opened, prepared, and a promise that prevents it from happening again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from pwa.models import Client, Contact, User
from pwa.rules.vocabulary.enums import Severity
from pwa.rules.vocabulary.timezones import local_day, moment
from pwa.web.forms.fields import Errors, Fields
from pwa.web.text.datetime_filters import zone

EVENING, NOON = time(17), time(12)


@dataclass(frozen=True)
class RecoveryForm:
    """A new recovery: the contact, the cause, and the severity where it is known."""

    contact: Contact | None
    cause: str
    severity: Severity | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client) -> "RecoveryForm":
        """The recovery; a client with contacts needs one of them."""
        fields = Fields(form)
        wanted = fields.text("contact")
        contact = next((c for c in client.contacts if str(c.id) == wanted), None)
        if contact is None and client.contacts:
            fields.errors["contact"] = _("Who is it about?")
        typed = fields.text("other", most=200)
        cause = typed or fields.text("cause", _("What went wrong?"), most=200)
        return cls(contact, cause, fields.valid_choice("severity", Severity), fields.errors)


@dataclass(frozen=True)
class PreparationForm:
    """How we make good, or the moment by which we will know."""

    make_good: str | None
    know_by: datetime | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], now: datetime) -> "PreparationForm":
        """The preparation, of which one of the two is needed."""
        fields = Fields(form)
        make_good = fields.text("make_good", most=1000) or None
        know_by = _know_by(fields, now)
        if not make_good and not know_by:
            problem = _("Say what you will do, or by when you will know.")
            fields.errors.setdefault("make_good", problem)
        return cls(make_good, know_by, fields.errors)


@dataclass(frozen=True)
class PreventionForm:
    """A promise that the same will not happen again."""

    words: str
    due: date | None
    owner: User | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(
        cls, form: Mapping[str, str], owners: Sequence[User], today: date
    ) -> "PreventionForm":
        """The promise; `owner` is None for the client's manager."""
        fields = Fields(form)
        needed = _("What do you do so that it does not happen again?")
        words = fields.text("words", needed, most=1000)
        due = fields.day("due", _("By which day?"))
        if due and due < today:
            fields.errors["due"] = _("That day is gone. Choose one that is still to come.")
        wanted = fields.text("owner")
        owner = next((user for user in owners if str(user.id) == wanted), None)
        return cls(words, due, owner, fields.errors)


def _know_by(fields: Fields, now: datetime) -> datetime | None:
    """This evening or tomorrow noon by a button, or a day and a time, in the user's own zone."""
    day = local_day(now, zone())
    buttons = {
        "evening": moment(day, EVENING, zone()),
        "noon": moment(day + timedelta(days=1), NOON, zone()),
    }
    chosen = buttons.get(fields.text("know"))
    if fields.text("know_day") or fields.text("know_time"):
        wall = fields.moment("know_day", "know_time")
        chosen = wall.replace(tzinfo=zone()) if wall else None
    if chosen and chosen <= now:
        fields.errors["know_day"] = _("That moment is gone. Choose one that is still to come.")
    return chosen
