"""Writes down what the day's list looks for, whenever something that moves it was written."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Client, Interaction, Promise
from pwa.operations.client_state.call_durations import past_minutes
from pwa.operations.client_state.loader import LoadedClient, load_these
from pwa.rules.contact.recaps import RECAP_LAPSES_AFTER, owed_recaps
from pwa.rules.day_list import client_state
from pwa.rules.day_list.off_cadence_reasons import listed_from, off_cadence_reasons
from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.reasons import cadence_reason
from pwa.rules.vocabulary.enums import ReasonCode, RequestKind
from pwa.rules.vocabulary.timezones import local_day

BATCH = 500
UTC = ZoneInfo("UTC")
_COLUMNS = (
    "next_due",
    "need_per_day",
    "owed_on",
    "promised_on",
    "later_on",
    "raised_on",
    "unasked",
    "usual_minutes",
)


def refresh_due_dates(client_ids: Iterable[int], now: datetime) -> None:
    """Store anew when each client is due, owed something or unasked. Call it last in a unit."""
    table = Client.__table__
    change = (
        sa.update(table)  # type: ignore[arg-type]  # typed as any FROM
        .where(table.c.id == sa.bindparam("client"))
        .values({name: sa.bindparam(f"new_{name}") for name in _COLUMNS})
        .values(spoken_at=_last_conversation(table.c.id))
    )
    session.flush()
    for batch in _batches(client_ids):
        _lock(batch)
        lengths = past_minutes(batch, now)
        values = [
            {"client": known.client.id, **_values(known, now, lengths.get(known.client.id, {}))}
            for known in load_these(batch, now, ahead=True)
        ]
        if values:
            session.execute(change, values)


def refresh_lapsed(now: datetime) -> int:
    """Store anew the days of clients whose owed recap has lapsed since; returns how many (R6).

    Their rows are gone by time alone; this only keeps them from being looked at every day.
    """
    gone = local_day(now, UTC) - timedelta(days=RECAP_LAPSES_AFTER + 1)  # wherever their manager is
    promised = sa.exists(
        sa.select(Promise.id).where(
            Promise.client_id == Client.id,
            Promise.kept.is_(None),
            sa.or_(Promise.due <= Client.promised_on, Promise.falls_due <= Client.promised_on),
        )
    )
    lapsed = sa.select(Client.id).where(Client.promised_on < gone, ~promised).limit(BATCH)
    with writing():
        ids = list(session.scalars(lapsed))
        refresh_due_dates(ids, now)
    return len(ids)


def _last_conversation(client_id: Any) -> Any:
    """When anybody at the client was last spoken to, whoever of us it was (R2)."""
    return (
        sa.select(sa.func.max(Interaction.at))
        .where(Interaction.client_id == client_id, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
        .scalar_subquery()
    )


def _lock(ids: list[int]) -> None:
    """Two writers at one client settle one after the other, so that the second sees the first."""
    rows = sa.select(Client.id).where(Client.id.in_(ids)).order_by(Client.id)
    session.execute(rows.with_for_update())


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _values(known: LoadedClient, now: datetime, lengths: dict[str, list[int]]) -> dict[str, Any]:
    client, manager = known.client, known.manager
    today = local_day(now, manager.zone)
    turn = cadence_reason(client, manager, today)
    stage = turn.stage or client.cadence.stage
    unasked = turn.contact is not None and turn.contact.preference.channel is None
    return {
        "new_next_due": turn.due,
        "new_need_per_day": client.tier.weight / stage.days,
        "new_owed_on": min(_owed_days(known, turn, today), default=None),
        "new_promised_on": min(_promised_days(known, today), default=None),
        "new_later_on": min(_later_days(client, today), default=None),
        "new_raised_on": min(
            filter(None, map(listed_from, off_cadence_reasons(client, manager, today))),
            default=None,
        ),
        "new_unasked": unasked,
        "new_usual_minutes": lengths,
    }


def _owed_days(known: LoadedClient, turn: Reason, today: date) -> Iterator[date]:
    """A missed booking leads no list, so its day is none."""
    client, zone = known.client, known.manager.zone
    untalked = (recovery for recovery in client.recoveries if recovery.live is None)
    yield from (local_day(recovery.opened, zone) for recovery in untalked)
    booked = (local_day(booking.at, zone) for booking in client.bookings)
    yield from (day for day in booked if day >= today)
    if turn.reason is ReasonCode.FIRST and client.new_since:
        yield client.new_since


def _promised_days(known: LoadedClient, today: date) -> Iterator[date]:
    yield from (promise.due for promise in known.client.promises)
    yield from (recap.due for recap in owed_recaps(known.client.lately, today, known.manager.zone))


def _later_days(client: client_state.ClientState, today: date) -> Iterator[date]:
    later = (r for r in client.requests if r.kind is not RequestKind.REQUEST)
    return (request.due or today for request in later)
