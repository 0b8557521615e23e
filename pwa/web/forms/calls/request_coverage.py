"""Each open request reviewed in the form after a conversation (R11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from pwa.models import ServiceRequest
from pwa.operations.calls.record import RequestReview
from pwa.web.forms.fields import Errors, Fields

DONE, STILL_OPEN = "done", "open"


@dataclass(frozen=True, slots=True)
class RequestTopic:
    """An open request as the form shows it: the answer chosen, and the day as typed."""

    id: int
    title: str
    answer: str
    due: str


@dataclass(frozen=True)
class RequestCoverageForm:
    """`answers`, typed `days` and `reviews` by request id; no review of what was not discussed."""

    answers: dict[int, str] = field(default_factory=dict)
    days: dict[int, str] = field(default_factory=dict)
    reviews: dict[int, RequestReview] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)

    @classmethod
    def prefilled(cls, values: Mapping[str, str]) -> "RequestCoverageForm":
        """The answers and days as submitted, unchecked."""
        fields = Fields(values)
        return cls(fields.numbered("request-"), fields.numbered("due-"))

    @classmethod
    def parse(cls, values: Mapping[str, str], today: date) -> "RequestCoverageForm":
        """The reviews; a new due day may not be before `today`."""
        typed, fields = cls.prefilled(values), Fields(values)
        reviews = {}
        for request_id, answer in typed.answers.items():
            if answer == DONE:
                reviews[request_id] = RequestReview(done=True)
            elif answer == STILL_OPEN:
                name = f"due-{request_id}"
                due = fields.day(name)
                if due and due < today:
                    fields.errors[name] = _("That day is gone. Choose one that is still to come.")
                reviews[request_id] = RequestReview(due=due)
        return cls(typed.answers, typed.days, reviews, fields.errors)

    def topics(self, requests: list[ServiceRequest]) -> list[RequestTopic]:
        """The open requests with the answers so far; the present due day where none was typed."""
        return [
            RequestTopic(
                request.id,
                request.title,
                self.answers.get(request.id, ""),
                self.days.get(request.id, request.due.isoformat() if request.due else ""),
            )
            for request in requests
        ]
