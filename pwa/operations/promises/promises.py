"""Promises (R17): given, kept, or moved to another day with or without the client being told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from pwa.db import session
from pwa.models import Client, Contact, Promise, PromiseMove, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.commitments import promises as rules
from pwa.rules.commitments.promises import PromiseStatus

SHOWN = 100
SAID_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Miss:
    """A promise that came late, or has not come yet: its words and the days."""

    words: str
    days: int
    still_open: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many promises were kept in time, of how many (R18), and the latest that was not."""

    kept: int
    total: int
    miss: Miss | None = None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise on the list: how it stands, and whether the reader may open its client.

    `expected` is the day by which the client expects it, where that is not the day we work to.
    """

    promise: Promise
    standing: PromiseStatus
    expected: date | None
    in_reach: bool


def give(
    client: Client,
    contact: Contact | None,
    words: str,
    due: date,
    by: User,
    now: datetime,
    *,
    owner: User | None = None,
    given_at: datetime | None = None,
) -> Promise:
    """What we said we would do, in the words used; `owner` sees to it, else the client's manager.

    `given_at` is the moment it was given where that is not now. In a unit that settles the client
    afterwards anyway, `write` alone is enough.
    """
    promise = write(client, contact, words, due, by, given_at or now, owner=owner)
    session.flush()
    refresh_due_dates([client.id], now)
    return promise


def write(
    client: Client,
    contact: Contact | None,
    words: str,
    due: date,
    by: User,
    at: datetime,
    *,
    owner: User | None = None,
) -> Promise:
    """The row of a promise given at the moment `at`; the caller settles the client."""
    promise = Promise(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        words=words,
        made=at.astimezone(by.zone).date(),
        due=due,
        falls_due=due,
        made_by_id=by.id,
        owner_id=_other_than_manager(client, owner),
    )
    session.add(promise)
    return promise


def keep(promise: Promise, today: date, now: datetime) -> None:
    """Kept today; a promise kept before stays kept on its day."""
    if promise.kept is None:
        promise.kept = today
        session.flush()
        refresh_due_dates([promise.client_id], now)


def move(promise: Promise, to: date, told: date | None, today: date, now: datetime) -> None:
    """Another day. `told` is the day the client heard of it, None when they have not yet."""
    promise.moves.append(PromiseMove(to=to, told=told, moved_on=today))
    promise.falls_due = to
    session.flush()
    refresh_due_dates([promise.client_id], now)


def change(
    promise: Promise, words: str, contact: Contact | None, owner: User | None, now: datetime
) -> None:
    """Say it in other words, to someone else, or let someone else see to it; never another day."""
    promise.words = words
    promise.contact = contact
    promise.owner_id = _other_than_manager(promise.client, owner)
    session.flush()
    refresh_due_dates([promise.client_id], now)


def people_for(client: Client) -> list[User]:
    """Who may see to a promise: the team of the client's manager, by name."""
    query = sa.select(User).where(
        User.team_id == client.owner.team_id, User.deactivated_at.is_(None)
    )
    return sorted(session.scalars(query), key=lambda one: one.name.casefold())


def open_within(
    within: sa.ColumnElement[bool], reader: User, today: date
) -> tuple[list[PromiseLine], int]:
    """The open promises to clients `within` reach, and those that `reader` sees to elsewhere.

    As they fall due, at most a hundred; second how many more there are.
    """
    there = sa.select(Promise.id).join(Promise.client).where(Promise.kept.is_(None), within)
    theirs = sa.select(Promise.id).where(Promise.kept.is_(None), Promise.owner_id == reader.id)
    query = (
        sa.select(Promise, within, sa.func.count().over())
        .join(Promise.client)
        .where(Promise.id.in_(sa.union(there, theirs)))
        .options(contains_eager(Promise.client).joinedload(Client.owner))
        .options(joinedload(Promise.contact), joinedload(Promise.owner))
        .options(selectinload(Promise.moves))
        .order_by(Promise.falls_due, Promise.id)
        .limit(SHOWN)
    )
    found = session.execute(query).all()
    lines = [_line(promise, bool(reach), today) for promise, reach, _ in found]
    return lines, (found[0][2] - len(lines) if found else 0)


def ledger_at(client_id: int, today: date) -> Ledger:
    """What we kept of all that we promised at a client (R18); the miss is one of three months."""
    query = sa.select(Promise).where(Promise.client_id == client_id)
    rows = session.scalars(query.options(joinedload(Promise.moves))).unique().all()
    kept, total = rules.kept_ratio([_given(row) for row in rows], today)
    return Ledger(kept, total, _latest_miss(rows, today))


def ledger_of(user_ids: Collection[int], today: date) -> dict[int, tuple[int, int]]:
    """Per person (kept in time, of how many) of the promises they see to (R18); all of `user_ids`.

    Counted in the database but for the promises that were moved: two statements for any number of
    people.
    """
    found = dict.fromkeys(user_ids, (0, 0))
    owner = sa.func.coalesce(Promise.owner_id, Client.owner_id)
    over = sa.or_(Promise.kept.is_not(None), Promise.due < today)
    in_time = sa.func.count().filter(Promise.kept <= Promise.due)
    counted = sa.select(owner, in_time, sa.func.count()).join(Promise.client)
    counted = counted.where(owner.in_(found), over, ~Promise.moves.any()).group_by(owner)
    for user_id, kept, total in session.execute(counted):
        found[user_id] = (kept, total)
    moved = sa.select(owner, Promise).join(Promise.client)
    moved = moved.join(Promise.moves).options(contains_eager(Promise.moves))
    moved = moved.where(owner.in_(found)).order_by(PromiseMove.id)
    for user_id, promise in session.execute(moved).unique():
        kept, total = rules.kept_ratio([_given(promise)], today)
        found[user_id] = (found[user_id][0] + kept, found[user_id][1] + total)
    return found


def stands(promise: Promise, today: date) -> PromiseStatus:
    """How a promise stands (R17)."""
    return rules.status_of(promise.due, _moves(promise), promise.kept, today)


def _latest_miss(rows: Sequence[Promise], today: date) -> Miss | None:
    missed = [row for row in rows if stands(row, today).is_miss]
    known = {row.id: rules.expected_date(row.due, _moves(row), today) for row in missed}
    latest = max(missed, key=lambda row: (known[row.id], row.id), default=None)
    if latest is None or known[latest.id] < today - SAID_FOR:
        return None
    days = rules.days_late(latest.due, _moves(latest), latest.kept, today)
    return Miss(latest.words, days, latest.kept is None)


def expected(promise: Promise, today: date) -> date | None:
    """The day by which the client expects it, where we work to another that they do not know."""
    known = rules.expected_date(promise.due, _moves(promise), today)
    return known if known != promise.falls_due else None


def _line(promise: Promise, in_reach: bool, today: date) -> PromiseLine:
    return PromiseLine(promise, stands(promise, today), expected(promise, today), in_reach)


def _given(promise: Promise) -> rules.PromiseTerms:
    return rules.PromiseTerms(promise.due, promise.kept, _moves(promise))


def _moves(promise: Promise) -> list[rules.Move]:
    return [rules.Move(one.to, one.told, one.moved_on) for one in promise.moves]


def _other_than_manager(client: Client, owner: User | None) -> int | None:
    return owner.id if owner and owner.id != client.owner_id else None
