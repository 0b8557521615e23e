"""What the form after a conversation asks of things that went wrong (R13, R16)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.models import Client, Contact, Recovery
from pwa.operations.recoveries import recoveries
from pwa.operations.recoveries.recoveries import RecoveryReview
from pwa.web.forms.fields import Errors, numbered


@dataclass(frozen=True, slots=True)
class RecoveryQuestion:
    """One question: the name of its control, what went wrong, and the answer so far."""

    name: str
    cause: str
    is_check: bool
    said: str


@dataclass(frozen=True)
class RecoveryReviewForm:
    """The answers by the recovery's number: yes or no, and for a check again."""

    said: dict[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, values: MultiDict[str, str]) -> "RecoveryReviewForm":
        """Take what can be taken; nothing is refused before `check`."""
        return cls(numbered(values, "about-"))

    def questions(
        self, client: Client, contact: Contact | None, today: date
    ) -> list[RecoveryQuestion]:
        """What to ask after a conversation with `contact`, or with anybody where none is chosen."""
        return [
            RecoveryQuestion(
                f"about-{one.id}", one.cause, one.live is not None, self.said.get(one.id, "")
            )
            for one in _asked(client, contact, today)
        ]

    def check(self, client: Client, contact: Contact | None, today: date) -> Errors:
        """A conversation with whom it concerns needs an answer: it decides what is first."""
        return {
            f"about-{one.id}": _("Did you talk about it? Choose Yes or No.")
            for one in _asked(client, contact, today)
            if one.live is None and self.said.get(one.id) not in ("yes", "no")
        }

    def about(self, client: Client, contact: Contact | None, today: date) -> RecoveryReview:
        """The same for `operations.calls`, once nothing is missing."""
        asked = list(_asked(client, contact, today))

        def those(said: str, checks: bool) -> frozenset[int]:
            return frozenset(
                one.id
                for one in asked
                if (one.live is not None) == checks and self.said.get(one.id) == said
            )

        return RecoveryReview(those("yes", False), those("yes", True), those("again", True))


def _asked(client: Client, contact: Contact | None, today: date) -> Iterable[Recovery]:
    """Not talked about yet, or with a check that is due; with whom it concerns."""
    for one in recoveries.open_at(client.id):
        if contact is not None and one.contact_id not in (None, contact.id):
            continue
        checks = recoveries.checks_of(one, client)
        if one.live is None or any(c.done is None and c.due <= today for c in checks):
            yield one
