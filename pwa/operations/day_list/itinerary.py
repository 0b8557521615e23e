"""The itinerary of a day: visits in driving order (shortest tour by great-circle distance), and the
calls that fit between them (R20)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations
from math import asin, cos, radians, sin, sqrt
from typing import Protocol, TypeVar

import fast_tsp

from pwa.operations.client_state.map_place import MapPlace
from pwa.rules.day_list.calls_between_visits import Call, Stop, calls_between, most_punctual_tour
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.enums import RowKind, RowTier

EARTH_KM = 6371
MAX_DISTANCE = 65535
SOLVED_EXACTLY = 13  # stops; the exact solver takes 0.3 ms here and doubles with each
ROAD_FACTOR = 1.3  # road distance over great-circle distance
KM_PER_HOUR = 50
PARKING = 5  # minutes
PERMUTED = 5  # up to so many visits every order is tried: 120 orders
UNKNOWN_DRIVE = 20  # minutes of driving where a position is not known


class Visit(Protocol):
    """A row of a list, booked for `at` in the tier of bookings."""

    @property
    def client_id(self) -> int: ...
    @property
    def tier(self) -> RowTier: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def minutes(self) -> int: ...


V = TypeVar("V", bound=Visit)


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The visits in order, and by client id the calls to make after that visit."""

    visits: tuple[Row, ...] = ()
    between: dict[int, tuple[Row, ...]] = field(default_factory=dict)

    def has(self, row: Row) -> bool:
        """Whether the row is a call between two visits."""
        return any(row in rows for rows in self.between.values())


def plan_itinerary(
    visits: Sequence[Row],
    calls: Sequence[Row],
    places: dict[int, MapPlace],
    first: Row | None,
    now: datetime,
) -> Itinerary:
    """The itinerary from the place of `first`, starting when that conversation has ended."""
    start = places.get(first.client_id) if first else None
    at = now + timedelta(minutes=first.minutes if first else 0)
    ordered = visit_order(visits, places, start, at)
    if len(ordered) < 2:
        return Itinerary(ordered)
    phone_calls = [row for row in calls if _can_wait(row)]
    gaps = calls_between(
        _stops(ordered, places, start), [_call(row, now) for row in phone_calls], at
    )
    between = {
        row.client_id: tuple(phone_calls[number] for number in numbers)
        for row, numbers in zip(ordered, gaps, strict=False)
        if numbers
    }
    return Itinerary(ordered, between)


def visit_order(
    visits: Sequence[V], places: dict[int, MapPlace], start: MapPlace | None, at: datetime
) -> tuple[V, ...]:
    """The visits in driving order from `start`, left at `at`; booked times are kept if few."""
    return _keep_booked_times(driving_order(visits, places, start), places, start, at)


def _keep_booked_times(
    rows: Sequence[V], places: dict[int, MapPlace], start: MapPlace | None, at: datetime
) -> tuple[V, ...]:
    """Reorders few visits so that booked times are kept, if any are booked."""
    few = 1 < len(rows) <= PERMUTED
    if not few or not any(row.tier is RowTier.BOOKED for row in rows):
        return tuple(rows)
    orders = list(permutations(rows))
    return orders[most_punctual_tour([_stops(order, places, start) for order in orders], at)]


def minutes_between(a: MapPlace | None, b: MapPlace | None) -> int:
    """Minutes of driving, parking included."""
    if a is None or b is None or not a.is_known or not b.is_known:
        return UNKNOWN_DRIVE
    return round(kilometres(a, b) * ROAD_FACTOR * 60 / KM_PER_HOUR) + PARKING


def _stops(
    rows: Sequence[Visit], places: dict[int, MapPlace], start: MapPlace | None
) -> list[Stop]:
    stops = []
    for row in rows:
        place = places.get(row.client_id)
        booked = row.at if row.tier is RowTier.BOOKED else None
        stops.append(Stop(row.minutes, minutes_between(start, place), booked))
        start = place
    return stops


def _can_wait(row: Row) -> bool:
    """Whether it is a phone call that can wait: recoveries cannot."""
    return row.kind is RowKind.CALL and row.tier is not RowTier.RECOVERY and bool(row.phone)


def _call(row: Row, now: datetime) -> Call:
    booked = row.at if row.tier is RowTier.BOOKED else None
    closes = row.window.closes if row.window and row.window.closes > now else None
    return Call(row.minutes, now if row.open_now else row.waits_until, closes, booked)


def driving_order(
    rows: Sequence[V], places: dict[int, MapPlace], start: MapPlace | None
) -> list[V]:
    """The rows in the order of a short tour from `start`; rows without a position come last."""
    stops = [row for row in rows if places[row.client_id].is_known]
    unknown = [row for row in rows if not places[row.client_id].is_known]
    if len(stops) < 2:
        return stops + unknown
    from_start = [start] if start and start.is_known else []
    points = [*from_start, *(places[row.client_id] for row in stops)]
    distances = _scaled([[kilometres(a, b) for b in points] for a in points])
    solve = (
        fast_tsp.solve_tsp_exact
        if len(points) <= SOLVED_EXACTLY
        else fast_tsp.greedy_nearest_neighbor
    )
    order = solve(distances)
    from_first = order[order.index(0) :] + order[: order.index(0)]
    return [stops[i - len(from_start)] for i in from_first if i >= len(from_start)] + unknown


def _scaled(distances: list[list[float]]) -> list[list[int]]:
    """The distances scaled to 16-bit integers, as the solver needs them."""
    farthest = max(map(max, distances)) or 1
    return [[round(km * MAX_DISTANCE / farthest) for km in row] for row in distances]


def kilometres(a: MapPlace, b: MapPlace) -> float:
    """The great-circle distance (haversine). Both must have a position."""
    lat_a, lon_a, lat_b, lon_b = map(
        radians, (a.latitude or 0, a.longitude or 0, b.latitude or 0, b.longitude or 0)
    )
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
