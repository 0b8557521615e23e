"""What the form after a conversation says of each open request (R11)."""

from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.models import ServiceRequest
from pwa.operations.calls.calls import RequestReview
from pwa.web.forms.fields import Errors, Fields, numbered

DONE, STILL_OPEN = "done", "open"


@dataclass(frozen=True, slots=True)
class RequestTopic:
    """An open request as the form shows it: what was chosen, and the day that was typed."""

    id: int
    title: str
    said: str
    due: str


@dataclass(frozen=True)
class RequestCoverageForm:
    """What was chosen and typed, by the request's number; what is left out was not discussed."""

    said: dict[int, str] = field(default_factory=dict)
    days: dict[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, values: MultiDict[str, str]) -> "RequestCoverageForm":
        """Take what can be taken; nothing is refused before `check`."""
        return cls(numbered(values, "request-"), numbered(values, "due-"))

    def check(self, today: date) -> Errors:
        """What is wrong with the new days, by the field's name."""
        return self._fields(today)[1]

    def gone_through(self, today: date) -> dict[int, RequestReview]:
        """The same for `operations.calls`, once nothing is wrong."""
        return self._fields(today)[0]

    def topics(self, requests: list[ServiceRequest]) -> list[RequestTopic]:
        """The open requests with what was said of each; its present day where nothing was."""
        return [
            RequestTopic(
                one.id,
                one.title,
                self.said.get(one.id, ""),
                self.days.get(one.id, one.due.isoformat() if one.due else ""),
            )
            for one in requests
        ]

    def _fields(self, today: date) -> tuple[dict[int, RequestReview], Errors]:
        fields = Fields({f"due-{number}": day for number, day in self.days.items()})
        found = {}
        for number, said in self.said.items():
            if said == DONE:
                found[number] = RequestReview(done=True)
            elif said == STILL_OPEN:
                name = f"due-{number}"
                day = fields.day(name)
                if day and day < today:
                    fields.errors[name] = _("That day is gone. Choose one that is still to come.")
                found[number] = RequestReview(due=day)
        return found, fields.errors
