"""Undo: what was just cancelled or kept, as long as nothing later depends on it."""

import re
from datetime import timedelta

import pytest

from pwa.models import Booking
from tests import factories

NOW = factories.NOW
KEYS = ("key-undo-0001", "key-undo-0002")

pytestmark = pytest.mark.usefixtures("on_a_friday")


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    factories.contact(client)
    return client


@pytest.fixture
def phone(charlie, halden, sign_in):
    return sign_in(charlie)


@pytest.fixture
def booking(halden):
    at = NOW + timedelta(days=3)
    return factories.booking(halden, contact_id=halden.contacts[0].id, at=at)


def undo(phone, page, key=KEYS[0]):
    """Taps the "Undo" of a page's notice; answers the page that follows."""
    form = re.search(r'<form method="post" action="([^"]+/undo)">(.*?)</form>', page, re.S)
    assert form, "no Undo"
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))
    return phone.post(form[1], data={**fields, "key": key}, follow_redirects=True).text


def cancel(phone, booking):
    address = f"/bookings/{booking.id}/cancellation"
    return phone.post(address, data={"key": "key-cancel-01"}, follow_redirects=True).text


def test_a_cancelled_booking_comes_back(phone, booking, db):
    page = cancel(phone, booking)
    assert "Cancelled: Monday 10:40." in page
    for key in KEYS:
        assert "Booked again: Monday 10:40." in undo(phone, page, key)
    db.expire_all()
    assert booking.cancelled_at is None


def test_not_once_its_time_has_passed(phone, booking, db, time_machine):
    page = cancel(phone, booking)
    time_machine.move_to(booking.at + timedelta(minutes=1), tick=False)
    assert "has passed: book a new time." in undo(phone, page)
    db.expire_all()
    assert booking.cancelled_at is not None


def test_not_once_another_time_is_booked(phone, halden, booking, db):
    page = cancel(phone, booking)
    factories.booking(halden, contact_id=booking.contact_id, at=NOW + timedelta(days=4))
    assert "Another time was booked since. It stands." in undo(phone, page)
    assert db.query(Booking).filter(Booking.cancelled_at.is_(None)).count() == 1


def kept(phone, promise):
    data = {"key": "key-kept-0001", "next": "/promises"}
    return phone.post(f"/promises/{promise.id}/keeping", data=data, follow_redirects=True).text


def test_a_kept_promise_is_open_again(phone, halden, db):
    promise = factories.promise(halden)
    page = kept(phone, promise)
    assert "Kept: “send the switch quote”." in page
    for key in KEYS:
        assert "Open again: “send the switch quote”." in undo(phone, page, key)
    db.expire_all()
    assert promise.kept is None


def test_what_was_kept_yesterday_stands(phone, halden, db, time_machine):
    promise = factories.promise(halden)
    page = kept(phone, promise)
    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    assert "It was kept yesterday. That stands." in undo(phone, page)
    db.expire_all()
    assert promise.kept is not None


def test_nobody_else_undoes_it(phone, halden, booking, sign_in):
    promise = factories.promise(halden)
    outsider = sign_in(factories.user())
    for address in (f"/bookings/{booking.id}/cancellation", f"/promises/{promise.id}/keeping"):
        assert outsider.post(f"{address}/undo").status_code == 404
