"""A contact who left: what was open with them, and the way back."""

from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Contact
from pwa.operations.calls import departures
from pwa.operations.calls.departures import Handling
from pwa.operations.clients import contacts
from pwa.web.forms.clients.contact import chosen_contact
from pwa.web.forms.fields import Fields
from pwa.web.http.authorization import load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post

bp = Blueprint("departures", __name__)


@bp.get("/contacts/<int:contact_id>/departure")
@login_required
def show(contact_id: int) -> Response:
    return _ask(load_of_client(Contact, contact_id), {})


@bp.post("/contacts/<int:contact_id>/departure")
@login_required
@idempotent
def handle(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    fields = Fields(request.form)
    successor = chosen_contact(fields, "successor", contact.client)
    named = departures.open_with(contact).items
    chosen = {name: fields.valid_choice(name, Handling) for name in named}
    answers = {name: answer for name, answer in chosen.items() if answer}
    if Handling.MOVE in answers.values() and successor is None:
        fields.errors.setdefault("successor", _("Choose who takes these over."))
    if fields.errors:
        return _ask(contact, request.form, 422, fields.errors)
    departures.handle(contact, answers, successor, current_user, clock.now())
    return redirect_after_post(_leave(contact))


@bp.post("/contacts/<int:contact_id>/return")
@login_required
@idempotent
def restore(contact_id: int) -> Response:
    """They still work there: back on every list. What was moved meanwhile stays moved."""
    contact = load_of_client(Contact, contact_id, for_write=True)
    contacts.restore(contact, clock.now())
    flash(_("%(name)s is back on your lists.", name=contact.first_name))
    return redirect_after_post(url_for("clients.show", client_id=contact.client_id))


def _leave(contact: Contact) -> str:
    return next_url(url_for("clients.show", client_id=contact.client_id))


def _ask(
    contact: Contact, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    client = contact.client
    return page(
        "contacts/left.html",
        status=status,
        contact=contact,
        client=client,
        left=departures.open_with(contact),
        successors=[(str(c.id), c.name) for c in client.contacts],
        values=values,
        errors=errors or {},
        leave=_leave(contact),
    )
