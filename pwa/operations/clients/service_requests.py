"""What a client waits for: asked, changed, done."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.db import session
from pwa.models import Client, ServiceRequest
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Priority, RequestKind, RequestStatus


@dataclass(frozen=True)
class RequestFacts:
    """What a person may say about a request."""

    title: str
    kind: RequestKind
    priority: Priority
    status: RequestStatus
    due: date | None
    contact_id: int | None


def add(client: Client, facts: RequestFacts, today: date, now: datetime) -> ServiceRequest:
    """Something asked for today."""
    asked = ServiceRequest(client_id=client.id, opened=today)
    session.add(asked)
    change(asked, facts, today, now)
    return asked


def change(asked: ServiceRequest, facts: RequestFacts, today: date, now: datetime) -> None:
    """Say these facts of it; the day it was done follows its status."""
    for name, value in vars(facts).items():
        setattr(asked, name, value)
    done = asked.status is RequestStatus.DONE
    asked.closed_on = (asked.closed_on or today) if done else None
    session.flush()
    refresh_due_dates([asked.client_id], now)


def close(asked: ServiceRequest, today: date, now: datetime) -> None:
    """Done today; closing it twice changes nothing."""
    asked.status = RequestStatus.DONE
    asked.closed_on = asked.closed_on or today
    session.flush()
    refresh_due_dates([asked.client_id], now)
