"""Bookings: conversations agreed for a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Booking, Client, Contact
from pwa.operations.calls import bookings
from pwa.operations.calls.bookings import Undoing
from pwa.rules.vocabulary.enums import Kind
from pwa.web.forms.contact import chosen_contact, zone_of
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.flashes import flash_with_undo
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.datetime_filters import moment

bp = Blueprint("bookings", __name__)


@dataclass(frozen=True)
class BookingForm:
    """The contact, the kind and the moment; day and time are read in the contact's zone."""

    contact: Contact | None
    kind: Kind
    at: datetime | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client, now: datetime) -> "BookingForm":
        """The booking, which has to be after `now`."""
        fields = Fields(form)
        contact = chosen_contact(fields, "contact_id", client)
        kind = fields.choice("kind", Kind) or Kind.CALL
        wall = fields.moment("day", "time")
        at = wall.replace(tzinfo=zone_of(client, contact)) if wall else None
        if at and at <= now:
            fields.errors["day"] = _("That moment is gone. Choose one that is still to come.")
        return cls(contact, kind, at, fields.errors)


@bp.get("/clients/<int:client_id>/bookings/new")
@login_required
def new(client_id: int) -> Response:
    client = load_client(client_id)
    values = {"kind": "call", "contact_id": str(client.contact.id) if client.contact else ""}
    return form_page(client, values)


@bp.post("/clients/<int:client_id>/bookings")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    now = clock.now()
    form = BookingForm.parse(request.form, client, now)
    if form.errors or form.at is None:
        return form_page(client, request.form, 422, form.errors)
    bookings.book(client, form.contact, form.kind, form.at, now)
    flash(_("Booked: %(moment)s your time.", moment=moment(form.at)))
    return back_to(client.id)


def form_page(
    client: Client, values: object, status: int = 200, errors: Errors | None = None
) -> Response:
    """The form; it names the zone of contacts who are in another one than the user."""
    elsewhere = {c.first_name: c.zone.key for c in client.contacts if c.zone != current_user.zone}
    return page(
        "bookings/new.html",
        status=status,
        client=client,
        values=values,
        errors=errors or {},
        elsewhere=elsewhere,
    )


@bp.post("/bookings/<int:booking_id>/cancellation")
@login_required
@idempotent
def cancel(booking_id: int) -> Response:
    booking = load_of_client(Booking, booking_id, for_write=True)
    bookings.cancel(booking, clock.now())
    if booking.cancelled_at:
        words = _("Cancelled: %(moment)s.", moment=moment(booking.at))
        flash_with_undo(words, url_for(".undo_cancel", booking_id=booking.id))
    return back_to(booking.client_id)


@bp.post("/bookings/<int:booking_id>/cancellation/undo")
@login_required
@idempotent
def undo_cancel(booking_id: int) -> Response:
    booking = load_of_client(Booking, booking_id, for_write=True)
    when = moment(booking.at)
    words = {
        Undoing.DONE: _("Booked again: %(moment)s.", moment=when),
        Undoing.PASSED: _("%(moment)s has passed: book a new time.", moment=when),
        Undoing.BOOKED_ANEW: _("Another time was booked since. It stands."),
    }
    flash(words[bookings.undo_cancel(booking, clock.now())])
    return back_to(booking.client_id)


def back_to(client_id: int) -> Response:
    """The client's page, at its bookings."""
    return redirect_after_post(url_for("clients.show", client_id=client_id, _anchor="booked"))
