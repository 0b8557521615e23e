"""Loads the stored rows of a batch of clients in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from pwa.db import session
from pwa.models import (
    Agreement,
    Away,
    Booking,
    Cadence,
    Client,
    Contact,
    Handover,
    Intensification,
    Interaction,
    InteractionContact,
    Lesson,
    Need,
    Phone,
    Postponement,
    Preference,
    Promise,
    PromiseMove,
    Recovery,
    ServiceRequest,
    WritingOverride,
    WrongNumber,
    covered,
)

OF_CLIENT: tuple[type[Any], ...] = (
    Cadence,
    Intensification,
    Away,
    ServiceRequest,
    Interaction,
    Promise,
    Booking,
    Recovery,
    Agreement,
    Postponement,
    Handover,
    WritingOverride,
)


@dataclass
class StoredRows:
    """Rows in the order of their ids, by model and then by the id of the row they belong to."""

    rows: dict[type[Any], dict[int, list[Any]]] = field(default_factory=dict)
    covered: dict[int, list[int]] = field(default_factory=dict)

    def of(self, model: type[Any], owner_id: int | None) -> list[Any]:
        return self.rows.get(model, {}).get(owner_id or 0, [])


def load_stored_rows(ids: Sequence[int]) -> StoredRows:
    """All rows that belong to these clients, in a fixed number of queries."""
    stored = StoredRows()
    if not ids:
        return stored
    for model in OF_CLIENT:
        query = sa.select(model).where(model.client_id.in_(ids)).order_by(model.id)
        stored.rows[model] = _group_by_column(query, "client_id")
    contacts = sa.select(Contact).where(Contact.client_id.in_(ids))
    stored.rows[Contact] = _group_by_column(
        contacts.order_by(Contact.position, Contact.id), "client_id"
    )
    for model in (Preference, Need, Phone, WrongNumber):
        of_contact = sa.select(model).join(Contact, Contact.id == model.contact_id)
        query = of_contact.where(Contact.client_id.in_(ids)).order_by(model.id)
        stored.rows[model] = _group_by_column(query, "contact_id")
    for row in chain.from_iterable(stored.rows[Contact].values()):
        phones = sorted(stored.of(Phone, row.id), key=lambda phone: (phone.position, phone.id))
        set_committed_value(row, "phones", phones)
    _fill_participants(stored, ids)
    moves = sa.select(PromiseMove).join(Promise).where(Promise.client_id.in_(ids))
    stored.rows[PromiseMove] = _group_by_column(moves.order_by(PromiseMove.id), "promise_id")
    lessons = sa.select(Lesson).join(Interaction).where(Interaction.client_id.in_(ids))
    stored.rows[Lesson] = _group_by_column(lessons.order_by(Lesson.id), "interaction_id")
    stored.covered = _covered(ids)
    return stored


def _fill_participants(stored: StoredRows, ids: Sequence[int]) -> None:
    """Give each interaction its further contacts, so that none is read alone."""
    query = sa.select(InteractionContact).join(Interaction).where(Interaction.client_id.in_(ids))
    also = _group_by_column(query.order_by(InteractionContact.contact_id), "interaction_id")
    for rows in stored.rows[Interaction].values():
        for row in rows:
            set_committed_value(row, "also", also.get(row.id, []))


def clients_by_ref(refs: Sequence[str]) -> dict[str, Client]:
    """The stored clients among `refs`."""
    query = sa.select(Client).where(Client.ref.in_(refs))
    return {client.ref: client for client in session.scalars(query)}


def _group_by_column(query: sa.Select[Any], column: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in session.scalars(query):
        groups[getattr(row, column)].append(row)
    return groups


def _covered(ids: Sequence[int]) -> dict[int, list[int]]:
    query = sa.select(covered.c.interaction_id, covered.c.request_id)
    query = query.join(Interaction, Interaction.id == covered.c.interaction_id)
    query = query.where(Interaction.client_id.in_(ids)).order_by(*covered.c)
    groups: dict[int, list[int]] = defaultdict(list)
    for interaction_id, request_id in session.execute(query):
        groups[interaction_id].append(request_id)
    return groups
