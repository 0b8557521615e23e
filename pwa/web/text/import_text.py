"""Labels of import fields, and the messages of an import that cannot begin or failed."""

from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _

from pwa.operations.imports import UndecidedImport
from pwa.operations.imports.fields import USED

FIELDS = {
    "company": _("Company"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "full_name": _("Full name"),
    "role": _("What they do there"),
    "phone": _("Phone"),
    "phone_other": _("Another phone"),
    "email": _("E-mail"),
    "street": _("Street"),
    "town": _("Town"),
    "state": _("State or county"),
    "postcode": _("Post code"),
    "country": _("Country"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "owner": _("Who looks after them"),
    "cadence": _("How often you talk"),
    "channel": _("How they like to hear from you"),
    "timezone": _("Time zone"),
    "tier": _("Tier: A, B or C"),
    "website": _("Website"),
    "status": _("Active, paused or ended"),
}
UNDECIDED = {
    "nobody": _("There is no manager yet. Add one, then come back to this list."),
    "owner": _("That person no longer looks after clients. Choose someone else."),
    "whose": _("Say who looks after these clients."),
    "timezone": _("Choose where these clients are."),
}
FAILURES = {
    **UNDECIDED,
    "broke": _("Something broke on our side. What is imported stays; try again from there."),
    "gone": _("The file is no longer here. Choose it again."),
}


def field_options() -> list[tuple[str, str]]:
    """(value, label) of the fields that a column can be read as."""
    return [("", gettext("Not read")), *((field, str(FIELDS[field])) for field in USED)]


def undecided(error: UndecidedImport) -> str:
    """The message for an import that cannot begin."""
    return str(UNDECIDED[error.reason])


def failure(problem: str | None) -> str:
    """The message for an import that failed."""
    return str(FAILURES.get(problem or "broke", problem))


VERDICTS = (
    ("created", lazy_gettext("New")),
    ("updated", lazy_gettext("Added to")),
    ("unchanged", lazy_gettext("Known already")),
    ("skipped", lazy_gettext("Left out")),
)
