"""The day's tour: visits in driving order, and the calls that fit between them (R20)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations
from math import asin, cos, radians, sin, sqrt

import fast_tsp

from pwa.operations.client_state.loader import MapPlace
from pwa.rules.day_list.calls_between_visits import Call, Stop, calls_between, in_time
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.enums import RowKind, RowTier

EARTH_KM = 6371
LARGEST = 65535
EXACTLY = 13  # the best way round costs 0.3 ms up to here and doubles with each stop
ROADS = 1.3  # how much longer a road is than the way a crow flies
KM_AN_HOUR = 50
TO_PARK = 5  # minutes
FEW = 5  # so many visits are tried in every order: 120 of them
SOMEWHERE = 20  # minutes of driving where a position is not known


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The visits in order; by the client of each the calls to make there before driving on."""

    visits: tuple[Row, ...] = ()
    between: dict[int, tuple[Row, ...]] = field(default_factory=dict)

    def has(self, row: Row) -> bool:
        """Whether the row stands between two visits."""
        return any(row in rows for rows in self.between.values())


def plan_itinerary(
    visits: Sequence[Row],
    calls: Sequence[Row],
    places: dict[int, MapPlace],
    first: Row | None,
    now: datetime,
) -> Itinerary:
    """The tour after the conversation with `first`, from its place, beginning at `now`."""
    start = places.get(first.client_id) if first else None
    at = now + timedelta(minutes=first.minutes if first else 0)
    ordered = _in_time(driving_order(visits, places, start), places, start, at)
    if len(ordered) < 2:
        return Itinerary(ordered)
    offered = [row for row in calls if _may_wait(row)]
    gaps = calls_between(_stops(ordered, places, start), [_call(row, now) for row in offered], at)
    between = {
        row.client_id: tuple(offered[number] for number in numbers)
        for row, numbers in zip(ordered, gaps, strict=False)
        if numbers
    }
    return Itinerary(ordered, between)


def _in_time(
    rows: Sequence[Row], places: dict[int, MapPlace], start: MapPlace | None, at: datetime
) -> tuple[Row, ...]:
    """The same visits in an order that keeps the agreed times, where there are any."""
    few = 1 < len(rows) <= FEW
    if not few or not any(row.tier is RowTier.BOOKED for row in rows):
        return tuple(rows)
    orders = list(permutations(rows))
    return orders[in_time([_stops(one, places, start) for one in orders], at)]


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


def driving_order(
    rows: Sequence[Row], places: dict[int, MapPlace], start: MapPlace | None
) -> list[Row]:
    """The rows in the order of a short tour from `start`; those without a position come last."""
    stops = [row for row in rows if places[row.client_id].is_known]
    unknown = [row for row in rows if not places[row.client_id].is_known]
    if len(stops) < 2:
        return stops + unknown
    from_start = [start] if start and start.is_known else []
    points = [*from_start, *(places[row.client_id] for row in stops)]
    distances = _scaled([[kilometres(a, b) for b in points] for a in points])
    tour = fast_tsp.solve_tsp_exact if len(points) <= EXACTLY else fast_tsp.greedy_nearest_neighbor
    order = tour(distances)
    turned = order[order.index(0) :] + order[: order.index(0)]
    return [stops[i - len(from_start)] for i in turned if i >= len(from_start)] + unknown


def _scaled(distances: list[list[float]]) -> list[list[int]]:
    """Whole numbers of 16 bits, which is what the solver takes."""
    farthest = max(map(max, distances)) or 1
    return [[round(one * LARGEST / farthest) for one in row] for row in distances]


def kilometres(a: MapPlace, b: MapPlace) -> float:
    """The great-circle distance (haversine). Both must have a position."""
    lat_a, lon_a, lat_b, lon_b = map(
        radians, (a.latitude or 0, a.longitude or 0, b.latitude or 0, b.longitude or 0)
    )
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
