"""Counts of a manager's day: how many clients are due, and what is done (R26).

The same two counts for the day list and for the board, where each manager is one row of a union.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from pwa.models import Client, Interaction, Postponement, Promise, User
from pwa.rules.vocabulary.enums import ClientStatus, Direction, Outcome


@dataclass(frozen=True, slots=True)
class DayTerms:
    """Whose day: a user, the owners of the clients on the list, and the day that began at `start`.

    Each is a value, or a parameter of a statement that is kept.
    """

    user: Any
    team: Any
    owners: Any
    today: Any
    start: Any
    now: Any


def terms_of(
    user: User, absent: Iterable[int], today: date, start: datetime, now: datetime
) -> DayTerms:
    """The terms of a user's day; `absent` are those for whom the user stands in."""
    return DayTerms(user.id, user.team_id, [user.id, *absent], today, start, now)


def due_clients(terms: DayTerms) -> sa.ScalarSelect[int]:
    """How many clients are due, those that were put off left out."""
    mine = sa.select(Client.id).where(
        Client.owner_id.in_(terms.owners), Client.status == ClientStatus.ACTIVE
    )
    days = (Client.next_due, Client.promised_on, Client.raised_on)
    due = sa.union(*(mine.where(day <= terms.today) for day in days)).subquery()
    put_off = sa.select(Postponement.client_id).where(Postponement.until > terms.now)
    count = sa.select(sa.func.count()).select_from(due).where(due.c.id.not_in(put_off))
    return count.scalar_subquery()


def done_today(terms: DayTerms) -> sa.ScalarSelect[int]:
    """What is done: clients talked with, clients written to, clients to whom a promise was kept.

    By the user with anyone, or by a colleague with a client on the user's list: their row is gone
    as well (R22).
    """
    written = Interaction.outcome == Outcome.WRITTEN
    sent = sa.and_(
        written, Interaction.direction == Direction.OUT, Interaction.asks_for_time.is_(sa.false())
    )
    team = sa.select(User.id).where(User.team_id == terms.team)
    conversations = (
        sa.select(Interaction.client_id, sa.case((written, 1), else_=0).label("how"))
        .join(Client, Client.id == Interaction.client_id)
        .where(Interaction.user_id.in_(team), Interaction.at >= terms.start)
        .where(sa.or_(Interaction.reached, sent), Interaction.superseded_at.is_(None))
        .where(sa.or_(Interaction.user_id == terms.user, Client.owner_id.in_(terms.owners)))
    )
    kept: sa.Select[*tuple[Any, ...]] = (
        sa.select(Promise.client_id, sa.literal_column("2").label("how"))
        .join(Client, Client.id == Promise.client_id)
        .where(Promise.kept == terms.today)
        .where(sa.or_(Promise.owner_id == terms.user, Client.owner_id.in_(terms.owners)))
    )
    done = sa.union(conversations, kept).subquery()
    return sa.select(sa.func.count()).select_from(done).scalar_subquery()
