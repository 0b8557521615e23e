"""What a list of clients can be narrowed to, and its orders: one definition each, as SQL.

The supervisor's board counts by the same (R26). `today` is a day of whoever looks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from pwa.db import days_between
from pwa.models import Cadence, Client, Promise, Recovery, ServiceRequest
from pwa.operations.clients.search import search_conditions
from pwa.rules.scheduling.cadence import STAGES_WITHOUT_GRACE
from pwa.rules.vocabulary.enums import ClientStatus, RequestStatus, Tier

Condition = sa.ColumnElement[bool]


class Show(StrEnum):
    """The clients that a list is narrowed to."""

    DUE = "due"
    LATE = "late"
    QUIET = "quiet"
    NEVER = "never"
    OPEN = "open"


class Order(StrEnum):
    """The order of a list: by name, the longest due first, the longest not spoken to first."""

    NAME = "name"
    DUE = "due"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """What a list of clients shows, and in which order. Nothing chosen: all by name."""

    typed: str = ""
    show: Show | None = None
    owner_id: int | None = None
    tier: Tier | None = None
    town: str | None = None
    sort: Order = Order.NAME

    @property
    def narrows(self) -> bool:
        """Whether it leaves anybody out."""
        return replace(self, sort=Order.NAME) != ClientFilter()

    @property
    def needs_cadence(self) -> bool:
        """Whether `conditions` speak of `Cadence`, which has to be joined then."""
        return self.show is Show.QUIET

    def conditions(self, today: date) -> list[Condition]:
        """What a client has to fulfil."""
        equal = ((Client.owner_id, self.owner_id), (Client.tier, self.tier))
        conditions = search_conditions(Client.search_key, self.typed)
        conditions += [column == value for column, value in equal if value is not None]
        if self.town is not None:
            conditions.append(Client.town == self.town)
        if self.show:
            conditions.append(_SHOWN[self.show](today))
        return conditions

    @property
    def order_by(self) -> list[sa.ColumnElement[Any]]:
        """The order, which the indexes of `Client` have for each owner."""
        return [*_ORDERS[self.sort], Client.search_key.asc(), Client.id.asc()]


_ORDERS: dict[Order, list[sa.ColumnElement[Any]]] = {
    Order.NAME: [],
    Order.DUE: [Client.status.asc(), Client.next_due.asc().nulls_last()],  # active comes first
    Order.SPOKEN: [Client.spoken_at.asc().nulls_last()],
}


def is_due(today: date) -> Condition:
    """The day of the next conversation is today, or has passed."""
    return sa.and_(_is_active(), Client.next_due <= today)


def is_late(today: date) -> Condition:
    """The day of the next conversation has passed."""
    return sa.and_(_is_active(), Client.next_due < today)


def is_quiet(today: date) -> Condition:
    """The day of the next conversation has passed, and so has its grace (`on_schedule`).

    `Cadence` has to be joined: the current one of the client.
    """
    grace = sa.case((Cadence.stage.in_(STAGES_WITHOUT_GRACE), 0), else_=1)
    return sa.and_(is_late(today), days_between(Client.next_due, today) > grace)


def is_never_reached(_today: date) -> Condition:
    """Nobody of us has ever spoken with anybody there (R2)."""
    return sa.and_(_is_active(), Client.spoken_at.is_(None))


def has_open(_today: date) -> Condition:
    """A promise that is not kept, a request that is not done, or a recovery that is not closed."""
    return sa.and_(
        Client.status != ClientStatus.ENDED,
        sa.or_(
            sa.exists().where(Promise.client_id == Client.id, Promise.kept.is_(None)),
            sa.exists().where(Recovery.client_id == Client.id, Recovery.closed.is_(None)),
            sa.exists().where(
                ServiceRequest.client_id == Client.id, ServiceRequest.status != RequestStatus.DONE
            ),
        ),
    )


def _is_active() -> Condition:
    return Client.status == ClientStatus.ACTIVE


_SHOWN: dict[Show, Callable[[date], Condition]] = {
    Show.DUE: is_due,
    Show.LATE: is_late,
    Show.QUIET: is_quiet,
    Show.NEVER: is_never_reached,
    Show.OPEN: has_open,
}
