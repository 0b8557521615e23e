"""Links into a map app: to show a place, to drive there, to drive to several in order (R20).

Positions where they are known, else addresses, percent-encoded. No link names a start but those of
OpenStreetMap: the others begin where the phone is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote, urlencode


class MapApp(StrEnum):
    """The map app that a user chose; the values are stored."""

    GOOGLE = "google"
    APPLE = "apple"
    OPENSTREETMAP = "openstreetmap"


DEFAULT = MapApp.OPENSTREETMAP
# Google: nine waypoints and a destination. OpenStreetMap: from one place to another, no others.
MOST_STOPS = {MapApp.GOOGLE: 10, MapApp.APPLE: 15, MapApp.OPENSTREETMAP: 2}
_GOOGLE = "https://www.google.com/maps/"
_APPLE = "https://maps.apple.com/?"
_OSM = "https://www.openstreetmap.org/"


class Place(Protocol):
    """A position in degrees where it is known, and an address in words."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def words(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Route:
    """A link through the first `stops` places; `cut` are those that the app does not take.

    `unplaced` are the indexes of places without position and address. The link is empty without
    any place.
    """

    link: str
    stops: int
    cut: int
    unplaced: tuple[int, ...]


def show_link(app: MapApp | None, place: Place) -> str:
    """Shows a place on the map; empty where nothing is known."""
    where = _where(place)
    if not where:
        return ""
    if app is MapApp.GOOGLE:
        return f"{_GOOGLE}search/?{_query(api='1', query=where)}"
    if app is MapApp.APPLE:
        return _APPLE + _query(q=where)
    if place.latitude is None or place.longitude is None:
        return f"{_OSM}search?{_query(query=where)}"
    pin = _query(mlat=_degrees(place.latitude), mlon=_degrees(place.longitude))
    return f"{_OSM}?{pin}#map=17/{_degrees(place.latitude)}/{_degrees(place.longitude)}"


def drive_link(app: MapApp | None, place: Place) -> str:
    """Leads to a place; empty where nothing is known."""
    return route(app, [place]).link


def route(app: MapApp | None, places: Sequence[Place]) -> Route:
    """The way through the places in their order, as many as the app takes."""
    app = app or DEFAULT
    wheres = [_where(place) for place in places]
    stops = [where for where in wheres if where]
    taken = stops[: MOST_STOPS[app]]
    unplaced = tuple(number for number, where in enumerate(wheres) if not where)
    link = _LINKS[app](taken) if taken else ""
    return Route(link, len(taken), len(stops) - len(taken), unplaced)


def _google(stops: list[str]) -> str:
    *between, last = stops
    values = {"api": "1", "destination": last, "travelmode": "driving"}
    if between:
        values["waypoints"] = "|".join(between)
    return f"{_GOOGLE}dir/?{_query(**values)}"


def _apple(stops: list[str]) -> str:
    return f"{_APPLE}daddr={'+to:'.join(quote(stop, safe='') for stop in stops)}&dirflg=d"


def _openstreetmap(stops: list[str]) -> str:
    values = {"from": stops[0]} if len(stops) > 1 else {}
    return f"{_OSM}directions?{_query(**values, to=stops[-1])}"


_LINKS = {
    MapApp.GOOGLE: _google,
    MapApp.APPLE: _apple,
    MapApp.OPENSTREETMAP: _openstreetmap,
}


def _where(place: Place) -> str:
    if place.latitude is not None and place.longitude is not None:
        return f"{_degrees(place.latitude)},{_degrees(place.longitude)}"
    return place.words.strip()


def _degrees(value: float) -> str:
    """A metre is enough: never in powers of ten, as in 1e-05."""
    return f"{value:.5f}"


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote, safe="")
