"""The agenda: what the coming days hold, and how much of each day it takes (R12, R19, R20)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from pwa.rules.day_list.row import Row
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.vocabulary.calendar import Calendar
from pwa.rules.vocabulary.enums import RowKind, RowTier, Stage
from pwa.rules.vocabulary.timezones import local_day

DAYS = 7


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something with one client on one day: booked, promised, or due by cadence.

    `at` and `booking_id` belong to a booking, `words` to a promise, `stage` to a cadence;
    `put_off` says that the client was put off until this day.
    """

    day: date
    tier: RowTier
    kind: RowKind
    client_id: int
    client_name: str
    contact_name: str
    minutes: int
    at: datetime | None = None
    booking_id: int | None = None
    words: str = ""
    stage: Stage | None = None
    put_off: bool = False


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The items of a day, each in its order; `visits` are booked or due.

    `more` clients are due beyond those, `more_promises` likewise. `asks` are the minutes of all of
    them, `has` the capacity: 0 on a day off.
    """

    day: date
    is_working_day: bool
    booked: tuple[AgendaItem, ...]
    visits: tuple[AgendaItem, ...]
    promises: tuple[AgendaItem, ...]
    due: tuple[AgendaItem, ...]
    more: int
    more_promises: int
    asks: int
    has: int

    @property
    def is_too_much(self) -> bool:
        """Whether the day holds more than its capacity (R12)."""
        return self.asks > self.has

    @property
    def is_empty(self) -> bool:
        return not (self.booked or self.visits or self.promises or self.due or self.more)


def coming_days(today: date) -> list[date]:
    """The days that the agenda shows, tomorrow first."""
    return [today + timedelta(days=number) for number in range(1, DAYS + 1)]


def arrange_days(
    days: Sequence[date],
    items: Iterable[AgendaItem],
    unseen: dict[date, int],
    unseen_promises: dict[date, int],
    capacity_minutes: int,
    calendar: Calendar,
) -> list[AgendaDay]:
    """The days with their items: bookings by time, the rest by name.

    A client who is booked on a day is not due on it as well: the conversation is the same one.
    """
    by_day = {
        day: list(group)
        for day, group in groupby(sorted(items, key=_by_day), lambda item: item.day)
    }
    return [
        _agenda_day(
            day,
            by_day.get(day, []),
            unseen.get(day, 0),
            unseen_promises.get(day, 0),
            capacity_minutes if calendar.is_working_day(day) else 0,
            calendar,
        )
        for day in days
    ]


def _by_day(item: AgendaItem) -> tuple[date, int, float, str, int]:
    at = item.at.timestamp() if item.at else 0.0
    return (item.day, item.tier.rank, at, item.client_name.casefold(), item.client_id)


def _agenda_day(
    day: date, items: list[AgendaItem], more: int, more_promises: int, has: int, calendar: Calendar
) -> AgendaDay:
    booked_clients = {item.client_id for item in items if item.tier is RowTier.BOOKED}
    kept = [
        item
        for item in items
        if item.tier is not RowTier.CADENCE or item.client_id not in booked_clients
    ]
    visits = [item for item in kept if item.kind is RowKind.VISIT and _is_visit(item)]
    rest = [item for item in kept if item not in visits]
    return AgendaDay(
        day,
        calendar.is_working_day(day),
        tuple(_of(RowTier.BOOKED, rest)),
        tuple(visits),
        tuple(_of(RowTier.PROMISE, rest)),
        tuple(_of(RowTier.CADENCE, rest)),
        more,
        more_promises,
        _minutes(kept) + more * USUAL[RowKind.CALL],
        has,
    )


def _is_visit(item: AgendaItem) -> bool:
    """A promise is kept wherever it is kept: nobody drives for it alone."""
    return item.tier is not RowTier.PROMISE


def _of(tier: RowTier, items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    return (item for item in items if item.tier is tier)


def _minutes(items: Iterable[AgendaItem]) -> int:
    """The minutes of a day: a client counts once, with what is most urgent (R19).

    Of several bookings with a client each counts.
    """
    spent, counted = 0, set[int]()
    for item in items:  # in the order of their tiers
        if item.tier is RowTier.BOOKED or item.client_id not in counted:
            spent += item.minutes
        counted.add(item.client_id)
    return spent


def is_day_over(rows: Sequence[Row], now: datetime, zone: ZoneInfo, evening_at: time) -> bool:
    """Whether the day has come to its end: the evening, or nothing is left that can be done today.

    `rows` are those of the list; a row without any window in sight can wait.
    """
    if now.astimezone(zone).time() >= evening_at:
        return True
    if any(row.open_now for row in rows):
        return False
    today = local_day(now, zone)
    return not any(row.waits_until and local_day(row.waits_until, zone) == today for row in rows)
