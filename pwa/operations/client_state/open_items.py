"""Loads each client's open items (recoveries, bookings, promises, requests) and call attempts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from pwa.operations.client_state.open_item_query import open_item_query
from pwa.operations.client_state.open_item_rows import (
    AttemptRow,
    MoveRow,
    OpenItemRows,
    PromiseRow,
    RecoveryRow,
    RequestRow,
)
from pwa.operations.client_state.recovery_checks import read_checks
from pwa.rules.commitments.promises import Move, working_due_date
from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.day_list import client_state
from pwa.rules.vocabulary.calendar import Away as Absence

LONG_AGO = timedelta(days=60)  # tries further back are forgotten


@dataclass(slots=True)
class OpenItems:
    """The open items of one client, as the rules know them."""

    recoveries: list[client_state.Recovery] = field(default_factory=list)
    bookings: list[client_state.Booking] = field(default_factory=list)
    promises: list[client_state.Promise] = field(default_factory=list)
    requests: list[client_state.Request] = field(default_factory=list)
    away: list[Absence] = field(default_factory=list)
    postponed: client_state.Postponement | None = None
    put_off: list[datetime] = field(default_factory=list)
    attempts: list[AttemptRow] = field(default_factory=list)

    def tries_with(self, contacts: dict[int, client_state.ContactState]) -> list[ContactEvent]:
        """The attempts with these contacts, each with the channel that its contact wants."""
        return [
            ContactEvent(
                row.contact_id,
                row.kind,
                row.direction,
                row.outcome,
                row.at,
                contacts[row.contact_id].preference.channel,
            )
            for row in self.attempts
            if row.contact_id in contacts
        ]


def open_items(
    ids: list[int], at: datetime, since: datetime, today: date, *, past: bool
) -> dict[int, OpenItems]:
    """By client, everything open at `at` and every interaction from `since` to `at`; of those
    before the vain ones since their contact was last reached.

    `past` leaves out what came after: promises and requests have a day, so it goes by `today`, the
    day it is for the owner. Otherwise all that is written down counts, whose day ever it is from.
    """
    values: dict[str, Any] = {"ids": ids, "at": at, "since": since, "long_ago": since - LONG_AGO}
    if past:
        values["day"] = today
    rows = open_item_query(past).read(values)
    items: dict[int, OpenItems] = defaultdict(OpenItems)
    for recovery in sorted(rows.recoveries, key=attrgetter("opened", "id")):
        items[recovery.client_id].recoveries.append(_recovery(recovery))
    for request in sorted(rows.requests, key=lambda row: (row.due or date.min, row.id)):
        items[request.client_id].requests.append(_request(request))
    for client_id, promise in _promises(rows.promises, rows.moves, today if past else date.max):
        items[client_id].promises.append(promise)
    _add_moments(rows, items, at)
    return items


def _add_moments(rows: OpenItemRows, items: dict[int, OpenItems], at: datetime) -> None:
    """Add what has a moment or days of its own: bookings, absences, postponements, attempts."""
    for booking in sorted(rows.bookings, key=attrgetter("at")):
        items[booking.client_id].bookings.append(
            client_state.Booking(booking.contact_id, booking.kind, booking.at, booking.id)
        )
    for away in sorted(rows.away, key=attrgetter("first_day")):
        items[away.client_id].away.append(Absence(away.first_day, away.last_day))
    for postponement in sorted(rows.postponements, key=attrgetter("at")):
        item = items[postponement.client_id]
        item.put_off.append(postponement.at)
        if postponement.until > at:
            item.postponed = client_state.Postponement(
                postponement.until, postponement.reason, postponement.at
            )
    attempts = (*rows.attempts_today, *rows.also_today, *rows.earlier_attempts)
    for attempt in sorted(attempts, key=attrgetter("at")):
        items[attempt.client_id].attempts.append(attempt)


def _recovery(row: RecoveryRow) -> client_state.Recovery:
    return client_state.Recovery(
        row.contact_id,
        row.cause,
        row.opened,
        row.severity,
        row.live,
        row.call_anyway,
        row.id,
        row.prepared,
        row.again,
        read_checks(row.checks),
    )


def _request(row: RequestRow) -> client_state.Request:
    return client_state.Request(row.kind, row.title, row.priority, row.due, row.contact_id, row.id)


def _promises(
    promise_rows: Sequence[PromiseRow], move_rows: Sequence[MoveRow], today: date
) -> Iterator[tuple[int, client_state.Promise]]:
    """Each promise with its client, for the day we work to, in the order of these days (R17)."""
    moves: dict[int, list[Move]] = defaultdict(list)
    for move in sorted(move_rows, key=attrgetter("id")):
        moves[move.promise_id].append(Move(move.to, move.told))
    due_days = {row.id: working_due_date(row.due, moves[row.id], today) for row in promise_rows}
    for row in sorted(promise_rows, key=lambda row: (due_days[row.id], row.id)):
        yield row.client_id, client_state.Promise(row.contact_id, row.words, due_days[row.id])
