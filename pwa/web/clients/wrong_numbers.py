"""The number of a contact who cannot be dialled: another one they have, or a new one (R21)."""

from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Contact
from pwa.operations.clients import contacts
from pwa.rules.vocabulary.enums import Outcome
from pwa.web.forms.calls.follow_up import FollowUpForm
from pwa.web.http.authorization import load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post

bp = Blueprint("wrong_numbers", __name__)


@bp.get("/contacts/<int:contact_id>/number")
@login_required
def find(contact_id: int) -> Response:
    return _ask(load_of_client(Contact, contact_id), {})


@bp.post("/contacts/<int:contact_id>/number")
@login_required
@idempotent
def store(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form = FollowUpForm.parse(request.form, contact.client, contact, Outcome.WRONG_NUMBER)
    if not form.errors and form.follow_up.number is None:
        form.errors["right_number"] = _("Enter a number like +47 22 12 34 56.")
    if form.errors or form.follow_up.number is None:
        return _ask(contact, request.form, 422, form.errors)
    contacts.correct_number(contact, form.follow_up.number, clock.now())
    flash(_("You can call %(name)s now.", name=contact.first_name))
    return redirect_after_post(_leave(contact))


def _leave(contact: Contact) -> str:
    return next_url(url_for("clients.show", client_id=contact.client_id))


def _ask(
    contact: Contact, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    shown = {"values": values, "errors": errors or {}, "leave": _leave(contact)}
    return page("contacts/number.html", status=status, contact=contact, **shown)
