"""What is open at clients, and what was tried today: seven tables in one query."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pwa.db import read
from pwa.models import (
    Away,
    Booking,
    Client,
    Interaction,
    Postponement,
    Promise,
    PromiseMove,
    Recovery,
    ServiceRequest,
)
from pwa.models.base import UtcDateTime
from pwa.operations.client_state.recovery_checks import read_checks
from pwa.rules.commitments.promises import Move, working_due_date
from pwa.rules.contact.contact_events import UNREACHED, ContactEvent
from pwa.rules.day_list import client_state
from pwa.rules.vocabulary.calendar import Away as Block
from pwa.rules.vocabulary.enums import (
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
    sa.Text(),
)
LONG_AGO = timedelta(days=60)  # tries further back are forgotten


@dataclass(slots=True)
class OpenItems:
    """The open things of one client, as the rules know them."""

    recoveries: list[client_state.Recovery] = field(default_factory=list)
    bookings: list[client_state.Booking] = field(default_factory=list)
    promises: list[client_state.Promise] = field(default_factory=list)
    requests: list[client_state.Request] = field(default_factory=list)
    away: list[Block] = field(default_factory=list)
    postponed: client_state.Postponement | None = None
    put_off: list[datetime] = field(default_factory=list)
    tries: list[Any] = field(default_factory=list)

    def tries_with(self, contacts: dict[int, client_state.ContactState]) -> list[ContactEvent]:
        """What was tried, each with the channel that its contact wants."""
        return [
            ContactEvent(
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


def open_items(
    ids: list[int], at: datetime, since: datetime, today: date, *, past: bool
) -> dict[int, OpenItems]:
    """Everything open at `at` and every interaction from `since` to `at`, by client; of those
    before the vain ones since their contact was last reached.

    `past` leaves out what came after: promises and requests have a day, so it goes by `today`, the
    day it is for the owner. Otherwise all that is written down counts, whose day ever it is from.
    """
    found: dict[int, OpenItems] = defaultdict(OpenItems)
    long_ago = since - LONG_AGO
    values = {"ids": ids, "at": at, "since": since, "long_ago": long_ago}
    if past:
        values["day"] = today
    moves: list[Any] = []
    given: list[Any] = []
    for row in read(_everything(past), values).all():
        if row.what == "move":
            moves.append(row)
        elif row.what == "promise":
            given.append(row)
        else:
            _put(found[row.client_id], row, at)
    for row, promise in _promises(given, moves, today if past else date.max):
        found[row.client_id].promises.append(promise)
    return found


def _promises(
    given: Sequence[Any], moves: Sequence[Any], today: date
) -> Iterator[tuple[Any, client_state.Promise]]:
    """Each promise with its row, for the day we work to, in the order of these days."""
    of: dict[int, list[Move]] = defaultdict(list)
    for row in sorted(moves, key=lambda row: int(row.text)):
        of[row.number].append(Move(row.day, row.last_day))
    found = [
        (
            row,
            client_state.Promise(
                row.contact_id, row.text, working_due_date(row.day, of[row.number], today)
            ),
        )
        for row in given
    ]
    yield from sorted(found, key=lambda pair: (pair[1].due, pair[0].number))


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
        + (Recovery.severity, _flags(), Recovery.id, sa.cast(Recovery.checks, sa.Text())),
    ).where(Recovery.opened <= at, still_open(Recovery.closed, at))
    yield _arm(
        "booking",
        Booking,
        (Booking.contact_id, Booking.at, None, None, None, None, Booking.kind, None),
    ).where(still_open(Booking.settled_at, at), still_open(Booking.cancelled_at, at))
    yield _arm(
        "promise",
        Promise,
        (Promise.contact_id, None, None, Promise.due, None, Promise.words, None, None, Promise.id),
    ).where(begun(Promise.made), still_open(Promise.kept, day))
    moved = _arm(
        "move",
        Promise,
        (None, None, None, PromiseMove.to, PromiseMove.told, sa.cast(PromiseMove.id, sa.Text()))
        + (None, None, Promise.id),
    ).join(PromiseMove, PromiseMove.promise_id == Promise.id)
    by_then = sa.or_(PromiseMove.moved_on.is_(None), begun(PromiseMove.moved_on))
    yield moved.where(still_open(Promise.kept, day), by_then)
    yield _arm(
        "request",
        ServiceRequest,
        (ServiceRequest.contact_id, None, None, ServiceRequest.due, None, ServiceRequest.title)
        + (ServiceRequest.kind, ServiceRequest.priority, ServiceRequest.id),
    ).where(begun(ServiceRequest.opened), _open_request(day, past))
    yield _arm("away", Away, (None, None, None, Away.first_day, Away.last_day, None, None, None))
    yield _arm(
        "postponed",
        Postponement,
        (None, Postponement.at, Postponement.until, None, None, Postponement.reason, None, None),
    ).where(Postponement.at <= at, sa.or_(Postponement.until > at, ~_reached_after(Postponement)))
    since: Any = sa.bindparam("since", type_=UtcDateTime())
    tried = _arm(
        "try",
        Interaction,
        (Interaction.contact_id, Interaction.at, None, None, None, Interaction.direction)
        + (Interaction.kind, Interaction.outcome),
    ).where(Interaction.superseded_at.is_(None))
    yield tried.where(Interaction.at >= since, Interaction.at <= at)
    yield tried.where(
        Interaction.at < since,
        Interaction.at >= sa.bindparam("long_ago", type_=UtcDateTime()),
        Interaction.outcome.in_(UNREACHED),
        ~_reached_after(Interaction, Interaction.contact_id),
    )


def _reached_after(what: Any, contact: Any = None) -> sa.ColumnElement[bool]:
    """Whether contact that counts came after it, with anybody there or with that very contact."""
    later = aliased(Interaction)
    found = sa.select(later.id).where(
        later.client_id == what.client_id,
        later.at > what.at,
        later.at <= sa.bindparam("at", type_=UtcDateTime()),
        later.reached,
        later.superseded_at.is_(None),
    )
    return sa.exists(found if contact is None else found.where(later.contact_id == contact))


def _went_wrong_before() -> sa.ColumnElement[bool]:
    """Whether the same cause is written down earlier, as a loaded book may have it (R16)."""
    before = aliased(Recovery)
    return sa.exists(
        sa.select(before.id).where(
            before.client_id == Recovery.client_id,
            before.opened < Recovery.opened,
            sa.func.lower(before.cause) == sa.func.lower(Recovery.cause),
        )
    )


def _flags() -> sa.ColumnElement[str]:
    """What holds of a recovery, as words in one column."""
    ready = sa.or_(Recovery.make_good.is_not(None), Recovery.know_by.is_not(None))
    said = (
        (Recovery.call_anyway, "anyway "),
        (ready, "prepared "),
        (sa.or_(Recovery.again_of_id.is_not(None), _went_wrong_before()), "again "),
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
    names = "contact_id at until day last_day text code more number checks".split()
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


def _put(into: OpenItems, row: Any, at: datetime) -> None:
    if row.what == "try":
        into.tries.append(row)
    elif row.what == "recovery":
        live = row.until if row.until and row.until <= at else None
        severity = Severity(row.code) if row.code else None
        into.recoveries.append(
            client_state.Recovery(
                row.contact_id,
                row.text,
                row.at,
                severity,
                live,
                "anyway" in row.more,
                row.number,
                "prepared" in row.more,
                "again" in row.more,
                read_checks(json.loads(row.checks) if row.checks else None),
            )
        )
    elif row.what == "booking":
        into.bookings.append(client_state.Booking(row.contact_id, Kind(row.code), row.at))
    elif row.what == "request":
        kind, priority = RequestKind(row.code), Priority(row.more)
        into.requests.append(
            client_state.Request(kind, row.text, priority, row.day, row.contact_id, row.number)
        )
    elif row.what == "away":
        into.away.append(Block(row.day, row.last_day))
    else:
        into.put_off.append(row.at)
        if row.until > at:
            into.postponed = client_state.Postponement(row.until, row.text)
