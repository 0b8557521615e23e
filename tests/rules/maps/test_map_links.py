"""Links into the three map apps: which places, in which order, and what is left out."""

from dataclasses import dataclass

import pytest

from pwa.rules.maps.map_links import MapApp, drive_link, route, show_link

GOOGLE, APPLE, OSM = MapApp.GOOGLE, MapApp.APPLE, MapApp.OPENSTREETMAP


@dataclass
class Place:
    latitude: float | None = None
    longitude: float | None = None
    words: str = ""


HALDEN = Place(59.1226, 11.3871, "Storgata 1, Halden")
OSLO = Place(59.91, 10.75)
CAFE = Place(words="Rue de l'Été 5 & 7, Orléans")
NOWHERE = Place(words=" ")
HALF = Place(latitude=59.9, words="Dronning Eufemias gate 8")
ENCODED = "Rue%20de%20l%27%C3%89t%C3%A9%205%20%26%207%2C%20Orl%C3%A9ans"


@pytest.mark.parametrize(
    ("app", "places", "link"),
    [
        (
            GOOGLE,
            [HALDEN, CAFE, OSLO],
            "https://www.google.com/maps/dir/?api=1&destination=59.91000%2C10.75000"
            f"&travelmode=driving&waypoints=59.12260%2C11.38710%7C{ENCODED}",
        ),
        (
            GOOGLE,
            [CAFE],
            f"https://www.google.com/maps/dir/?api=1&destination={ENCODED}&travelmode=driving",
        ),
        (
            APPLE,
            [HALDEN, CAFE, OSLO],
            f"https://maps.apple.com/?daddr=59.12260%2C11.38710+to:{ENCODED}"
            "+to:59.91000%2C10.75000&dirflg=d",
        ),
        (
            OSM,
            [HALDEN, CAFE],
            f"https://www.openstreetmap.org/directions?from=59.12260%2C11.38710&to={ENCODED}",
        ),
        (OSM, [OSLO], "https://www.openstreetmap.org/directions?to=59.91000%2C10.75000"),
        (None, [OSLO], "https://www.openstreetmap.org/directions?to=59.91000%2C10.75000"),
        (APPLE, [HALF], "https://maps.apple.com/?daddr=Dronning%20Eufemias%20gate%208&dirflg=d"),
        (GOOGLE, [NOWHERE], ""),
        (OSM, [], ""),
    ],
)
def test_the_way_through_places(app, places, link):
    assert route(app, places).link == link


@pytest.mark.parametrize(
    ("app", "count", "stops", "cut"),
    [
        (GOOGLE, 10, 10, 0),
        (GOOGLE, 12, 10, 2),
        (APPLE, 15, 15, 0),
        (APPLE, 16, 15, 1),
        (OSM, 2, 2, 0),
        (OSM, 5, 2, 3),
    ],
)
def test_no_more_than_the_app_takes_and_the_first_stay(app, count, stops, cut):
    places = [Place(50 + number, 10) for number in range(count)]
    taken = route(app, places)
    assert (taken.stops, taken.cut) == (stops, cut)
    assert f"{50 + stops - 1}.00000" in taken.link
    assert f"{50 + stops}.00000" not in taken.link


def test_whoever_has_no_place_is_named_and_takes_no_room():
    taken = route(OSM, [NOWHERE, HALDEN, NOWHERE, OSLO])
    assert (taken.stops, taken.cut, taken.unplaced) == (2, 0, (0, 2))


@pytest.mark.parametrize(
    ("app", "place", "link"),
    [
        (GOOGLE, OSLO, "https://www.google.com/maps/search/?api=1&query=59.91000%2C10.75000"),
        (APPLE, CAFE, f"https://maps.apple.com/?q={ENCODED}"),
        (
            OSM,
            OSLO,
            "https://www.openstreetmap.org/?mlat=59.91000&mlon=10.75000#map=17/59.91000/10.75000",
        ),
        (None, CAFE, f"https://www.openstreetmap.org/search?query={ENCODED}"),
        (OSM, Place(0.00001, 0), "https://www.openstreetmap.org/?mlat=0.00001&mlon=0.00000"),
        (GOOGLE, NOWHERE, ""),
    ],
)
def test_a_place_on_the_map(app, place, link):
    assert show_link(app, place).startswith(link)
    assert bool(show_link(app, place)) == bool(link)


def test_driving_to_one_place():
    assert drive_link(OSM, OSLO) == route(OSM, [OSLO]).link
