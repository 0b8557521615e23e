"""The recaps that are left to write once the suggestions of a conversation are answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa.db import session
from pwa.models import Cadence, Client, Contact, Interaction, Promise, Suggestion, User
from pwa.operations.calls import recaps
from pwa.rules.contact.recaps import RecapDebt

OFFERED_FOR = timedelta(hours=18)  # after the last answer, so for the rest of that day
DAY = timedelta(days=1)

M = TypeVar("M", Interaction, Promise)


@dataclass(frozen=True)
class RecapOwed:
    """A conversation whose suggestions are answered, and the recap owed for it."""

    talk: Interaction
    debt: RecapDebt


def after_answers(
    user: User, reach: sa.ColumnElement[bool], now: datetime, today: date
) -> list[RecapOwed]:
    """The recaps owed for conversations of which a suggestion was answered a short while ago."""
    answered = sa.select(Suggestion.interaction_id).where(
        Suggestion.user_id == user.id, Suggestion.answered_at >= now - OFFERED_FOR
    )
    query = sa.select(Interaction).join(Interaction.client)
    query = query.where(Interaction.id.in_(answered), Interaction.superseded_at.is_(None), reach)
    query = query.options(joinedload(Interaction.contact), joinedload(Interaction.client))
    talks = list(session.scalars(query.order_by(Interaction.at.desc(), Interaction.id.desc())))
    if not talks:
        return []
    debts = _debts({talk.client_id for talk in talks}, min(talk.at for talk in talks), today)
    return [RecapOwed(talk, debts[talk.id]) for talk in talks if talk.id in debts]


def _debts(client_ids: Collection[int], since: datetime, today: date) -> dict[int, RecapDebt]:
    """The recaps owed for conversations from `since` on, by interaction id."""
    made = sa.select(Promise).where(Promise.client_id.in_(client_ids))
    promises = _by_client(session.scalars(made.where(Promise.made >= since.date() - DAY)))
    current = sa.select(Cadence).where(Cadence.client_id.in_(client_ids))
    current = current.where(Cadence.ended_at.is_(None))
    cadences = {cadence.client_id: cadence for cadence in session.scalars(current)}
    debts: dict[int, RecapDebt] = {}
    for client_id, rows in _by_client(_rows(client_ids, since)).items():
        debts |= recaps.in_history(rows, promises[client_id], cadences.get(client_id), today)
    return debts


def _rows(client_ids: Collection[int], since: datetime) -> Iterable[Interaction]:
    query = sa.select(Interaction).where(Interaction.client_id.in_(client_ids))
    query = query.where(Interaction.at >= since, Interaction.superseded_at.is_(None))
    query = query.options(
        joinedload(Interaction.user),
        joinedload(Interaction.contact).selectinload(Contact.preferences),
        joinedload(Interaction.client).joinedload(Client.owner),
    )
    return session.scalars(query.order_by(Interaction.at.desc(), Interaction.id.desc()))


def _by_client(rows: Iterable[M]) -> defaultdict[int, list[M]]:
    grouped: defaultdict[int, list[M]] = defaultdict(list)
    for row in rows:
        grouped[row.client_id].append(row)
    return grouped
