"""Promises (R17): given, kept, or moved to another day with or without the client being told."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from pwa.db import session
from pwa.models import Client, Contact, Promise, PromiseMove, User
from pwa.operations.next_steps import settle

SHOWN = 100


def give(
    client: Client, contact: Contact | None, words: str, due: date, by: User, now: datetime
) -> Promise:
    """What we said we would do, in the words used."""
    promise = Promise(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        words=words,
        made=now.astimezone(by.zone).date(),
        due=due,
        falls_due=due,
        made_by_id=by.id,
    )
    session.add(promise)
    session.flush()
    settle([client.id], now)
    return promise


def keep(promise: Promise, today: date, now: datetime) -> None:
    """Kept today; a promise kept before stays kept on its day."""
    if promise.kept is None:
        promise.kept = today
        session.flush()
        settle([promise.client_id], now)


def move(promise: Promise, to: date, told: date | None, now: datetime) -> None:
    """Another day. `told` is the day the client heard of it, None when they have not yet."""
    promise.moves.append(PromiseMove(to=to, told=told))
    promise.falls_due = to
    session.flush()
    settle([promise.client_id], now)


def open_within(within: sa.ColumnElement[bool]) -> tuple[list[Promise], int]:
    """The open promises to clients `within` reach as they fall due, and how many more there are."""
    query = (
        sa.select(Promise, sa.func.count().over())
        .join(Promise.client)
        .where(Promise.kept.is_(None), within)
        .options(contains_eager(Promise.client).joinedload(Client.owner))
        .options(joinedload(Promise.contact))
        .order_by(Promise.falls_due, Promise.id)
        .limit(SHOWN)
    )
    found = session.execute(query).all()
    promises = [row[0] for row in found]
    return promises, (found[0][1] - len(promises) if found else 0)
