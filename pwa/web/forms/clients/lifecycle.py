"""The reason of a change, and a handover to another manager."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from pwa.models import User
from pwa.web.forms.fields import Errors, Fields

MOST_LETTERS = 500


@dataclass(frozen=True)
class ReasonForm:
    """A required reason, for a change that the audit keeps."""

    reason: str
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], name: str = "reason") -> "ReasonForm":
        """The reason, from the field called `name`."""
        fields = Fields(form)
        return cls(read_reason(fields, name), fields.errors)


@dataclass(frozen=True)
class HandoverForm:
    """The manager who takes over, and the reason."""

    to: User | None
    reason: str
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], owners: Sequence[User]) -> "HandoverForm":
        """The handover to one of `owners`."""
        fields = Fields(form)
        wanted = fields.text("owner")
        to = next((user for user in owners if str(user.id) == wanted), None)
        if to is None:
            fields.errors["owner"] = _("Who looks after them from now on?")
        return cls(to, read_reason(fields), fields.errors)


def read_reason(fields: Fields, name: str = "reason") -> str:
    """The required reason inside a larger form."""
    return fields.text(name, _("Say why, in a few words."), most=MOST_LETTERS)
