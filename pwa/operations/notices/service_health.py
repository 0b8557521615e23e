"""How each push service does: its breaker, and whether it refuses our key (R26)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import PushService
from pwa.push.results import Delivered, PushRefused, Result, Retry
from pwa.rules.notices.breaker import CLOSED, Breaker, after_failure

NOTED_EVERY = timedelta(minutes=5)
MAX_REASON = 300  # characters, as the columns hold


def store(answers: Sequence[tuple[str, Result]], now: datetime) -> None:
    """Stores the answers of push services, in their order, in the caller's transaction.

    Nothing is written for a service that answers as it did before.
    """
    services = {service for service, _ in answers}
    query = sa.select(PushService).where(PushService.service.in_(services))
    query = query.execution_options(populate_existing=True)
    known = {row.service: row for row in session.scalars(query)} if services else {}
    for service in sorted(services):
        row = known.get(service)
        values = _changes(row, [answer for name, answer in answers if name == service], now)
        if values:
            new = insert(PushService).values(service=service, **{"failures": 0, **values})
            session.execute(new.on_conflict_do_update(index_elements=["service"], set_=values))


def _changes(row: PushService | None, answers: Sequence[Result], now: datetime) -> dict[str, Any]:
    before = Breaker(row.failures, row.opened_at, row.open_until) if row else CLOSED
    breaker = before
    values: dict[str, Any] = {}
    for answer in answers:
        is_outage = isinstance(answer, Retry) and answer.outage
        breaker = after_failure(breaker, now) if is_outage else CLOSED
        if is_outage:
            values["last_problem"] = answer.why[:MAX_REASON]
        elif row is None or row.answered_at is None or now - row.answered_at > NOTED_EVERY:
            values["answered_at"] = now
        if isinstance(answer, PushRefused) and answer.key:
            values |= {"refused_at": now, "refused_why": answer.why[:MAX_REASON]}
        elif isinstance(answer, Delivered) and row and row.refused_at:
            values |= {"refused_at": None, "refused_why": None}
    if breaker != before:
        values |= {
            "failures": breaker.failures,
            "opened_at": breaker.opened_at,
            "open_until": breaker.open_until,
        }
    return values
