"""How the conversations with one client went: what the rules of its rhythm look back on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

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
    """The days of contact that counts, oldest first, what is open, what weighs most first, what
    was said to other cadences, and the numbers that hold."""

    talks: tuple[CoveredDay, ...]
    requests: tuple[OpenRequest, ...]
    replies: tuple[Reply, ...]
    numbers: RuleSettings

    @property
    def uncovered(self) -> tuple[OpenRequest, ...]:
        """What was not gone through in the last conversation (R11)."""
        return uncovered(self.requests, last_conversation(self.talks))


def cadence_history_of(known: LoadedClient, at: datetime) -> CadenceHistory:
    """The course of a client as it stood at `at`, in two queries."""
    zone = known.desk.zone
    values = {"client": known.client.id, "at": at}
    talks = _talks(read(_conversations(), values).all(), zone, known)
    requests, replies, changed = [], [], {}
    for row in read(_others(), {"client": known.client.id, "day": local_day(at, zone)}):
        if row.what == "request":
            requests.append(OpenRequest(row.id, row.day, Priority(row.code), row.text))
        elif row.what == "answer":
            replies.append(
                Reply(row.day, Stage[row.text.upper()], row.code == Answer.NOT_YET.value)
            )
        else:
            changed[row.text] = row.id
    requests.sort(key=lambda row: (_RANK[row.priority or Priority.LOW], row.opened, row.id))
    return CadenceHistory(talks, tuple(requests), tuple(replies), with_defaults(changed))


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


@cache
def _others() -> sa.Select[*tuple[Any, ...]]:
    client: Any = sa.bindparam("client")
    day: Any = sa.bindparam("day", type_=sa.Date())
    is_open = sa.or_(
        ServiceRequest.status != RequestStatus.DONE,
        ServiceRequest.closed_on > day,
    )
    asked = _arm(
        "request",
        ServiceRequest.id,
        ServiceRequest.opened,
        ServiceRequest.priority,
        ServiceRequest.title,
    ).where(ServiceRequest.client_id == client, ServiceRequest.opened <= day, is_open)
    answers = _arm("answer", Agreement.id, Agreement.on, Agreement.answer, Agreement.stage).where(
        Agreement.client_id == client, Agreement.on <= day
    )
    number = _arm(
        "number",
        Number.value,
        sa.cast(sa.null(), sa.Date()),
        sa.cast(sa.null(), sa.String()),
        Number.name,
    )
    return sa.select(sa.union_all(asked, answers, number).subquery())


def _arm(what: str, id_: Any, day: Any, code: Any, text: Any) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        sa.literal_column(f"'{what}'", sa.String()).label("what"),
        sa.type_coerce(id_, sa.Integer()).label("id"),
        sa.type_coerce(day, sa.Date()).label("day"),
        sa.type_coerce(code, sa.String()).label("code"),
        sa.type_coerce(text, sa.String()).label("text"),
    )
