"""Loads the history that the cadence of one client is judged by (R9, R11)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.combined_read import CombinedRead
from pwa.db import read
from pwa.models import Agreement, Interaction, Number, ServiceRequest, covered
from pwa.models.base import UtcDateTime
from pwa.models.cadence import Answer
from pwa.operations.client_state.loader import LoadedClient
from pwa.operations.common.rule_settings import with_defaults
from pwa.rules.commitments.request_coverage import CoveredDay, last_conversation, uncovered
from pwa.rules.contact.contact_events import is_live
from pwa.rules.scheduling.durations import row_minutes
from pwa.rules.scheduling.taper import OpenRequest, Reply
from pwa.rules.vocabulary.enums import Kind, Priority, RequestStatus, RowKind, Stage
from pwa.rules.vocabulary.settings import RuleSettings
from pwa.rules.vocabulary.timezones import local_day

_LATEST = 120
_RANK = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}
_KINDS = {Kind.CALL: RowKind.CALL, Kind.VIDEO: RowKind.VIDEO, Kind.VISIT: RowKind.VISIT}


@dataclass(frozen=True, slots=True)
class CadenceHistory:
    """Days with contact that counts, oldest first; open requests, by priority; replies to offers
    of another cadence; the rule settings.
    """

    talks: tuple[CoveredDay, ...]
    requests: tuple[OpenRequest, ...]
    replies: tuple[Reply, ...]
    numbers: RuleSettings

    @property
    def uncovered(self) -> tuple[OpenRequest, ...]:
        """The requests that the last conversation did not cover (R11)."""
        return uncovered(self.requests, last_conversation(self.talks))


def cadence_history_of(known: LoadedClient, at: datetime) -> CadenceHistory:
    """The cadence history of a client as it stood at `at`, in two queries."""
    zone = known.manager.zone
    values = {"client": known.client.id, "at": at}
    talks = _talks(read(_conversations(), values).all(), zone, known)
    rows = _agreements().read({"client": known.client.id, "day": local_day(at, zone)})
    by_priority = sorted(rows.requests, key=lambda r: (_RANK[r.priority], r.opened, r.id))
    return CadenceHistory(
        talks,
        tuple(OpenRequest(r.id, r.opened, r.priority, r.title) for r in by_priority),
        tuple(Reply(a.on, a.stage, a.answer is Answer.NOT_YET) for a in rows.answers),
        with_defaults({setting.name: setting.value for setting in rows.settings}),
    )


def _talks(rows: Any, zone: ZoneInfo, known: LoadedClient) -> tuple[CoveredDay, ...]:
    """One for each day; a row comes once for each request that was covered in it."""
    days: dict[date, list[Any]] = defaultdict(list)
    for row in rows:
        days[local_day(row.at, zone)].append(row)
    return tuple(_talk(day, same, known) for day, same in sorted(days.items()))


def _talk(day: date, rows: list[Any], known: LoadedClient) -> CoveredDay:
    minutes = {row.id: _minutes(row, known) for row in rows}
    return CoveredDay(
        day,
        frozenset(row.request_id for row in rows if row.request_id),
        sum(minutes.values()),
        any(is_live(row.kind, row.outcome) for row in rows),
    )


def _minutes(row: Any, known: LoadedClient) -> int:
    """How long it took; a conversation whose length nobody said took as long as usual."""
    if row.minutes is not None or not is_live(row.kind, row.outcome):
        return row.minutes or 0
    kind = _KINDS[row.kind]
    return row_minutes(kind, known.client.minutes.get(kind, ()))


@cache
def _conversations() -> sa.Select[*tuple[Any, ...]]:
    wanted = (Interaction.id, Interaction.at, Interaction.kind, Interaction.outcome)
    latest = (
        sa.select(*wanted, Interaction.minutes)
        .where(Interaction.client_id == sa.bindparam("client"))
        .where(Interaction.reached, Interaction.superseded_at.is_(None))
        .where(Interaction.at <= sa.bindparam("at", type_=UtcDateTime()))
        .order_by(Interaction.at.desc())
        .limit(_LATEST)
        .subquery()
    )
    joined = latest.outerjoin(covered, covered.c.interaction_id == latest.c.id)
    return sa.select(latest, covered.c.request_id).select_from(joined)


class _Request(NamedTuple):
    id: int
    opened: date
    priority: Priority
    title: str


class _Answer(NamedTuple):
    id: int
    on: date
    answer: Answer
    stage: Stage


class _Setting(NamedTuple):
    name: str
    value: int


class _AgreementRows(NamedTuple):
    requests: list[_Request]
    answers: list[_Answer]
    settings: list[_Setting]


@cache
def _agreements() -> CombinedRead[_AgreementRows]:
    client: Any = sa.bindparam("client")
    day: Any = sa.bindparam("day", type_=sa.Date())
    is_open = sa.or_(ServiceRequest.status != RequestStatus.DONE, ServiceRequest.closed_on > day)
    return CombinedRead(
        _AgreementRows,
        requests=sa.select(
            ServiceRequest.id, ServiceRequest.opened, ServiceRequest.priority, ServiceRequest.title
        ).where(ServiceRequest.client_id == client, ServiceRequest.opened <= day, is_open),
        answers=sa.select(Agreement.id, Agreement.on, Agreement.answer, Agreement.stage).where(
            Agreement.client_id == client, Agreement.on <= day
        ),
        settings=sa.select(Number.name, Number.value),
    )
