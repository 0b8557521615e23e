"""First due days of imported clients, spread over a period of their stage by capacity (R12).

An import creates active clients without a due day; they get it here. If an import was cut off
before that, the next import spreads its clients too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import session, writing
from pwa.models import Cadence, Client, User
from pwa.operations.client_state.due_dates import BATCH, refresh_due_dates
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.scheduling.spread import Newcomer, first_due_days
from pwa.rules.vocabulary.enums import ClientStatus, RowKind, Stage, Tier
from pwa.rules.vocabulary.timezones import local_day

First = tuple[int, date]


def spread_first_due_dates(
    owners: Mapping[int, User], now: datetime, report: Callable[[float], None]
) -> None:
    """Write the first due day of every active client without one; `report` gets the share done."""
    first: list[First] = []
    for owner_id, new in _clients_without_due_date(owners):
        first += _first_days(owners[owner_id], new, now)
    days = iter(first)
    done = 0
    while batch := list(islice(days, BATCH)):
        done += len(batch)
        with writing():
            _store_first_days(batch, now)
            report(done / len(first))


def _clients_without_due_date(
    owners: Mapping[int, User],
) -> Iterator[tuple[int, list[tuple[int, Newcomer]]]]:
    query = (
        sa.select(Client.id, Client.owner_id, Client.tier, Cadence.stage)
        .outerjoin(Cadence, (Cadence.client_id == Client.id) & Cadence.ended_at.is_(None))
        .where(Client.owner_id.in_(owners), Client.status == ClientStatus.ACTIVE)
        .where(Client.next_due.is_(None))
        .order_by(Client.id)
    )
    waiting: dict[int, list[tuple[int, Newcomer]]] = defaultdict(list)
    for row in session.execute(query):
        newcomer = Newcomer(row.tier or Tier.C, row.stage or Stage.MONTHLY)
        waiting[row.owner_id].append((row.id, newcomer))
    yield from waiting.items()


def _first_days(owner: User, new: Sequence[tuple[int, Newcomer]], now: datetime) -> Iterator[First]:
    start = local_day(now, owner.zone)
    calendar = for_country(owner.home_country)
    planned = _planned_minutes(owner, start)
    days = first_due_days(
        [newcomer for _, newcomer in new], start, calendar, owner.capacity_minutes, planned
    )
    return zip((client_id for client_id, _ in new), days, strict=True)


def _planned_minutes(owner: User, start: date) -> dict[date, int]:
    """Minutes of calls due on each day; overdue calls count on `start`."""
    query = (
        sa.select(Client.next_due, sa.func.count())
        .where(Client.owner_id == owner.id, Client.status == ClientStatus.ACTIVE)
        .where(Client.next_due.is_not(None))
        .group_by(Client.next_due)
    )
    planned: dict[date, int] = defaultdict(int)
    for day, count in session.execute(query):
        planned[max(day or start, start)] += count * USUAL[RowKind.CALL]
    return planned


def _store_first_days(batch: list[First], now: datetime) -> None:
    """Write these days, except for clients that another import has spread meanwhile."""
    ids = [client_id for client_id, _ in batch]
    query = sa.select(Client.id).where(Client.id.in_(ids), Client.next_due.is_(None))
    mine = set(session.scalars(query.with_for_update()))
    table = Cadence.__table__
    change = (
        sa.update(table)  # type: ignore[arg-type]  # typed as any FROM
        .where(table.c.client_id == sa.bindparam("client"), table.c.ended_at.is_(None))
        .values(since=sa.bindparam("day"))
    )
    values = [{"client": client_id, "day": day} for client_id, day in batch if client_id in mine]
    if values:
        session.execute(change, values)
        refresh_due_dates(mine, now)
