"""How a contact likes to hear from us: asked, and written down as they said it."""

from flask import Blueprint, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Contact
from pwa.operations import preferences
from pwa.web.forms.preference import PreferenceForm
from pwa.web.guards import load_of_client
from pwa.web.once import once
from pwa.web.respond import page, see_other
from pwa.web.words import today

bp = Blueprint("preferences", __name__)


@bp.get("/contacts/<int:contact_id>/preference")
@login_required
def edit(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id)
    values = PreferenceForm.values(contact, today())
    return page("preferences/edit.html", contact=contact, values=values, errors={})


@bp.post("/contacts/<int:contact_id>/preference")
@login_required
@once
def record(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form, errors = PreferenceForm.parse(request.form, today())
    if errors:
        given = {"contact": contact, "values": request.form, "errors": errors}
        return page("preferences/edit.html", None, 422, **given)
    preferences.record(contact, form.wishes, form.timezone, current_user, clock.now())
    anchor = f"contact-{contact.id}"
    return see_other(url_for("clients.show", client_id=contact.client_id, _anchor=anchor))
