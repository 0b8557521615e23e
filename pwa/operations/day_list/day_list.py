"""The day of a manager: finds the clients in question by index, lets the rules arrange them.

What is due is stored on the client, so the first query reads a bounded number of rows however large
the book is. Beyond what fits the day and `SPARE` more, those with the greatest need are looked at
(docs/decisions/003-day-list.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import days_between
from pwa.models import Client, User
from pwa.operations.accounts import covers
from pwa.operations.brief.brief import Brief, brief_of, last_words
from pwa.operations.client_state.loader import LoadedClient, MapPlace, load, load_these
from pwa.operations.day_list.itinerary import Itinerary, plan_itinerary
from pwa.operations.day_list.workload import Workload, workload_of
from pwa.rules.day_list.client_state import ManagerContext
from pwa.rules.day_list.day_list import CANNOT_WAIT, DEBTS_A_DAY, DayList, arrange, rows
from pwa.rules.day_list.row import Row
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.scheduling.working_time import STARTS
from pwa.rules.vocabulary.calendar import next_working_day
from pwa.rules.vocabulary.enums import ClientStatus, ReasonCode, RowKind, RowTier
from pwa.rules.vocabulary.timezones import local_day, moment

OWED_AT_MOST = 100
LATER_AT_MOST = 20
SPARE = 12  # for those who turn out to be put off, or tried often enough today


@dataclass(frozen=True, slots=True)
class Day:
    """What fits the day, in order; how many more are due; how many clients were reached already.

    `first` is the one conversation to have now, `brief` is about it; of the others those of `tour`
    are visits in driving order with the calls between them (R20), `calls` come next, `quotes` and
    `roadmaps` after them (R19). `load` says whether it is too much (R12). `covered` holds whose
    client it is, by number, where that is somebody for whom the manager covers.
    """

    rows: tuple[Row, ...]
    first: Row | None
    calls: tuple[Row, ...]
    tour: Itinerary
    quotes: tuple[Row, ...]
    roadmaps: tuple[Row, ...]
    brief: Brief | None
    places: dict[int, MapPlace]
    more: int
    done: int
    load: Workload
    covered: dict[int, str]

    @property
    def visits(self) -> tuple[Row, ...]:
        """The visits in driving order."""
        return self.tour.visits

    def after(self, client_id: int) -> str:
        """The first name of whoever comes next after that client; empty when nobody does."""
        other = _now(tuple(row for row in self.rows if row.client_id != client_id))
        return (other.contact_name or other.client_name).split()[0] if other else ""

    def from_tomorrow(self, now: datetime, zone: ZoneInfo) -> int:
        """How many wait for another day, once nobody can be turned to any more; else 0."""
        if any(row.open_now and row.tier not in CANNOT_WAIT for row in self.rows):
            return 0
        today = local_day(now, zone)
        waits = [row.waits_until for row in self.rows if row.waits_until]
        return sum(local_day(until, zone) > today for until in waits)

    def count(self, *kinds: RowKind) -> int:
        """How many rows are of these kinds."""
        return sum(row.kind in kinds for row in self.rows)


def manager_context(user: User) -> ManagerContext:
    """The manager's side of every rule: their zone and working days."""
    return ManagerContext(user.zone, for_country(user.home_country))


def for_manager(user: User, now: datetime) -> Day:
    """What fits this manager's day now, found in five queries whatever the size of the book."""
    absent = covers.absent_for(user, now)
    found = load_candidates(user, now, absent)
    listed = arrange_rows(found, user, now)
    shown = listed.rows[: listed.fits]
    first = _now(shown)
    today = local_day(now, user.zone)
    said = last_words(first, user.id, absent, today, moment(today, time(), user.zone))
    brief = brief_of(first, found[first.client_id], said, now) if first else None
    places = {row.client_id: found[row.client_id].place for row in shown}
    others = [row for row in shown if row is not first]
    soon = [row for row in others if row.tier is not RowTier.LATER]
    visits = [row for row in soon if row.kind is RowKind.VISIT]
    calls = [row for row in soon if row.kind is not RowKind.VISIT]
    way = plan_itinerary(visits, calls, places, first, now)
    unseen = count_unseen(found, said.due, today)
    return Day(
        rows=shown,
        first=first,
        calls=tuple(row for row in calls if not way.has(row)),
        tour=way,
        quotes=tuple(row for row in others if _is_later(row, ReasonCode.QUOTE)),
        roadmaps=tuple(row for row in others if _is_later(row, ReasonCode.ROADMAP)),
        brief=brief,
        places=places,
        more=listed.more + unseen,
        done=said.done,
        load=workload_of(listed, unseen, user.capacity_minutes),
        covered={row.client_id: absent.get(found[row.client_id].owner_id, "") for row in shown}
        if absent
        else {},
    )


def _now(shown: tuple[Row, ...]) -> Row | None:
    """The first who can be reached now; while everyone waits, the first of all."""
    return next((row for row in shown if row.open_now), next(iter(shown), None))


