"""The questions after a conversation about open recoveries and their checks (R13, R16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from pwa.models import Client, Contact, Recovery
from pwa.operations.recoveries import recoveries
from pwa.operations.recoveries.recoveries import RecoveryReview
from pwa.web.forms.fields import Errors, Fields


@dataclass(frozen=True, slots=True)
class RecoveryQuestion:
    """One question: the name of its control, the recovery's cause, and the answer so far."""

    name: str
    cause: str
    is_check: bool
    answer: str


@dataclass(frozen=True)
class RecoveryReviewForm:
    """`answers` by the recovery's id: "yes" or "no", for a check also "again"."""

    answers: dict[int, str] = field(default_factory=dict)
    review: RecoveryReview = field(default_factory=RecoveryReview)
    errors: Errors = field(default_factory=dict)

    @classmethod
    def prefilled(cls, values: Mapping[str, str]) -> "RecoveryReviewForm":
        """The answers as submitted, unchecked."""
        return cls(Fields(values).numbered("about-"))

    @classmethod
    def parse(
        cls, values: Mapping[str, str], client: Client, contact: Contact | None, day: date
    ) -> "RecoveryReviewForm":
        """The review of a conversation on `day`.

        A recovery that was not talked about yet needs an answer: it decides what comes first.
        """
        answers = cls.prefilled(values).answers
        asked = _asked(client, contact, day)
        errors = {
            _control(recovery): _("Did you talk about it? Choose Yes or No.")
            for recovery in asked
            if recovery.live is None and answers.get(recovery.id) not in ("yes", "no")
        }
        return cls(answers, _review(asked, answers), errors)

    def questions(
        self, client: Client, contact: Contact | None, today: date
    ) -> list[RecoveryQuestion]:
        """The questions after a conversation with `contact`; at all contacts without one chosen."""
        return [
            RecoveryQuestion(
                _control(recovery),
                recovery.cause,
                recovery.live is not None,
                self.answers.get(recovery.id, ""),
            )
            for recovery in _asked(client, contact, today)
        ]


def _control(recovery: Recovery) -> str:
    return f"about-{recovery.id}"


def _review(asked: Sequence[Recovery], answers: Mapping[int, str]) -> RecoveryReview:
    def answered(answer: str, *, checks: bool) -> frozenset[int]:
        return frozenset(
            recovery.id
            for recovery in asked
            if (recovery.live is not None) == checks and answers.get(recovery.id) == answer
        )

    return RecoveryReview(
        answered("yes", checks=False), answered("yes", checks=True), answered("again", checks=True)
    )


def _asked(client: Client, contact: Contact | None, today: date) -> list[Recovery]:
    """The contact's open recoveries not talked about yet, and those with a check that is due."""

    def is_due(recovery: Recovery) -> bool:
        checks = recoveries.checks_of(recovery, client)
        return recovery.live is None or any(c.done is None and c.due <= today for c in checks)

    return [
        recovery
        for recovery in recoveries.open_at(client.id)
        if (contact is None or recovery.contact_id in (None, contact.id)) and is_due(recovery)
    ]
