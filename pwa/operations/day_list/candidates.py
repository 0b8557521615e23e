"""Which clients may have a row on a day list: of one manager, or of all managers of a board.

One description of the reads (`_arms`), limited in two ways: for one manager by an index
(docs/decisions/003-day-list.md), for a board by numbering the rows of each list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pwa.db import days_between, session
from pwa.models import Client, User
from pwa.rules.day_list.day_list import DEBTS_A_DAY
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.vocabulary.enums import ClientStatus, RowKind

OWED_AT_MOST = 100
LATER_AT_MOST = 20
SPARE = 12  # for candidates that turn out to be put off, or tried often enough today
LISTS_AT_ONCE = 200  # each is an arm of a union, and SQLite takes 500


@dataclass(frozen=True, slots=True)
class ListTerms:
    """A manager's list: whose clients stand on it, for which day, and how many are considered."""

    manager_id: int
    owners: tuple[int, ...]
    today: date
    most: int


class _Arm(NamedTuple):
    """A bounded read of one index: its tier, the place in it, its order and how many of it."""

    tier: int
    place: Any
    order: Any
    most: Any
    condition: Any


def limit_of(user: User) -> int:
    """How many clients are considered for the user's list."""
    return user.capacity_minutes // USUAL[RowKind.CALL] + SPARE


@cache
def active() -> sa.Select[int]:
    """The active clients of the parameter `owners`."""
    owners: Any = sa.bindparam("owners", expanding=True)
    return sa.select(Client.id).where(
        Client.owner_id.in_(owners), Client.status == ClientStatus.ACTIVE
    )


@cache
def of_one_list() -> sa.Select[int]:
    """The candidates for the parameters `owners`, `today` and `most`.

    The arms are ranked by tier, so that the limit cuts off the end of the list.
    """
    today: Any = sa.bindparam("today", type_=sa.Date())
    most: Any = sa.bindparam("most", type_=sa.Integer())
    owed = active().where(Client.owed_on <= today).order_by(Client.owed_on).limit(OWED_AT_MOST)
    arms = (
        active()
        .add_columns(arm.place.label("place"), sa.literal_column(str(arm.tier)).label("tier"))
        .where(arm.condition)
        .order_by(arm.order, Client.id)
        .limit(arm.most)
        .subquery()
        for arm in _arms(today, most)
    )
    ranked = sa.union_all(*(sa.select(arm.c.id, arm.c.tier, arm.c.place) for arm in arms))
    every = ranked.subquery()
    selected = (
        sa.select(every.c.id)
        .group_by(every.c.id)
        .order_by(sa.func.min(every.c.tier), sa.func.min(every.c.place), every.c.id)
        .limit(most)
    )
    ids = sa.union(sa.select(owed.subquery().c.id), sa.select(selected.subquery().c.id)).subquery()
    return sa.select(ids.c.id)


def of_lists(lists: Iterable[ListTerms]) -> dict[int, list[int]]:
    """The candidates of each list by its manager's id, as `of_one_list` selects them."""
    terms = list(lists)
    candidates: dict[int, list[int]] = {of_list.manager_id: [] for of_list in terms}
    for start in range(0, len(terms), LISTS_AT_ONCE):
        for manager_id, client_id in session.execute(_of_lists(terms[start:][:LISTS_AT_ONCE])):
            candidates[manager_id].append(client_id)
    return candidates


def _of_lists(terms: list[ListTerms]) -> sa.CompoundSelect[*tuple[Any, ...]]:
    lists = sa.union_all(
        *(
            sa.select(
                sa.literal(of_list.manager_id).label("manager"),
                sa.literal(owner).label("owner"),
                sa.literal(of_list.today, sa.Date()).label("today"),
                sa.literal(of_list.most).label("most"),
            )
            for of_list in terms
            for owner in of_list.owners
        )
    ).cte("lists")
    today, most = lists.c.today, lists.c.most
    clients = sa.select(lists.c.manager, Client.id, most.label("limit_of_list")).join(
        lists, sa.and_(lists.c.owner == Client.owner_id, Client.status == ClientStatus.ACTIVE)
    )
    arms = [
        _first_of_each(clients.where(arm.condition), lists.c.manager, arm)
        for arm in _arms(today, most)
    ]
    owed_arm = _Arm(
        0,
        days_between(Client.owed_on, today),
        Client.owed_on,
        OWED_AT_MOST,
        Client.owed_on <= today,
    )
    owed = _first_of_each(clients.where(owed_arm.condition), lists.c.manager, owed_arm).subquery()
    every = sa.union_all(*arms).subquery()
    place = (sa.func.min(every.c.tier), sa.func.min(every.c.place), every.c.id)
    number = sa.func.row_number().over(partition_by=every.c.manager, order_by=place)
    groups = sa.select(
        every.c.manager, every.c.id, number.label("number"), every.c.limit_of_list
    ).group_by(every.c.manager, every.c.id, every.c.limit_of_list)
    ranked = groups.subquery()
    return sa.union(
        sa.select(owed.c.manager, owed.c.id),
        sa.select(ranked.c.manager, ranked.c.id).where(ranked.c.number <= ranked.c.limit_of_list),
    )


def _first_of_each(
    clients: sa.Select[*tuple[Any, ...]], manager: Any, arm: _Arm
) -> sa.Select[*tuple[Any, ...]]:
    """The first rows of an arm for each list."""
    number = sa.func.row_number().over(partition_by=manager, order_by=(arm.order, Client.id))
    rows = clients.add_columns(
        sa.cast(arm.place, sa.Float()).label("place"),
        sa.literal_column(str(arm.tier)).label("tier"),
        number.label("number"),
        sa.cast(arm.most, sa.Integer()).label("most"),
    ).subquery()
    columns = (rows.c.manager, rows.c.id, rows.c.tier, rows.c.place, rows.c.limit_of_list)
    return sa.select(*columns).where(rows.c.number <= rows.c.most)


def _arms(today: Any, most: Any) -> list[_Arm]:
    need = days_between(Client.next_due, today) * Client.need_per_day
    raised_need = -days_between(Client.raised_on, today) * Client.need_per_day  # beside the cadence
    unasked = sa.text("unasked")  # as its index says it: SQLite would not use it for `unasked = 1`

    def by_day(day: Any) -> Any:
        return -days_between(day, today)

    return [
        _Arm(
            0,
            by_day(Client.promised_on),
            Client.promised_on,
            most,
            Client.promised_on <= today,
        ),
        _Arm(1, -need, -need, most, Client.next_due <= today),
        _Arm(1, raised_need, Client.raised_on, most, Client.raised_on <= today),
        _Arm(
            2,
            by_day(Client.next_due),
            Client.next_due,
            DEBTS_A_DAY,
            sa.and_(unasked, Client.next_due > today),
        ),
        _Arm(
            3,
            by_day(Client.later_on),
            Client.later_on,
            LATER_AT_MOST,
            Client.later_on <= today,
        ),
    ]
