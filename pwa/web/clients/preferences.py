"""How a contact likes to hear from us: asked, and written down as they said it."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_login import current_user, login_required
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Contact
from pwa.operations.preferences import declined_conversations, preferences
from pwa.web.forms.editing import clashes, stamp
from pwa.web.forms.preference import PreferenceForm
from pwa.web.http.authorization import load_of_client
from pwa.web.http.idempotency import once
from pwa.web.http.responses import come_back, page, see_other
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
    """The form with what stands, or after a problem with what was typed."""
    given: dict[str, Any] = {"errors": {}, "stamp": stamp(PreferenceForm.stands(contact)), **more}
    given |= {"contact": contact, "values": values, "leave": leave(contact)}
    return page("preferences/edit.html", None, status, **given)


def leave(contact: Contact) -> str:
    """Where they came from, else their place on the client's page."""
    anchor = f"contact-{contact.id}"
    return come_back(url_for("clients.show", client_id=contact.client_id, _anchor=anchor))


@bp.post("/contacts/<int:contact_id>/preference")
@login_required
@once
def record(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form, errors = PreferenceForm.parse(request.form, day_happened())
    if errors:
        return asking(contact, request.form, 422, errors=errors, stamp=request.form.get("stamp"))
    stands = PreferenceForm.stands(contact)
    if request.form.get("stamp", stamp(stands)) != stamp(stands):
        differing = clashes(stands, request.form, PreferenceForm.labels())
        return asking(contact, request.form, 409, clashes=differing)
    preferences.record(contact, form.wishes, form.timezone, current_user, clock.now())
    return see_other(leave(contact))


@bp.post("/contacts/<int:contact_id>/talk-declined")
@login_required
@once
def decline_talk(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    declined_conversations.decline(contact, current_user, clock.now())
    return see_other(leave(contact))
