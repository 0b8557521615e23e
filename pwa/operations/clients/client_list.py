"""The list of clients, filtered by a search text, read in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pwa.db import session
from pwa.models import Cadence, Client, Contact, User
from pwa.operations.clients.search import search_conditions
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from pwa.rules.vocabulary.person_names import first_name

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ClientListItem:
    """A client in the list. `contact` is the primary contact, `stage` the cadence in force."""

    id: int
    name: str
    town: str | None
    status: ClientStatus
    next_due: date | None
    owner: str
    stage: Stage | None
    contact_id: int | None
    contact: str | None
    phone: str | None
    extension: str | None

    @property
    def first_name(self) -> str:
        """The contact's first name, as shown on buttons."""
        return first_name(self.contact) if self.contact else ""


@dataclass(frozen=True, slots=True)
class BookPage:
    """The first clients by name, and how many more there are."""

    rows: list[ClientListItem]
    more: int


def find(within: sa.ColumnElement[bool], typed: str = "", owner_id: int | None = None) -> BookPage:
    """The clients that fulfil `within` and match every word of `typed`, of `owner_id` if given.

    One statement, regardless of the number of clients.
    """
    conditions = [within, *search_conditions(Client.search_key, typed)]
    if owner_id is not None:
        conditions.append(Client.owner_id == owner_id)
    total = sa.select(sa.func.count()).select_from(Client).where(*conditions).correlate(None)
    query = (
        sa.select(
            Client.id,
            Client.name,
            Client.town,
            Client.status,
            Client.next_due,
            User.name,
            Cadence.stage,
            Contact.id,
            Contact.name,
            Contact.phone,
            Contact.extension,
            total.scalar_subquery(),
        )
        .join(User, User.id == Client.owner_id)
        .outerjoin(Cadence, sa.and_(Cadence.client_id == Client.id, Cadence.ended_at.is_(None)))
        .outerjoin(Contact, Contact.id == _contact_to_reach())
        .where(*conditions)
        .order_by(Client.search_key, Client.id)
        .limit(SHOWN)
    )
    records: list[tuple[Any, ...]] = [tuple(row) for row in session.execute(query)]
    rows = [ClientListItem(*values) for *values, _total in records]
    return BookPage(rows, records[0][-1] - len(rows) if records else 0)


class NamedClient(NamedTuple):
    """A client in a list to choose from."""

    id: int
    name: str
    town: str | None


def names(within: sa.ColumnElement[bool]) -> list[NamedClient]:
    """The clients that fulfil `within`, by name."""
    query = sa.select(Client.id, Client.name, Client.town).where(within)
    rows = session.execute(query.order_by(Client.search_key, Client.id))
    return [NamedClient(*row) for row in rows]


def _contact_to_reach() -> sa.ScalarSelect[int]:
    """The primary contact, else the first listed: `Client.contact` in SQL."""
    contact = aliased(Contact)
    return (
        sa.select(contact.id)
        .where(contact.client_id == Client.id)
        .order_by(contact.is_primary.desc(), contact.position, contact.id)
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )
