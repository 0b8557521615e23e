"""Places and routes as links into the map app that the signed-in user chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import Flask
from flask_babel import gettext as _
from flask_login import current_user

from pwa.models import Client
from pwa.operations.client_state.map_place import MapPlace
from pwa.rules.maps import map_links
from pwa.rules.maps.map_links import MapApp


class Visit(Protocol):
    """A row of a list that is a visit."""

    @property
    def client_id(self) -> int: ...
    @property
    def client_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class VisitRoute:
    """The route of some visits, and the names of clients that have no place.

    `is_app_chosen` is False while the user never chose the app.
    """

    link: str
    stops: int
    cut: int
    unplaced: list[str]
    is_app_chosen: bool


def init_app(app: Flask) -> None:
    """Registers the filters and functions for templates."""
    app.jinja_env.filters.update(place=place, drive_link=drive_link)
    app.jinja_env.globals.update(visit_route=visit_route, map_app_options=map_app_options)
    app.jinja_env.globals.update(map_app_name=map_app_name)


def map_app_options() -> list[tuple[str, str]]:
    """(value, name) of the map apps."""
    return [
        (MapApp.GOOGLE.value, _("Google Maps")),
        (MapApp.APPLE.value, _("Apple Maps")),
        (MapApp.OPENSTREETMAP.value, _("OpenStreetMap")),
    ]


def map_app_name() -> str:
    """The name of the app in which the user's maps open."""
    return dict(map_app_options())[(current_user.map_app or map_links.DEFAULT).value]


def place(client: Client) -> str:
    """The link that shows the client on a map; empty where no position, street or town is known."""
    parts = (client.address, client.postcode, client.town, client.state, client.country)
    words = ", ".join(part for part in parts if part) if client.address or client.town else ""
    where = MapPlace(client.latitude, client.longitude, words)
    return map_links.show_link(current_user.map_app, where)


def drive_link(where: MapPlace | None) -> str:
    """The link that leads to a place; empty where none is known."""
    return map_links.drive_link(current_user.map_app, where) if where else ""


def visit_route(visits: Iterable[Visit], places: Mapping[int, MapPlace]) -> VisitRoute:
    """One route through the clients of the visits, in their order."""
    rows = list(visits)
    app = current_user.map_app
    route = map_links.route(app, [places[row.client_id] for row in rows])
    unplaced = [rows[number].client_name for number in route.unplaced]
    return VisitRoute(route.link, route.stops, route.cut, unplaced, app is not None)
