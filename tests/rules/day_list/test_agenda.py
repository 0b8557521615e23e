"""The days of the agenda: what stands where, counted once, against the capacity."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from pwa.rules.day_list.agenda import AgendaItem, arrange_days, coming_days, is_day_over
from pwa.rules.vocabulary.calendar import WEEKDAYS
from pwa.rules.vocabulary.enums import RowKind, RowTier

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
CALL, VISIT = RowKind.CALL, RowKind.VISIT
BOOKED, PROMISE, CADENCE = RowTier.BOOKED, RowTier.PROMISE, RowTier.CADENCE


def item(tier, client=1, kind=CALL, minutes=10, hour=None, day=MONDAY):
    at = datetime(2026, 11, 23, hour, tzinfo=UTC) if hour else None
    return AgendaItem(day, tier, kind, client, f"Client {client}", "", minutes, at)


def days(*items, more=0, promises=0, capacity=60):
    week = coming_days(FRIDAY)
    return arrange_days(week, items, {MONDAY: more}, {MONDAY: promises}, capacity, WEEKDAYS)


def monday(*items, **more):
    return days(*items, **more)[2]


def test_seven_days_from_tomorrow_on():
    week = days()
    assert [day.day.day for day in week] == [21, 22, 23, 24, 25, 26, 27]
    assert [day.has for day in week] == [0, 0, 60, 60, 60, 60, 60]
    assert all(day.is_empty for day in week)


@pytest.mark.parametrize(
    ("items", "more", "asks"),
    [
        ([item(CADENCE), item(CADENCE, 2)], 0, 20),
        ([item(CADENCE)], 210, 2110),
        # A client counts once on a day, with what is most urgent there ...
        ([item(BOOKED, hour=9, minutes=45), item(PROMISE), item(CADENCE)], 0, 45),
        ([item(PROMISE, minutes=5), item(CADENCE, minutes=20)], 0, 5),
        # ... but two bookings are two conversations.
        ([item(BOOKED, hour=9), item(BOOKED, hour=15)], 0, 20),
    ],
)
def test_how_much_of_the_day_it_takes(items, more, asks):
    day = monday(*items, more=more)
    assert (day.asks, day.is_too_much) == (asks, asks > 60)


def test_bookings_by_time_and_no_cadence_beside_them():
    late, early = item(BOOKED, 1, hour=15), item(BOOKED, 2, hour=9)
    due = item(CADENCE, 3)
    day = monday(late, due, item(CADENCE, 1), early)
    assert (day.booked, day.due) == ((early, late), (due,))


def test_visits_stand_apart_booked_or_due_but_never_for_a_promise():
    booked, due = item(BOOKED, 1, VISIT, hour=9), item(CADENCE, 2, VISIT)
    promise = item(PROMISE, 3, VISIT)
    day = monday(booked, due, promise)
    assert (day.visits, day.promises) == ((booked, due), (promise,))
    assert (day.booked, day.due) == ((), ())


def test_on_a_day_off_anything_is_more_than_there_is_time_for():
    day = days(item(BOOKED, hour=9, day=SATURDAY))[0]
    assert (day.is_working_day, day.is_empty, day.is_too_much) == (False, False, True)


OSLO = ZoneInfo("Europe/Oslo")
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
EVENING_AT = time(17)


@dataclass
class Waiting:
    """A row as far as the end of a day looks at it."""

    open_now: bool
    waits_until: datetime | None = None


@pytest.mark.parametrize(
    ("rows", "now", "over"),
    [
        ([], NOON, True),
        ([Waiting(True)], NOON, False),
        ([Waiting(False, NOON.replace(hour=13))], NOON, False),
        ([Waiting(False, NOON.replace(day=21))], NOON, True),
        ([Waiting(False)], NOON, True),
        ([Waiting(False, NOON.replace(day=21)), Waiting(True)], NOON, False),
        # In the evening, by the manager's clock, whatever is left.
        ([Waiting(True)], NOON.replace(hour=16), True),
        ([Waiting(True)], NOON.replace(hour=15, minute=59), False),
    ],
)
def test_when_a_day_is_over(rows, now, over):
    assert is_day_over(rows, now, OSLO, EVENING_AT) is over
