"""A promise is kept, given or moved to another day, with or without telling the client (R17)."""

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
MISS_SHOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Miss:
    """A promise kept late, or overdue: its wording and the days of delay."""

    words: str
    days: int
    still_open: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """Promises kept in time out of the total (R18), and the latest miss."""

    kept: int
    total: int
    miss: Miss | None = None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in the list, its status, and whether the reader may open its client.

    `expected` is the day on which the client expects it, if that differs from the due day.
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
    """Stores a promise and refreshes due dates; `owner` is responsible, else the client's manager.

    `given_at` is when it was given, if not now. Where the caller refreshes due dates anyway,
    `write` alone is enough.
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
    """Stores a promise given at `at`; the caller refreshes the client's due dates."""
    promise = Promise(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        words=words,
        made=at.astimezone(by.zone).date(),
        due=due,
        falls_due=due,
        made_by_id=by.id,
        owner_id=_explicit_owner_id(client, owner),
    )
    session.add(promise)
    return promise


def keep(promise: Promise, today: date, now: datetime) -> None:
    """Marks a promise as kept today (idempotent)."""
    if promise.kept is None:
        promise.kept = today
        session.flush()
        refresh_due_dates([promise.client_id], now)


def undo_keep(promise: Promise, today: date, now: datetime) -> bool:
    """Opens a promise again that was kept today; False for one that was kept before today.

    What was kept before counts in the brief and in what was said to the client. A promise that is
    open stays as it is.
    """
    if promise.kept is not None and promise.kept != today:
        return False
    promise.kept = None
    session.flush()
    refresh_due_dates([promise.client_id], now)
    return True


def move(promise: Promise, to: date, told: date | None, today: date, now: datetime) -> None:
    """Moves a promise to another day; `told` is the day the client was told, or None."""
    promise.moves.append(PromiseMove(to=to, told=told, moved_on=today))
    promise.falls_due = to
    session.flush()
    refresh_due_dates([promise.client_id], now)


def change(
    promise: Promise, words: str, contact: Contact | None, owner: User | None, now: datetime
) -> None:
    """Changes wording, contact or owner of a promise; never its day (see `move`)."""
    promise.words = words
    promise.contact = contact
    promise.owner_id = _explicit_owner_id(promise.client, owner)
    session.flush()
    refresh_due_dates([promise.client_id], now)


def possible_owners(client: Client) -> list[User]:
    """The users who may own a promise: the team of the client's manager, by name."""
    query = sa.select(User).where(
        User.team_id == client.owner.team_id, User.deactivated_at.is_(None)
    )
    return sorted(session.scalars(query), key=lambda user: user.name.casefold())


def open_promises(
    within: sa.ColumnElement[bool], reader: User, today: date
) -> tuple[list[PromiseLine], int]:
    """The open promises of clients that fulfil `within`, and all that `reader` owns.

    By due day, at most `SHOWN`, with the number of those left out.
    """
    accessible = sa.select(Promise.id).join(Promise.client).where(Promise.kept.is_(None), within)
    owned = sa.select(Promise.id).where(Promise.kept.is_(None), Promise.owner_id == reader.id)
    query = (
        sa.select(Promise, within, sa.func.count().over())
        .join(Promise.client)
        .where(Promise.id.in_(sa.union(accessible, owned)))
        .options(contains_eager(Promise.client).joinedload(Client.owner))
        .options(joinedload(Promise.contact), joinedload(Promise.owner))
        .options(selectinload(Promise.moves))
        .order_by(Promise.falls_due, Promise.id)
        .limit(SHOWN)
    )
    rows = session.execute(query).all()
    lines = [_line(promise, bool(reach), today) for promise, reach, _ in rows]
    return lines, (rows[0][2] - len(lines) if rows else 0)


def client_ledger(client_id: int, today: date) -> Ledger:
    """The promises kept at a client (R18); the miss is at most three months old."""
    query = sa.select(Promise).where(Promise.client_id == client_id)
    rows = session.scalars(query.options(joinedload(Promise.moves))).unique().all()
    kept, total = rules.kept_ratio([_terms(row) for row in rows], today)
    return Ledger(kept, total, _latest_miss(rows, today))


def user_ledgers(user_ids: Collection[int], today: date) -> dict[int, tuple[int, int]]:
    """(kept in time, total) of the promises each user owns (R18), for all of `user_ids`.

    Counted in the database, except for moved promises: two statements for any number of users.
    """
    ledgers = dict.fromkeys(user_ids, (0, 0))
    owner = sa.func.coalesce(Promise.owner_id, Client.owner_id)
    decided = sa.or_(Promise.kept.is_not(None), Promise.due < today)
    in_time = sa.func.count().filter(Promise.kept <= Promise.due)
    counted = sa.select(owner, in_time, sa.func.count()).join(Promise.client)
    counted = counted.where(owner.in_(ledgers), decided, ~Promise.moves.any()).group_by(owner)
    for user_id, kept, total in session.execute(counted):
        ledgers[user_id] = (kept, total)
    moved = sa.select(owner, Promise).join(Promise.client)
    moved = moved.join(Promise.moves).options(contains_eager(Promise.moves))
    moved = moved.where(owner.in_(ledgers)).order_by(PromiseMove.id)
    for user_id, promise in session.execute(moved).unique():
        kept, total = rules.kept_ratio([_terms(promise)], today)
        ledgers[user_id] = (ledgers[user_id][0] + kept, ledgers[user_id][1] + total)
    return ledgers


def status_on(promise: Promise, today: date) -> PromiseStatus:
    """The status of a promise on a day (R17)."""
    return rules.status_of(promise.due, _moves(promise), promise.kept, today)


def _latest_miss(rows: Sequence[Promise], today: date) -> Miss | None:
    missed = [row for row in rows if status_on(row, today).is_miss]
    known = {row.id: rules.expected_date(row.due, _moves(row), today) for row in missed}
    latest = max(missed, key=lambda row: (known[row.id], row.id), default=None)
    if latest is None or known[latest.id] < today - MISS_SHOWN_FOR:
        return None
    days = rules.days_late(latest.due, _moves(latest), latest.kept, today)
    return Miss(latest.words, days, latest.kept is None)


def expected(promise: Promise, today: date) -> date | None:
    """The day on which the client expects it, if they do not know of the current due day."""
    known = rules.expected_date(promise.due, _moves(promise), today)
    return known if known != promise.falls_due else None


def _line(promise: Promise, in_reach: bool, today: date) -> PromiseLine:
    return PromiseLine(promise, status_on(promise, today), expected(promise, today), in_reach)


def _terms(promise: Promise) -> rules.PromiseTerms:
    return rules.PromiseTerms(promise.due, promise.kept, _moves(promise))


def _moves(promise: Promise) -> list[rules.Move]:
    return [rules.Move(move.to, move.told, move.moved_on) for move in promise.moves]


def _explicit_owner_id(client: Client, owner: User | None) -> int | None:
    return owner.id if owner and owner.id != client.owner_id else None
