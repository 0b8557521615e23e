"""The day's tour: visits in driving order, and the calls that fit between them (R20)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations

from pwa.operations.client_state.loader import MapPlace
from pwa.operations.day_list.driving_order import driving_order, kilometres
from pwa.rules.day_list.calls_between_visits import Call, Stop, calls_between, most_punctual_tour
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.enums import RowKind, RowTier

ROADS = 1.3  # how much longer a road is than the way a crow flies
KM_AN_HOUR = 50
TO_PARK = 5  # minutes
FEW = 5  # so many visits are tried in every order: 120 of them
SOMEWHERE = 20  # minutes of driving where a position is not known


@dataclass(frozen=True, slots=True)
class Tour:
    """The visits in order; by the client of each the calls to make there before driving on."""

    visits: tuple[Row, ...] = ()
    between: dict[int, tuple[Row, ...]] = field(default_factory=dict)

    def has(self, row: Row) -> bool:
        """Whether the row stands between two visits."""
        return any(row in rows for rows in self.between.values())


def tour(
    visits: Sequence[Row],
    calls: Sequence[Row],
    places: dict[int, MapPlace],
    first: Row | None,
    now: datetime,
) -> Tour:
    """The tour after the conversation with `first`, from its place, beginning at `now`."""
    start = places.get(first.client_id) if first else None
    at = now + timedelta(minutes=first.minutes if first else 0)
    ordered = _in_time(driving_order(visits, places, start), places, start, at)
    if len(ordered) < 2:
        return Tour(ordered)
    offered = [row for row in calls if _may_wait(row)]
    gaps = calls_between(_stops(ordered, places, start), [_call(row, now) for row in offered], at)
    between = {
        row.client_id: tuple(offered[number] for number in numbers)
        for row, numbers in zip(ordered, gaps, strict=False)
        if numbers
    }
    return Tour(ordered, between)


def _in_time(
    rows: Sequence[Row], places: dict[int, MapPlace], start: MapPlace | None, at: datetime
) -> tuple[Row, ...]:
    """The same visits in an order that keeps the agreed times, where there are any."""
    few = 1 < len(rows) <= FEW
    if not few or not any(row.tier is RowTier.BOOKED for row in rows):
        return tuple(rows)
    orders = list(permutations(rows))
    return orders[most_punctual_tour([_stops(one, places, start) for one in orders], at)]


def minutes_between(a: MapPlace | None, b: MapPlace | None) -> int:
    """How long the drive takes, parking included."""
    if a is None or b is None or not a.is_known or not b.is_known:
        return SOMEWHERE
    return round(kilometres(a, b) * ROADS * 60 / KM_AN_HOUR) + TO_PARK


def _stops(rows: Sequence[Row], places: dict[int, MapPlace], start: MapPlace | None) -> list[Stop]:
    stops = []
    for row in rows:
        place = places.get(row.client_id)
        booked = row.at if row.tier is RowTier.BOOKED else None
        stops.append(Stop(row.minutes, minutes_between(start, place), booked))
        start = place
    return stops


def _may_wait(row: Row) -> bool:
    """A phone call that need not be the next thing: what went wrong is called about first."""
    return row.kind is RowKind.CALL and row.tier is not RowTier.RECOVERY and bool(row.phone)


def _call(row: Row, now: datetime) -> Call:
    booked = row.at if row.tier is RowTier.BOOKED else None
    closes = row.window.closes if row.window and row.window.closes > now else None
    return Call(row.minutes, now if row.open_now else row.waits_until, closes, booked)
