"""A contact's preference: asked, and stored in their own words."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_login import current_user, login_required
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Contact
from pwa.operations.preferences import preferences
from pwa.web.forms.clients.preference import PreferenceForm
from pwa.web.forms.editing import clashes, form_version
from pwa.web.http.authorization import load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.client_clock import day_happened
from pwa.web.text.datetime_filters import today

bp = Blueprint("preferences", __name__)


@bp.get("/contacts/<int:contact_id>/preference")
@login_required
def edit(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id)
    return asking(contact, PreferenceForm.values(contact, today()))


def asking(
    contact: Contact, values: MultiDict[str, str], status: int = 200, **more: Any
) -> Response:
    """The form with the stored values, or after a problem with the typed ones."""
    shown: dict[str, Any] = {
        "errors": {},
        "stamp": form_version(PreferenceForm.stands(contact)),
        **more,
    }
    shown |= {"contact": contact, "values": values, "leave": leave(contact)}
    return page("preferences/edit.html", None, status, **shown)


def leave(contact: Contact) -> str:
    """The address that the user came from, else the contact on the client's page."""
    anchor = f"contact-{contact.id}"
    return next_url(url_for("clients.show", client_id=contact.client_id, _anchor=anchor))


@bp.post("/contacts/<int:contact_id>/preference")
@login_required
@idempotent
def record(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form = PreferenceForm.parse(request.form, day_happened())
    if form.errors:
        stamp = request.form.get("stamp")
        return asking(contact, request.form, 422, errors=form.errors, stamp=stamp)
    stands = PreferenceForm.stands(contact)
    if request.form.get("stamp", form_version(stands)) != form_version(stands):
        differing = clashes(stands, request.form, PreferenceForm.labels())
        return asking(contact, request.form, 409, clashes=differing)
    preferences.record(contact, form.preference, form.timezone, current_user, clock.now())
    return redirect_after_post(leave(contact))


@bp.post("/contacts/<int:contact_id>/talk-declined")
@login_required
@idempotent
def decline_talk(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    preferences.decline_conversation(contact, current_user, clock.now())
    return redirect_after_post(leave(contact))
