"""Where a client is: by hand, and by a tap on the first visit; never followed."""

import uuid

import pytest

from pwa.models import Interaction
from pwa.web.forms.clients.position import read_position
from tests import factories
from tests.web.pages import stamp_of


@pytest.fixture(autouse=True)
def friday_morning(time_machine):
    time_machine.move_to(factories.NOW)


@pytest.fixture
def halden(db):
    made = factories.client(factories.user(name="Charlie Boone"))
    factories.contact(made)
    return made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("59.91, 10.75", (59.91, 10.75)),
        ("-33.86 151.2", (-33.86, 151.2)),
        ("geo:59.91,10.75", (59.91, 10.75)),
        (
            "https://www.google.com/maps/place/X/@59.9,10.7,17z/data=!3d59.91!4d10.75",
            (59.91, 10.75),
        ),
        ("https://www.google.com/maps/@59.91,10.75,17z", (59.91, 10.75)),
        ("https://maps.google.com/?q=59.91,10.75", (59.91, 10.75)),
        ("https://maps.apple.com/?ll=59.91,10.75&q=Halden", (59.91, 10.75)),
        ("https://www.openstreetmap.org/?mlat=59.91&mlon=10.75#map=17/1/2", (59.91, 10.75)),
        ("https://www.openstreetmap.org/#map=17/59.91/10.75", (59.91, 10.75)),
        ("https://www.openstreetmap.org/directions?to=59.91,10.75", (59.91, 10.75)),
        ("https://maps.app.goo.gl/abc", None),
        ("91, 10", None),
        ("Karl Johans gate 1", None),
    ],
)
def test_a_position_as_people_give_it(words, found):
    assert read_position(words) == found


def edit(browser, halden, position):
    address = f"/clients/{halden.id}/edit"
    page = browser.get(address)
    sent = {"name": halden.name, "stamp": stamp_of(page), "position": position}
    return browser.post(f"/clients/{halden.id}", data=sent)


def test_by_hand_and_taken_away_again(halden, sign_in, db):
    browser = sign_in(halden.owner)
    refused = edit(browser, halden, "somewhere")
    assert refused.status_code == 422
    assert "No position stands in that" in refused.text
    assert 'value="somewhere"' in refused.text
    edit(browser, halden, "https://www.openstreetmap.org/#map=17/59.91/10.75")
    db.refresh(halden)
    assert (halden.latitude, halden.longitude) == (59.91, 10.75)
    assert 'value="59.91, 10.75"' in browser.get(f"/clients/{halden.id}/edit").text
    edit(browser, halden, "")
    db.refresh(halden)
    assert halden.latitude is None


def visit(browser, halden, **where):
    sent = {
        "key": str(uuid.uuid4()),
        "client": halden.id,
        "contact": halden.contacts[0].id,
        "kind": "visit",
        "outcome": "visited",
        "at": factories.NOW.isoformat(),
        **where,
    }
    return browser.post("/interactions", data=sent)


def test_i_am_here_now_is_offered_at_visits_only(halden, sign_in):
    browser = sign_in(halden.owner)
    address = f"/interactions/new?client={halden.id}&kind="
    page = browser.get(address + "visit", follow_redirects=True).text
    assert "I am here now" in page
    assert "Asked only when you tap" in page
    assert "I am here now" not in browser.get(address + "call", follow_redirects=True).text


def test_the_first_visit_tells_where_the_client_is(halden, sign_in, db):
    browser = sign_in(halden.owner)
    assert visit(browser, halden, latitude="59.91", longitude="10.75").status_code == 303
    assert visit(browser, halden, latitude="60.5", longitude="11.5").status_code == 303
    db.refresh(halden)
    assert (halden.latitude, halden.longitude) == (59.91, 10.75)
    rows = db.query(Interaction).order_by(Interaction.id).all()
    assert [(row.latitude, row.longitude) for row in rows] == [(59.91, 10.75), (60.5, 11.5)]


@pytest.mark.parametrize("where", [{}, {"latitude": "north", "longitude": "1"}])
def test_without_a_tap_nothing_is_kept(halden, sign_in, db, where):
    assert visit(sign_in(halden.owner), halden, **where).status_code == 303
    db.refresh(halden)
    assert halden.latitude is None
    assert db.query(Interaction).one().latitude is None


def test_the_phone_may_be_asked_by_our_own_pages_alone(halden, sign_in):
    policy = sign_in(halden.owner).get("/today").headers["Permissions-Policy"]
    assert "geolocation=(self)" in policy
