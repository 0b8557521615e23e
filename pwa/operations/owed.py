"""What is open at clients, and what was tried today: seven tables in one query."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from pwa.db import read
from pwa.models import (
    Away,
    Booking,
    Client,
    Interaction,
    Postponement,
    Promise,
    Recovery,
    ServiceRequest,
)
from pwa.models.base import UtcDateTime
from pwa.rules import facts
from pwa.rules.calendar import Away as Block
from pwa.rules.contact import Interaction as Try
from pwa.rules.words import (
    Direction,
    Kind,
    Outcome,
    Priority,
    RequestKind,
    RequestStatus,
    Severity,
)

_TYPES: tuple[Any, ...] = (
    sa.Integer(),
    UtcDateTime(),
    UtcDateTime(),
    sa.Date(),
    sa.Date(),
    sa.Text(),
    sa.String(20),
    sa.String(30),
    sa.Integer(),
)


@dataclass(slots=True)
class Owed:
    """The open things of one client, as the rules know them."""

    recoveries: list[facts.Recovery] = field(default_factory=list)
    bookings: list[facts.Booking] = field(default_factory=list)
    promises: list[facts.Promise] = field(default_factory=list)
    requests: list[facts.Request] = field(default_factory=list)
    away: list[Block] = field(default_factory=list)
    postponed: facts.Postponement | None = None
    tries: list[Any] = field(default_factory=list)

    def tries_with(self, contacts: dict[int, facts.Contact]) -> list[Try]:
        """What was tried today, each with the channel that its contact wants."""
        return [
            Try(
                row.contact_id,
                Kind(row.code),
                Direction(row.text),
                Outcome(row.more),
                row.at,
                contacts[row.contact_id].preference.channel,
            )
            for row in self.tries
            if row.contact_id in contacts
        ]


def owed(
    ids: list[int], at: datetime, since: datetime, today: date, *, past: bool
) -> dict[int, Owed]:
    """Everything open at `at` and every interaction from `since` to `at`, by client.

    `past` leaves out what came after: promises and requests have a day, so it goes by `today`, the
    day it is for the owner. Otherwise all that is written down counts, whose day ever it is from.
    """
    found: dict[int, Owed] = defaultdict(Owed)
    values = {"ids": ids, "at": at, "since": since, **({"day": today} if past else {})}
    for row in read(_everything(past), values):
        _put(found[row.client_id], row, at)
    return found


@cache
def _everything(past: bool) -> sa.Select[*tuple[Any, ...]]:
    arms = sa.union_all(*_arms(past)).subquery()
    return sa.select(arms).order_by(arms.c.at, arms.c.day)


def _arms(past: bool) -> Iterator[Any]:
    at: Any = sa.bindparam("at", type_=UtcDateTime())
    day: Any = sa.bindparam("day", type_=sa.Date())

    def still_open(ended: Any, moment_or_day: Any) -> sa.ColumnElement[bool]:
        return sa.or_(ended.is_(None), ended > moment_or_day) if past else ended.is_(None)

    def begun(on: Any) -> sa.ColumnElement[bool]:
        return on <= day if past else sa.true()

    yield _arm(
        "recovery",
        Recovery,
        (Recovery.contact_id, Recovery.opened, Recovery.live, None, None, Recovery.cause)
        + (Recovery.severity, _flags(), Recovery.id),
    ).where(Recovery.opened <= at, still_open(Recovery.closed, at))
    yield _arm(
        "booking",
        Booking,
        (Booking.contact_id, Booking.at, None, None, None, None, Booking.kind, None),
    ).where(still_open(Booking.settled_at, at), still_open(Booking.cancelled_at, at))
    yield _arm(
        "promise",
        Promise,
        (Promise.contact_id, None, None, Promise.falls_due, None, Promise.words, None, None),
    ).where(begun(Promise.made), still_open(Promise.kept, day))
    yield _arm(
        "request",
        ServiceRequest,
        (ServiceRequest.contact_id, None, None, ServiceRequest.due, None, ServiceRequest.title)
        + (ServiceRequest.kind, ServiceRequest.priority),
    ).where(begun(ServiceRequest.opened), _open_request(day, past))
    yield _arm("away", Away, (None, None, None, Away.first_day, Away.last_day, None, None, None))
    yield _arm(
        "postponed",
        Postponement,
        (None, Postponement.at, Postponement.until, None, None, Postponement.reason, None, None),
    ).where(Postponement.at <= at, Postponement.until > at)
    since: Any = sa.bindparam("since", type_=UtcDateTime())
    yield _arm(
        "try",
        Interaction,
        (Interaction.contact_id, Interaction.at, None, None, None, Interaction.direction)
        + (Interaction.kind, Interaction.outcome),
    ).where(Interaction.at >= since, Interaction.at <= at, Interaction.superseded_at.is_(None))


def _flags() -> sa.ColumnElement[str]:
    """What holds of a recovery, as words in one column."""
    ready = sa.or_(Recovery.make_good.is_not(None), Recovery.know_by.is_not(None))
    said = (
        (Recovery.call_anyway, "anyway "),
        (ready, "prepared "),
        (Recovery.again_of_id.is_not(None), "again "),
    )
    words = [sa.case((holds, word), else_="") for holds, word in said]
    return words[0] + words[1] + words[2]


@cache
def _these() -> sa.Select[int]:
    """The clients in question, as one CTE: a list of numbers is spelt out anew at every run."""
    ids: Any = sa.bindparam("ids", expanding=True)
    these = sa.select(Client.id).where(Client.id.in_(ids)).cte("these")
    return sa.select(these.c.id)


def _arm(what: str, model: Any, columns: tuple[Any, ...]) -> sa.Select[*tuple[Any, ...]]:
    names = ("contact_id", "at", "until", "day", "last_day", "text", "code", "more", "number")
    filled = columns + (None,) * (len(names) - len(columns))
    typed: list[Any] = [
        (sa.cast(sa.null(), kind) if column is None else sa.type_coerce(column, kind)).label(name)
        for column, kind, name in zip(filled, _TYPES, names, strict=True)
    ]
    kind = sa.literal_column(f"'{what}'", sa.String()).label("what")
    return sa.select(kind, model.client_id, *typed).where(model.client_id.in_(_these()))


def _open_request(day: Any, past: bool) -> sa.ColumnElement[bool]:
    is_open = ServiceRequest.status != RequestStatus.DONE
    return sa.or_(is_open, ServiceRequest.closed_on > day) if past else is_open


def _put(into: Owed, row: Any, at: datetime) -> None:
    if row.what == "try":
        into.tries.append(row)
    elif row.what == "recovery":
        live = row.until if row.until and row.until <= at else None
        severity = Severity(row.code) if row.code else None
        into.recoveries.append(
            facts.Recovery(
                row.contact_id,
                row.text,
                row.at,
                severity,
                live,
                "anyway" in row.more,
                row.number,
                "prepared" in row.more,
                "again" in row.more,
            )
        )
    elif row.what == "booking":
        into.bookings.append(facts.Booking(row.contact_id, Kind(row.code), row.at))
    elif row.what == "promise":
        into.promises.append(facts.Promise(row.contact_id, row.text, row.day))
    elif row.what == "request":
        kind, priority = RequestKind(row.code), Priority(row.more)
        into.requests.append(facts.Request(kind, row.text, priority, row.day, row.contact_id))
    elif row.what == "away":
        into.away.append(Block(row.day, row.last_day))
    else:
        into.postponed = facts.Postponement(row.until, row.text)
