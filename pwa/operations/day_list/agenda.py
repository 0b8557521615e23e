"""The agenda of a manager: tomorrow and the rest of the week, in one read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pwa.models import User
from pwa.operations.accounts import covers
from pwa.operations.client_state.map_place import MapPlace
from pwa.operations.day_list.agenda_query import (
    AgendaRows,
    BookingRow,
    DueRow,
    PromiseRow,
    agenda_query,
)
from pwa.operations.day_list.day_list import manager_context
from pwa.operations.day_list.itinerary import visit_order
from pwa.rules.day_list.agenda import AgendaDay, AgendaItem, arrange_days, coming_days
from pwa.rules.day_list.row_kind import kind_by_booking, kind_by_channel
from pwa.rules.scheduling.cadence import (
    CadenceAgreement,
    IntensificationTerms,
    effective_stage,
)
from pwa.rules.scheduling.durations import row_minutes
from pwa.rules.scheduling.working_time import STARTS
from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import RowKind, RowTier, Stage
from pwa.rules.vocabulary.timezones import local_day, moment


@dataclass(frozen=True, slots=True)
class Agenda:
    """The coming days, tomorrow first, and the places of clients to visit, by client id."""

    days: list[AgendaDay]
    places: dict[int, MapPlace]


def for_manager(user: User, now: datetime) -> Agenda:
    """The manager's week from tomorrow on, in one statement for any size of the book."""
    zone, days = user.zone, coming_days(local_day(now, user.zone))
    rows = agenda_query().read(
        {
            "owners": [user.id, *covers.absent_for(user, now)],
            "user": user.id,
            "now": now,
            "first": days[0],
            "last": days[-1],
            "start": moment(days[0], time(), zone),
            "end": moment(later(days[-1]), time(), zone),
        }
    )
    to_visit: list[BookingRow | DueRow] = [*rows.bookings, *rows.due, *rows.put_off]
    places = {row.client_id: _place(row) for row in to_visit}
    arranged = arrange_days(
        days,
        _items(rows, zone),
        _unseen(rows.due),
        _unseen(rows.promises),
        user.capacity_minutes,
        manager_context(user).calendar,
    )
    return Agenda([_in_driving_order(day, places, zone) for day in arranged], places)


def _items(rows: AgendaRows, zone: ZoneInfo) -> Iterator[AgendaItem]:
    for booking in rows.bookings:
        yield _booked(booking, zone)
    for promise in rows.promises:
        kind = kind_by_channel(promise.channel)
        yield AgendaItem(
            promise.day,
            RowTier.PROMISE,
            kind,
            promise.client_id,
            promise.client_name,
            promise.contact_name or "",
            _minutes(promise, kind),
            words=promise.words,
        )
    for row in (*rows.due, *rows.put_off):
        yield _due(row, zone)


def _booked(row: BookingRow, zone: ZoneInfo) -> AgendaItem:
    kind = kind_by_booking(row.kind)
    return AgendaItem(
        local_day(row.at, zone),
        RowTier.BOOKED,
        kind,
        row.client_id,
        row.client_name,
        row.contact_name or "",
        _minutes(row, kind),
        at=row.at,
        booking_id=row.booking_id,
    )


def _due(row: DueRow, zone: ZoneInfo) -> AgendaItem:
    """On its due day, or on the later one until which the client was put off (R21)."""
    put_off = local_day(row.put_off_until, zone) if row.put_off_until else row.day
    kind, day = kind_by_channel(row.channel), max(row.day, put_off)
    return AgendaItem(
        day,
        RowTier.CADENCE,
        kind,
        row.client_id,
        row.client_name,
        row.contact_name or "",
        _minutes(row, kind),
        stage=_stage_on(row, day),
        put_off=day > row.day,
    )


def _stage_on(row: DueRow, day: date) -> Stage:
    dense = IntensificationTerms(row.dense_stage, row.dense_until) if row.dense_stage else None
    return effective_stage(CadenceAgreement(row.stage or Stage.MONTHLY, day, dense), day)


def _minutes(row: BookingRow | PromiseRow | DueRow, kind: RowKind) -> int:
    """Kinds of rows and of calls have the same names, but for writing, which has no length."""
    return row_minutes(kind, (row.minutes or {}).get(kind.value, ()))


def _unseen(rows: Iterable[DueRow | PromiseRow]) -> dict[date, int]:
    """How many more there are on each day than were read."""
    unseen: dict[date, int] = {}
    for row in rows:
        unseen[row.day] = unseen.get(row.day, row.total) - 1
    return unseen


def _place(row: BookingRow | DueRow) -> MapPlace:
    return MapPlace(row.latitude, row.longitude, ", ".join(filter(None, (row.address, row.town))))


def _in_driving_order(day: AgendaDay, places: dict[int, MapPlace], zone: ZoneInfo) -> AgendaDay:
    start = moment(day.day, STARTS, zone)
    return replace(day, visits=visit_order(day.visits, places, None, start))
