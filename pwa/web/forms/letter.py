"""A letter to a contact as it was sent: its text and the channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from pwa.operations.calls.letters import Letter
from pwa.rules.vocabulary.enums import Kind
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.idempotency import new_key

MOST_LETTERS = 20_000


@dataclass(frozen=True)
class LetterForm:
    """The text as typed, the channel, and the key of the form."""

    text: str
    kind: Kind | None
    key: str
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "LetterForm":
        """The letter; only a written channel is taken."""
        fields = Fields(form)
        text = fields.text("text", _("What did you write?"), most=MOST_LETTERS)
        kind = fields.choice("kind", Kind, _("How did you send it?"))
        if kind and kind.is_live:
            fields.errors["kind"] = _("How did you send it?")
        key = form.get("key") or new_key()
        return cls(text.replace("\r\n", "\n"), kind, key, fields.errors)

    def letter(self, at: datetime) -> Letter:
        """The letter as sent at `at`; only for a form without errors."""
        assert self.kind
        return Letter(self.kind, self.text, self.key, at)
