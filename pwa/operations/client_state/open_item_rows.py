"""The rows of `open_item_query`, part by part."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from pwa.rules.vocabulary.enums import (
    Direction,
    Kind,
    Outcome,
    Priority,
    RequestKind,
    Severity,
)


class RecoveryRow(NamedTuple):
    client_id: int
    id: int
    contact_id: int | None
    cause: str
    severity: Severity | None
    opened: datetime
    live: datetime | None
    call_anyway: bool
    prepared: bool
    again: bool
    checks: list[Mapping[str, Any]] | None


class BookingRow(NamedTuple):
    client_id: int
    id: int
    contact_id: int
    kind: Kind
    at: datetime


class PromiseRow(NamedTuple):
    client_id: int
    id: int
    contact_id: int | None
    words: str
    due: date


class MoveRow(NamedTuple):
    promise_id: int
    id: int
    to: date
    told: date | None


class RequestRow(NamedTuple):
    client_id: int
    id: int
    contact_id: int | None
    kind: RequestKind
    title: str
    priority: Priority
    due: date | None


class AwayRow(NamedTuple):
    client_id: int
    first_day: date
    last_day: date


class PostponementRow(NamedTuple):
    client_id: int
    at: datetime
    until: datetime
    reason: str


class AttemptRow(NamedTuple):
    client_id: int
    contact_id: int | None
    kind: Kind
    direction: Direction
    outcome: Outcome
    at: datetime


class OpenItemRows(NamedTuple):
    """`attempts_today` are all interactions of the day, `also_today` those of further contacts who
    took part, `earlier_attempts` vain ones before it."""

    recoveries: list[RecoveryRow]
    bookings: list[BookingRow]
    promises: list[PromiseRow]
    moves: list[MoveRow]
    requests: list[RequestRow]
    away: list[AwayRow]
    postponements: list[PostponementRow]
    attempts_today: list[AttemptRow]
    also_today: list[AttemptRow]
    earlier_attempts: list[AttemptRow]