def _is_later(row: Row, reason: ReasonCode) -> bool:
    return row.tier is RowTier.LATER and reason in (row.reason, row.step.of)


def count_unseen(found: dict[int, LoadedClient], due: int, today: date) -> int:
    """How many of the `due` clients of a manager are not among those `found`."""
    return max(0, due - sum(_is_due(one, today) for one in found.values()))


def _is_due(one: LoadedClient, today: date) -> bool:
    return one.due_on is not None and one.due_on <= today


def load_candidates(
    user: User, now: datetime, absent: Iterable[int], more: int = 0
) -> dict[int, LoadedClient]:
    """The facts of the clients that may have a row on this manager's list, by number.

    `absent` are those for whom the manager covers. `more` looks that much further than what a day
    holds.
    """
    most = user.capacity_minutes // USUAL[RowKind.CALL] + SPARE + more
    owners = [user.id, *absent]
    values = {"owners": owners, "today": local_day(now, user.zone), "most": most}
    return {one.client.id: one for one in load(_candidates(), values, now)}


def arrange_rows(found: dict[int, LoadedClient], user: User, now: datetime) -> DayList:
    """Their rows in the order of the rules."""
    clients = (one.client for one in found.values())
    return arrange(rows(clients, manager_context(user), now), user.capacity_minutes)


def displayed_time(user: User, now: datetime) -> datetime:
    """Now; on a day off the next working morning, so that whoever looks ahead sees what comes."""
    desk = manager_context(user)
    today = local_day(now, desk.zone)
    if desk.calendar.is_working_day(today):
        return now
    return moment(next_working_day(today, desk.calendar), STARTS, desk.zone)


def whole_list(user: User, at: datetime, *, past: bool) -> list[Row]:
    """Every row of the list as it stood at `at`, without a bound."""
    owners = {"owners": [user.id, *covers.absent_for(user, at)]}
    found = {one.client.id: one for one in load(_active(), owners, at, past=past)}
    return list(arrange_rows(found, user, at).rows)


@cache
def _active() -> sa.Select[int]:
    owners: Any = sa.bindparam("owners", expanding=True)
    return sa.select(Client.id).where(
        Client.owner_id.in_(owners), Client.status == ClientStatus.ACTIVE
    )


@cache
def _candidates() -> sa.Select[int]:
    """The clients that may have a row today: each arm is a bounded read of one index.

    The arms stand in the order of their tiers, so that where there is more than a day holds, what
    is let go is what would stand at the end of the list.
    """
    today: Any = sa.bindparam("today", type_=sa.Date())
    need = days_between(Client.next_due, today) * Client.need_per_day
    raised = -days_between(Client.raised_on, today) * Client.need_per_day  # beside the cadence
    unasked = sa.text("unasked")  # as its index says it: SQLite would not use it for `unasked = 1`
    most: Any = sa.bindparam("most", type_=sa.Integer())
    owed = _active().where(Client.owed_on <= today).order_by(Client.owed_on).limit(OWED_AT_MOST)
    others = (
        _arm(Client.promised_on, today, most).where(Client.promised_on <= today),
        _arm(-need, today, most).where(Client.next_due <= today),
        _arm(Client.raised_on, today, most, raised).where(Client.raised_on <= today),
        _arm(Client.next_due, today, DEBTS_A_DAY).where(unasked, Client.next_due > today),
        _arm(Client.later_on, today, LATER_AT_MOST).where(Client.later_on <= today),
    )
    ranked = sa.union_all(
        *(
            sa.select(arm.c.id, sa.literal_column(str(rank)).label("tier"), arm.c.place)
            for rank, arm in zip((0, 1, 1, 2, 3), (one.subquery() for one in others), strict=True)
        )
    ).subquery()
    chosen = (
        sa.select(ranked.c.id)
        .group_by(ranked.c.id)
        .order_by(sa.func.min(ranked.c.tier), sa.func.min(ranked.c.place), ranked.c.id)
        .limit(most)
    )
    ids = sa.union(sa.select(owed.subquery().c.id), sa.select(chosen.subquery().c.id)).subquery()
    return sa.select(ids.c.id)


def _arm(by: Any, today: Any, most: Any, place: Any = None) -> sa.Select[*tuple[Any, ...]]:
    """The first `most` by a day or a number, so that the order of a day is that of its index.

    `place` is where they stand among others of their tier, where that is not by the same.
    """
    if place is None:
        place = -days_between(by, today) if isinstance(by.type, sa.Date) else by
    return _active().add_columns(place.label("place")).order_by(by, Client.id).limit(most)


def row_of(client: Client, now: datetime) -> Row | None:
    """The row that one client has today on its owner's list, if any."""
    known = {one.client.id: one for one in load_these([client.id], now)}
    return next(iter(arrange_rows(known, client.owner, now).rows), None)
