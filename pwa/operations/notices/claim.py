"""Claims deliveries with a lease of seconds, so that no two workers send the same push.

A lease is renewed while its push is under way. Whoever dies with a claim holds nothing up for
longer than that: it is shorter than what is left of the use of the notice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Delivery, PushService
from pwa.rules.notices.breaker import CLOSED, Breaker, room

LEASE = timedelta(seconds=15)
SHORT_LEASE = timedelta(seconds=4)  # for what is of use for less than three leases
RENEW_EVERY = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """A delivery claimed by us. `tries` includes this one."""

    id: int
    notice_id: int
    device_id: int
    service: str
    tries: int
    expires_at: datetime


def breakers() -> dict[str, Breaker]:
    """The breakers of the push services that failed lately, by service."""
    query = sa.select(
        PushService.service, PushService.failures, PushService.opened_at, PushService.open_until
    ).where(PushService.failures > 0)
    rows = session.execute(query).all()
    return {row.service: Breaker(row.failures, row.opened_at, row.open_until) for row in rows}


def claim(
    now: datetime, under_way: Mapping[int, ClaimedDelivery], most: int
) -> list[ClaimedDelivery]:
    """Claims what is due at `now`, as far as each push service has room for it.

    `under_way` are ours by id, of which each service takes at most `most` at once; they are not
    claimed again where the clock was set forward. What is of use for the shortest time comes first.
    """
    in_flight = Counter(delivery.service for delivery in under_way.values())
    services = session.scalars(_due(now).with_only_columns(Delivery.service).distinct()).all()
    if not services:
        return []
    states = breakers()
    rooms = {
        service: room(states.get(service, CLOSED), in_flight[service], most, now)
        for service in services
    }
    rooms = {service: count for service, count in rooms.items() if count > 0}
    if not rooms:
        return []
    with writing():
        taken = (_claim(service, count, under_way, now) for service, count in rooms.items())
        return [claimed for batch in taken for claimed in batch]


def claim_these(delivery_ids: Iterable[int], now: datetime) -> list[ClaimedDelivery]:
    """Claims deliveries by id, in the caller's transaction, whatever their service does."""
    return _take(_due(now).where(Delivery.id.in_(delivery_ids)), now)


def renew(delivery_ids: Iterable[int], now: datetime) -> None:
    """Prolongs the leases of deliveries that are on their way."""
    with writing():
        ours = (Delivery.id.in_(delivery_ids), Delivery.settled_at.is_(None))
        session.execute(
            sa.update(Delivery).where(*ours).values(claimed_until=_lease_end(now)),
            execution_options={"synchronize_session": False},
        )


def _claim(
    service: str, most: int, under_way: Iterable[int], now: datetime
) -> list[ClaimedDelivery]:
    waiting = _due(now).where(Delivery.service == service, Delivery.id.not_in(under_way))
    waiting = waiting.order_by(Delivery.expires_at, Delivery.next_try_at, Delivery.id).limit(most)
    return _take(waiting.with_for_update(skip_locked=True), now)


def _take(waiting: sa.Select[Any], now: datetime) -> list[ClaimedDelivery]:
    take = (
        sa.update(Delivery)
        .where(Delivery.id.in_(waiting.scalar_subquery()), *_claimable(now))
        .values(claimed_until=_lease_end(now), tries=Delivery.tries + 1)
        .returning(
            Delivery.id,
            Delivery.notice_id,
            Delivery.device_id,
            Delivery.service,
            Delivery.tries,
            Delivery.expires_at,
        )
    )
    rows = session.execute(take, execution_options={"synchronize_session": False})
    return [ClaimedDelivery(*row) for row in rows]


def _lease_end(now: datetime) -> sa.ColumnElement[datetime]:
    lasting = Delivery.expires_at > now + 3 * LEASE
    return sa.case((lasting, now + LEASE), else_=now + SHORT_LEASE)


def _due(now: datetime) -> sa.Select[int]:
    return sa.select(Delivery.id).where(*_claimable(now))


def _claimable(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    ended = (Delivery.claimed_until <= now) | (Delivery.claimed_until > now + LEASE)
    unclaimed = sa.or_(Delivery.claimed_until.is_(None), ended)  # or the clock was set back
    return (
        Delivery.settled_at.is_(None),
        Delivery.next_try_at <= now,
        Delivery.expires_at > now,
        unclaimed,
    )
