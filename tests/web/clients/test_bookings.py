"""Bookings: did it happen, moved, cancelled, missed, and the invitation that goes with them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Booking
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.day_list import day_list
from pwa.rules.vocabulary.enums import Channel, Kind
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")
AN_HOUR_AGO = NOW - timedelta(hours=1)


@pytest.fixture
def dana(halden):
    return halden.contacts[0]


def booked(halden, **values):
    contact_id = halden.contacts[0].id
    row = factories.booking(halden, **{"contact_id": contact_id, "at": AN_HOUR_AGO, **values})
    refresh_due_dates([halden.id], NOW)
    return row


def reasons(charlie, at=NOW, past=False):
    return [row.reason.value for row in day_list.whole_list(charlie, at, past=past)]


def test_a_booking_asks_whether_it_happened_and_leads_to_the_question(db, phone, charlie, halden):
    booking = booked(halden)
    page = phone.get("/today").text
    assert "Did it happen?" in page
    for words in ("It happened", "Moved", "Cancelled"):
        assert words in page
    assert "Did it happen?" in phone.get(f"/bookings/{booking.id}").text
    answer = phone.post(f"/bookings/{booking.id}/happened", data={"key": "a" * 36})
    assert answer.headers["Location"].startswith("/interactions/new?")
    assert "How did it go with Dana?" in phone.get(answer.headers["Location"]).text
    db.expire_all()
    assert (booking.settled, booking.settled_at) == ("happened", NOW)
    assert "confirm_booking" not in reasons(charlie)
    assert "confirm_booking" in reasons(charlie, NOW - timedelta(minutes=1), past=True)


def test_a_missed_booking_stands_for_both_until_it_is_answered(
    db, phone, petra, charlie, halden, sign_in
):
    booking = booked(halden, at=NOW - timedelta(days=9))
    assert reasons(charlie) == ["cadence_late"]
    page = phone.get(f"/clients/{halden.id}").text
    assert "Missed" in page
    assert "It happened" in page
    assert "Missed booking" in sign_in(petra).get("/team").text
    sign_in(charlie).post(f"/bookings/{booking.id}/cancellation", data={"key": "b" * 36})
    assert "Missed booking" not in sign_in(petra).get("/team").text
    db.expire_all()
    assert booking.settled == "cancelled"


@pytest.mark.parametrize(("kind", "outcome"), [("call", "spoke"), ("visit", "visited")])
def test_a_conversation_of_its_kind_that_day_settles_it(db, phone, halden, dana, kind, outcome):
    booking = booked(halden, kind=Kind.CALL)
    data = {"key": "c" * 36, "client": halden.id, "contact": dana.id, "kind": kind}
    data |= {"direction": "out", "outcome": outcome, "at": NOW.isoformat()}
    assert phone.post("/interactions", data=data).status_code == 303
    db.expire_all()
    assert booking.settled == ("happened" if kind == "call" else None)


def test_a_booking_moves_and_its_invitation_with_it(db, phone, charlie, halden, dana):
    dana.email = "dana@halden.example"
    charlie.email = "charlie@rounds.example"
    booking = booked(halden, at=NOW + timedelta(hours=2), kind=Kind.VIDEO, made_at=AN_HOUR_AGO)
    db.commit()
    first = lines(phone, booking)
    data = {"key": "d" * 36, "day": "2026-11-24", "time": "15:00", "place": "Room 4; left"}
    data["link"] = "https://meet.example/a,b"
    assert phone.post(f"/bookings/{booking.id}/move", data=data).status_code == 303
    moved = db.scalar(sa.select(Booking).where(Booking.settled_at.is_(None)))
    again = lines(phone, moved)
    assert again["UID"] == first["UID"]
    assert (first["SEQUENCE"], again["SEQUENCE"]) == ("0", "1")
    assert (again["METHOD"], again["DTSTART"]) == ("REQUEST", "20261124T140000Z")
    assert again["LOCATION"] == "Room 4\\; left"
    assert again["URL"] == "https://meet.example/a,b"
    assert "booked" in reasons(charlie, NOW - timedelta(minutes=1), past=True)
    assert "booked" not in reasons(charlie)
    page = phone.get(f"/bookings/{moved.id}/invitation").text
    assert "Our conversation has moved to Tuesday 24 November at 15:00." in page
    assert "mailto:dana@halden.example" in page
    phone.post(f"/bookings/{moved.id}/cancellation", data={"key": "e" * 36})
    db.expire_all()
    gone = lines(phone, moved)
    assert (gone["METHOD"], gone["STATUS"], gone["SEQUENCE"]) == ("CANCEL", "CANCELLED", "2")


def lines(phone, booking):
    answer = phone.get(f"/bookings/{booking.id}/invitation.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="invitation.ics"'
    unfolded = answer.text.replace("\r\n ", "").split("\r\n")
    return dict(line.partition(":")[::2] for line in unfolded)


def test_a_letter_waits_for_the_call_about_what_went_wrong(phone, halden, dana):
    factories.preference(dana, Channel.EMAIL)
    factories.recovery(halden, contact_id=dana.id)
    booking = booked(halden, at=NOW + timedelta(days=1))
    page = phone.get(f"/bookings/{booking.id}/invitation").text
    assert "Call first." in page
    assert "Kind regards" not in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("day", "2026-11-20", "That moment is gone."),
        ("link", "javascript:alert(1)", "Enter a link like https://meet.example.com/dana"),
    ],
)
def test_what_cannot_be_booked_is_said(phone, halden, field, value, words):
    data = {"key": "f" * 36, "kind": "video", "day": "2026-11-24", "time": "08:00", field: value}
    answer = phone.post(f"/clients/{halden.id}/bookings", data=data)
    assert answer.status_code == 422
    assert words in answer.text
