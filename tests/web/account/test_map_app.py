"""The map app: chosen once, kept for the person, used for routes and for single places."""

import re
from datetime import timedelta

from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.maps.map_links import MapApp
from pwa.rules.vocabulary.enums import Channel
from tests import factories


def visit(manager, name, latitude, **values):
    made = factories.client(manager, name, latitude=latitude, longitude=10.0, **values)
    factories.preference(factories.contact(made, f"{name} Person"), Channel.VISIT)
    at = factories.NOW - timedelta(days=9)
    factories.interaction(made, contact_id=made.contacts[0].id, at=at, received_at=at)
    refresh_due_dates([made.id], factories.NOW)
    return made


def route_of(page):
    link = re.search(
        r'href="([^"]+)" rel="noreferrer"><svg(?:(?!</svg>).)*</svg>Open the route', page, re.DOTALL
    )
    assert link, "no link opens the route"
    return link[1].replace("&amp;", "&")


def test_the_first_tap_asks_which_app_and_leads_back(on_a_friday, charlie, sign_in, db):
    for number in range(3):
        visit(charlie, f"Stop {number}", 59.0 + number)
    visit(charlie, "Nowhere AS", None)
    phone = sign_in(charlie)
    asks = route_of(phone.get("/today").text)
    assert asks == "/me/map-app?next=/today"
    assert "Your map app" in phone.get(asks).text
    wrong = phone.post(asks, data={"key": "12345678", "app": "waze"})
    assert wrong.status_code == 422
    saved = phone.post(asks, data={"key": "23456789", "app": "google"})
    assert (saved.status_code, saved.headers["Location"]) == (303, "/today")
    db.refresh(charlie)
    assert charlie.map_app is MapApp.GOOGLE
    page = phone.get("/today").text
    route = route_of(page)
    assert route.startswith("https://www.google.com/maps/dir/?api=1&destination=")
    # The first card is a visit as well: it is the first stop.
    assert [f"{59 + number}.00000" in route for number in range(3)] == [True] * 3
    assert "No address yet: Nowhere AS" in page
    assert 'href="https://www.google.com/maps/dir/?api=1&amp;destination=' in page
    assert "openstreetmap" not in page


def test_what_the_app_does_not_take_is_said(on_a_friday, charlie, sign_in):
    for number in range(4):
        visit(charlie, f"Stop {number}", 59.0 + number)
    charlie.map_app = MapApp.OPENSTREETMAP
    page = sign_in(charlie).get("/today").text
    assert "OpenStreetMap takes 2 stops: the last 2 visits aren&#39;t in the route." in page


def test_a_client_opens_in_the_chosen_app_and_me_says_which(charlie, sign_in, halden):
    halden.address = "Storgata 1"
    charlie.map_app = MapApp.APPLE
    phone = sign_in(charlie)
    assert 'href="https://maps.apple.com/?q=Storgata%201' in phone.get(f"/clients/{halden.id}").text
    assert "Routes and places open in Apple Maps." in phone.get("/me").text
