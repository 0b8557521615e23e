"""Service requests of a client: add, change, close."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.db import session
from pwa.models import Client, ServiceRequest
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Priority, RequestKind, RequestStatus


@dataclass(frozen=True)
class RequestFacts:
    """The editable fields of a request."""

    title: str
    kind: RequestKind
    priority: Priority
    status: RequestStatus
    due: date | None
    contact_id: int | None


def add(client: Client, facts: RequestFacts, today: date, now: datetime) -> ServiceRequest:
    """Adds a request opened today."""
    request = ServiceRequest(client_id=client.id, opened=today)
    session.add(request)
    change(request, facts, today, now)
    return request


def change(request: ServiceRequest, facts: RequestFacts, today: date, now: datetime) -> None:
    """Changes a request; the closing day follows its status."""
    for name, value in vars(facts).items():
        setattr(request, name, value)
    done = request.status is RequestStatus.DONE
    request.closed_on = (request.closed_on or today) if done else None
    session.flush()
    refresh_due_dates([request.client_id], now)


def close(request: ServiceRequest, today: date, now: datetime) -> None:
    """Closes a request today (idempotent)."""
    request.status = RequestStatus.DONE
    request.closed_on = request.closed_on or today
    session.flush()
    refresh_due_dates([request.client_id], now)
