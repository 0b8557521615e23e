"""Reads what the coming week holds for a manager in one statement, each part by an index."""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pwa.combined_read import CombinedRead
from pwa.models import (
    Booking,
    Cadence,
    Client,
    Contact,
    Intensification,
    Postponement,
    Preference,
    Promise,
)
from pwa.models.base import UtcDateTime
from pwa.rules.vocabulary.enums import Channel, ClientStatus, Kind, Stage

DUE_A_DAY = 12  # clients due by cadence, and promises, that a day shows
BOOKED_AT_MOST = 200  # in the whole week
_FIRST: Any = sa.bindparam("first", type_=sa.Date())
_LAST: Any = sa.bindparam("last", type_=sa.Date())
_START: Any = sa.bindparam("start", type_=UtcDateTime())
_END: Any = sa.bindparam("end", type_=UtcDateTime())
_NOW: Any = sa.bindparam("now", type_=UtcDateTime())
_USER: Any = sa.bindparam("user", type_=sa.Integer())


class BookingRow(NamedTuple):
    client_id: int
    client_name: str
    latitude: float | None
    longitude: float | None
    address: str | None
    town: str | None
    minutes: dict[str, list[int]]
    contact_name: str | None
    booking_id: int
    kind: Kind
    at: datetime


class PromiseRow(NamedTuple):
    client_id: int
    client_name: str
    minutes: dict[str, list[int]]
    contact_name: str | None
    channel: Channel | None
    words: str
    day: date
    total: int


class DueRow(NamedTuple):
    """A client due by cadence; `total` of them are due on that day.

    `put_off_until` is the end of a postponement that still holds.
    """

    client_id: int
    client_name: str
    latitude: float | None
    longitude: float | None
    address: str | None
    town: str | None
    minutes: dict[str, list[int]]
    contact_name: str | None
    channel: Channel | None
    day: date
    total: int
    put_off_until: datetime | None
    stage: Stage | None
    dense_stage: Stage | None
    dense_until: date | None


class AgendaRows(NamedTuple):
    bookings: list[BookingRow]
    promises: list[PromiseRow]
    due: list[DueRow]
    put_off: list[DueRow]


@cache
def agenda_query() -> CombinedRead[AgendaRows]:
    """For the parameters owners, user, now; first and last day; start and end of the week."""
    return CombinedRead(
        AgendaRows, bookings=_bookings(), promises=_promises(), due=_due(), put_off=_put_off()
    )


def _client() -> tuple[Any, ...]:
    return (
        Client.id.label("client_id"),
        Client.name.label("client_name"),
        Client.latitude,
        Client.longitude,
        Client.address,
        Client.town,
        Client.usual_minutes.label("minutes"),
    )


def _listed() -> tuple[sa.ColumnElement[bool], ...]:
    owners: Any = sa.bindparam("owners", expanding=True)
    return (Client.owner_id.in_(owners), Client.status == ClientStatus.ACTIVE)


def _bookings() -> Any:
    query = (
        sa.select(
            *_client(),
            Contact.name.label("contact_name"),
            Booking.id.label("booking_id"),
            Booking.kind,
            Booking.at,
        )
        .select_from(Booking)
        .join(Client, Client.id == Booking.client_id)
        .outerjoin(Contact, Contact.id == Booking.contact_id)
        .where(*_listed(), Booking.settled_at.is_(None), Booking.cancelled_at.is_(None))
        .where(Booking.at >= _START, Booking.at < _END)
        .order_by(Booking.at, Booking.id)
        .limit(BOOKED_AT_MOST)
    )
    return _wrapped(query)


def _promises() -> Any:
    """The open promises that this user keeps, ranked within their day."""
    mine = sa.or_(Promise.owner_id == _USER, sa.and_(Promise.owner_id.is_(None), _listed()[0]))
    query = (
        sa.select(
            Client.id.label("client_id"),
            Client.name.label("client_name"),
            Client.usual_minutes.label("minutes"),
            Contact.name.label("contact_name"),
            Preference.channel,
            Promise.words,
            Promise.falls_due.label("day"),
            *_ranked(Promise.falls_due, Promise.id),
        )
        .select_from(Promise)
        .join(Client, Client.id == Promise.client_id)
        .outerjoin(Contact, Contact.id == Promise.contact_id)
        .outerjoin(Preference, (Preference.contact_id == Contact.id) & Preference.is_current)
        .where(Promise.kept.is_(None), Promise.falls_due >= _FIRST, Promise.falls_due <= _LAST)
        .where(mine, Client.status == ClientStatus.ACTIVE)
    )
    return _first_of_each_day(query)


def _due() -> Any:
    """The clients due in the week; of each day those with the greatest need."""
    ranks = _ranked(Client.next_due, -Client.need_per_day, Client.id)
    chosen = (
        sa.select(Client.id, *ranks)
        .where(*_listed(), Client.next_due >= _FIRST, Client.next_due <= _LAST)
        .subquery()
    )
    within = sa.select(chosen).where(chosen.c.place <= DUE_A_DAY).subquery()
    return _due_rows(within.c.total).join(within, within.c.id == Client.id)


def _put_off() -> Any:
    """The clients that were due before, and were put off into the week."""
    return _due_rows(sa.literal(1, sa.Integer()).label("total")).where(
        *_listed(), Client.next_due < _FIRST, _put_off_until() >= _START, _put_off_until() < _END
    )


def _due_rows(total: Any) -> Any:
    to_reach = (
        sa.select(Contact.id)
        .where(Contact.client_id == Client.id)
        .order_by(Contact.is_primary.desc(), Contact.position, Contact.id)
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )
    return (
        sa.select(
            *_client(),
            Contact.name.label("contact_name"),
            Preference.channel,
            Client.next_due.label("day"),
            total,
            _put_off_until().label("put_off_until"),
            Cadence.stage,
            Intensification.stage.label("dense_stage"),
            Intensification.until.label("dense_until"),
        )
        .select_from(Client)
        .outerjoin(Contact, Contact.id == to_reach)
        .outerjoin(Preference, (Preference.contact_id == Contact.id) & Preference.is_current)
        .outerjoin(Cadence, (Cadence.client_id == Client.id) & Cadence.ended_at.is_(None))
        .outerjoin(
            Intensification,
            (Intensification.client_id == Client.id) & Intensification.ended_at.is_(None),
        )
    )


def _put_off_until() -> Any:
    return (
        sa.select(Postponement.until)
        .where(Postponement.client_id == Client.id, Postponement.until > _NOW)
        .order_by(Postponement.at.desc())
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )


def _ranked(day: Any, *order: Any) -> tuple[Any, Any]:
    """How many stand on that day, and the place of each among them."""
    total = sa.func.count().over(partition_by=day).label("total")
    place = sa.func.row_number().over(partition_by=day, order_by=order).label("place")
    return total, place


def _first_of_each_day(query: Any) -> Any:
    ranked = query.subquery()
    columns = [column for column in ranked.c if column.key != "place"]
    return sa.select(*columns).where(ranked.c.place <= DUE_A_DAY)


def _wrapped(query: Any) -> Any:
    """As a subquery: an arm of a union has neither order nor limit of its own."""
    return sa.select(*query.subquery().c)
