"""The rows of `brief.query`, part by part."""

from datetime import date, datetime
from typing import NamedTuple

from pwa.models.cadence import Answer
from pwa.rules.vocabulary.enums import (
    Compliance,
    Direction,
    Kind,
    Mood,
    NeedKind,
    Priority,
    RequestKind,
    Stage,
)


class ConversationRow(NamedTuple):
    """A conversation or a message. `compliance` is None where the rules chose the channel."""

    id: int
    contact_id: int | None
    user_id: int
    kind: Kind
    direction: Direction
    at: datetime
    note: str | None
    minutes: int | None
    mood: Mood | None
    reached: bool
    compliance: Compliance | None


class CoveredRow(NamedTuple):
    interaction_id: int
    request_id: int


class HeardRow(NamedTuple):
    """The last contact that counts with a contact (R2)."""

    contact_id: int
    at: datetime


class PromiseRow(NamedTuple):
    """`kept` is None where it was kept only later."""

    id: int
    ref: str
    contact_id: int | None
    words: str
    due: date
    kept: date | None


class MoveRow(NamedTuple):
    id: int
    promise_id: int
    to: date
    told: date | None
    moved_on: date | None


class RequestRow(NamedTuple):
    id: int
    ref: str
    contact_id: int | None
    kind: RequestKind
    title: str
    priority: Priority
    opened: date
    due: date | None


class RecoveryRow(NamedTuple):
    """`live` is None where it was talked about only later."""

    id: int
    contact_id: int | None
    again_of_id: int | None
    cause: str
    opened: datetime
    live: datetime | None
    know_by: datetime | None
    make_good: str | None
    is_closed: bool


class AgreementRow(NamedTuple):
    id: int
    on: date
    stage: Stage
    answer: Answer


class SettingRow(NamedTuple):
    name: str
    value: int


class CadenceRow(NamedTuple):
    id: int
    stage: Stage
    since: date
    ended_at: datetime | None


class IntensificationRow(NamedTuple):
    id: int
    stage: Stage
    until: date | None
    reason: str
    created_at: datetime


class NeedRow(NamedTuple):
    id: int
    contact_id: int
    kind: NeedKind
    words: str
    said_on: date


class HandoverRow(NamedTuple):
    """A handover to the present owner."""

    id: int
    at: datetime
    to_id: int
    from_name: str


class ContactRow(NamedTuple):
    id: int
    ref: str
    name: str
    position: int


class BriefRows(NamedTuple):
    """Everything that a brief looks back on at one client, each part oldest first."""

    conversations: list[ConversationRow]
    covered: list[CoveredRow]
    heard: list[HeardRow]
    also_heard: list[HeardRow]
    promises: list[PromiseRow]
    moves: list[MoveRow]
    requests: list[RequestRow]
    recoveries: list[RecoveryRow]
    agreements: list[AgreementRow]
    settings: list[SettingRow]
    cadences: list[CadenceRow]
    intensifications: list[IntensificationRow]
    needs: list[NeedRow]
    handovers: list[HandoverRow]
    contacts: list[ContactRow]
