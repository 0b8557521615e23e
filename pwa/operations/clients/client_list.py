"""The list of clients, filtered, ordered and by pages, each read in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pwa.db import session
from pwa.models import Cadence, Client, Contact, User
from pwa.operations.clients.client_filters import ClientFilter
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from pwa.rules.vocabulary.person_names import first_name

PAGE = 30
MOST_PAGES = 100_000  # no more than a database can count


@dataclass(frozen=True, slots=True)
class ClientListItem:
    """A client in the list. `contact` is the primary contact, `stage` the cadence in force."""

    id: int
    name: str
    town: str | None
    status: ClientStatus
    next_due: date | None
    spoken_at: datetime | None
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
    """A page of the clients: its rows, the number of the page from 1 on, and how many there are."""

    rows: list[ClientListItem]
    total: int = 0
    number: int = 1

    @property
    def first(self) -> int:
        """The place of the first row among all clients, from 1 on."""
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The place of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def more(self) -> int:
        """How many come after this page."""
        return self.total - self.last


def find(
    within: sa.ColumnElement[bool], chosen: ClientFilter, today: date, number: int = 1
) -> BookPage:
    """Page `number` of the clients that fulfil `within` and the filter; past the end, the last.

    One statement, regardless of the number of clients; past the end two more.
    """
    conditions = [within, *chosen.conditions(today)]
    matching = sa.select(Client.id)
    if chosen.needs_cadence:
        matching = matching.join(Cadence, _is_current())
    matching = matching.where(*conditions)
    total = sa.select(sa.func.count()).select_from(matching.correlate(None).subquery())
    number = min(max(number, 1), MOST_PAGES)
    records = _records(matching, chosen, total, number)
    if not records and number > 1:
        number = max(1, -(-(session.scalar(total) or 0) // PAGE))
        records = _records(matching, chosen, total, number)
    rows = [ClientListItem(*values) for *values, _total in records]
    return BookPage(rows, records[0][-1] if records else 0, number)


def _records(
    matching: sa.Select[int], chosen: ClientFilter, total: sa.Select[int], number: int
) -> list[tuple[Any, ...]]:
    """The rows of a page, each with the total. The page is cut before anything is joined to it."""
    page = matching.order_by(*chosen.order_by).limit(PAGE).offset((number - 1) * PAGE).subquery()
    query = (
        sa.select(
            Client.id,
            Client.name,
            Client.town,
            Client.status,
            Client.next_due,
            Client.spoken_at,
            User.name,
            Cadence.stage,
            Contact.id,
            Contact.name,
            sa.case((Contact.number_wrong_since.is_(None), Contact.phone)),
            Contact.extension,
            total.scalar_subquery(),
        )
        .join(page, page.c.id == Client.id)
        .join(User, User.id == Client.owner_id)
        .outerjoin(Cadence, _is_current())
        .outerjoin(Contact, Contact.id == _contact_to_reach())
        .order_by(*chosen.order_by)
    )
    return [tuple(row) for row in session.execute(query)]


def towns(within: sa.ColumnElement[bool]) -> list[str]:
    """The towns of the clients that fulfil `within`, by name."""
    query = sa.select(Client.town).where(within, Client.town.is_not(None)).distinct()
    return sorted(town for town in session.scalars(query) if town)


def owners(within: sa.ColumnElement[bool]) -> list[tuple[int, str]]:
    """Who has clients among those that fulfil `within`: id and name, by name."""
    having = sa.select(Client.owner_id).where(within).correlate(None)
    query = sa.select(User.id, User.name).where(User.id.in_(having)).order_by(User.name, User.id)
    return [(user_id, name) for user_id, name in session.execute(query)]


def owner_name(within: sa.ColumnElement[bool], owner_id: int) -> str:
    """The name of an owner who has clients among those that fulfil `within`, else ""."""
    having = sa.select(Client.owner_id).where(within, Client.owner_id == owner_id).correlate(None)
    return session.scalar(sa.select(User.name).where(User.id.in_(having))) or ""


def _is_current() -> sa.ColumnElement[bool]:
    return sa.and_(Cadence.client_id == Client.id, Cadence.ended_at.is_(None))


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
        .where(contact.client_id == Client.id, contact.archived_at.is_(None))
        .order_by(contact.is_primary.desc(), contact.position, contact.id)
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )
