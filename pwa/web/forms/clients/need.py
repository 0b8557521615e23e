"""A need, wish or opinion that a contact stated, as typed (R24)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from pwa.operations.clients.needs import StatedNeed
from pwa.rules.vocabulary.enums import NeedKind
from pwa.web.forms.fields import Errors, Fields

MOST_LETTERS = 500


@dataclass(frozen=True)
class NeedForm:
    """A kind and the contact's words; without words there is nothing to store."""

    kind: NeedKind = NeedKind.NEED
    words: str = ""
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, values: Mapping[str, str], *, needed: bool = False) -> "NeedForm":
        """The stated need; an unknown kind is read as a need."""
        fields = Fields(values)
        kind = fields.valid_choice("told_kind", NeedKind) or NeedKind.NEED
        words = fields.trimmed("told")
        if needed and not words:
            fields.errors["told"] = _("Write what they said.")
        if len(words) > MOST_LETTERS:
            fields.errors["told"] = _("That is too long to keep. Shorten it a little.")
        return cls(kind, words, fields.errors)

    @property
    def stated(self) -> StatedNeed | None:
        """The value for `operations.clients.needs`, None without words."""
        return StatedNeed(self.kind, self.words) if self.words else None
