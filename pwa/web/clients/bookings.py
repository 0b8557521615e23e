"""Bookings: conversations agreed for a moment, moved, cancelled, and what became of them (R22)."""

from typing import Any

from flask import Blueprint, flash, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Booking, Client
from pwa.operations.calls import bookings
from pwa.operations.calls.bookings import Undoing
from pwa.operations.preferences import writing_guard
from pwa.operations.text import invitation_file
from pwa.web.forms.booking import BookingForm
from pwa.web.forms.fields import Errors
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.flashes import flash_with_undo
from pwa.web.http.idempotency import idempotent, new_key
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text import invitation_text
from pwa.web.text.datetime_filters import moment

bp = Blueprint("bookings", __name__)


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
    bookings.book(client, form.contact, form.kind, form.at, now, form.where)
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


@bp.get("/bookings/<int:booking_id>")
@login_required
def ask(booking_id: int) -> Response:
    """Did it happen?"""
    booking = load_of_client(Booking, booking_id)
    leave = next_url(address_of(booking.client_id))
    return page("bookings/answer.html", booking=booking, client=booking.client, leave=leave)


@bp.post("/bookings/<int:booking_id>/happened")
@login_required
@idempotent
def happened(booking_id: int) -> Response:
    """It happened: settled, and on to the question how it went."""
    booking = load_of_client(Booking, booking_id, for_write=True)
    bookings.confirm(booking, clock.now())
    question: dict[str, Any] = {
        "client": booking.client_id,
        "contact": booking.contact_id,
        "kind": booking.kind.value,
        "at": booking.at.isoformat(timespec="seconds"),
        "clock": "ours",
        "key": new_key(),
        "next": next_url(address_of(booking.client_id)),
    }
    return redirect_after_post(url_for("interactions.new", **question))


@bp.get("/bookings/<int:booking_id>/move")
@login_required
def ask_move(booking_id: int) -> Response:
    booking = load_of_client(Booking, booking_id)
    return move_page(booking, BookingForm.values(booking))


@bp.post("/bookings/<int:booking_id>/move")
@login_required
@idempotent
def move(booking_id: int) -> Response:
    booking = load_of_client(Booking, booking_id, for_write=True)
    now = clock.now()
    form = BookingForm.parse_move(request.form, booking, now)
    if form.errors or form.at is None:
        return move_page(booking, request.form, 422, form.errors)
    bookings.move(booking, form.at, form.where, now)
    flash(_("Moved to %(moment)s your time.", moment=moment(form.at)))
    return redirect_after_post(next_url(address_of(booking.client_id)))


def move_page(
    booking: Booking, values: object, status: int = 200, errors: Errors | None = None
) -> Response:
    """The form for another time, filled with `values`."""
    shown: dict[str, Any] = {"values": values, "errors": errors or {}}
    leave = next_url(address_of(booking.client_id))
    return page("bookings/move.html", status=status, booking=booking, leave=leave, **shown)


@bp.post("/bookings/<int:booking_id>/cancellation")
@login_required
@idempotent
def cancel(booking_id: int) -> Response:
    booking = load_of_client(Booking, booking_id, for_write=True)
    bookings.cancel(booking, clock.now())
    if booking.cancelled_at:
        words = _("Cancelled: %(moment)s.", moment=moment(booking.at))
        flash_with_undo(words, url_for(".undo_cancel", booking_id=booking.id))
    return redirect_after_post(next_url(address_of(booking.client_id)))


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


@bp.get("/bookings/<int:booking_id>/invitation")
@login_required
def invitation(booking_id: int) -> Response:
    """The letter that goes with the invitation, in their channel."""
    booking = load_of_client(Booking, booking_id)
    locking = writing_guard.blocking_recovery(booking.contact) if booking.contact else None
    return page(
        "bookings/invitation.html",
        booking=booking,
        locking=locking,
        subject=invitation_text.subject(booking),
        letter=invitation_text.letter(booking, current_user),
    )


@bp.get("/bookings/<int:booking_id>/invitation.ics")
@login_required
def file(booking_id: int) -> Response:
    """The invitation for the contact's calendar."""
    booking = load_of_client(Booking, booking_id)
    event = invitation_text.invitation(booking, current_user)
    response = make_response(invitation_file.write(event, clock.now()))
    response.content_type = f"text/calendar; charset=utf-8; method={event.method}"
    response.headers["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    return response


def address_of(client_id: int) -> str:
    """The client's page, at its bookings."""
    return url_for("clients.show", client_id=client_id, _anchor="booked")


def back_to(client_id: int) -> Response:
    return redirect_after_post(address_of(client_id))
