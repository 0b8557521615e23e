"""The contacts of a client."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Contact
from pwa.operations.clients import contacts
from pwa.web.forms.clients.contact import ContactForm, region_of
from pwa.web.forms.clients.numbers import number_rows
from pwa.web.forms.editing import clashes, form_version
from pwa.web.forms.fields import Errors
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post

bp = Blueprint("contacts", __name__)


def back_to(client: Client) -> Response:
    """The client's page, at its contacts."""
    return redirect_after_post(url_for("clients.show", client_id=client.id, _anchor="people"))


@bp.get("/clients/<int:client_id>/contacts/new")
@login_required
def new(client_id: int) -> Response:
    client = load_client(client_id)
    return page("contacts/new.html", client=client, **filled({}))


@bp.post("/clients/<int:client_id>/contacts")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = ContactForm.parse(request.form, region_of(client.owner))
    if form.errors:
        shown = filled(request.form, form.errors)
        return page("contacts/new.html", status=422, client=client, **shown)
    contacts.add(client, form.facts, clock.now())
    return back_to(client)


@bp.get("/contacts/<int:contact_id>/edit")
@login_required
def edit(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id)
    return edit_page(contact, ContactForm.values(contact))


@bp.post("/contacts/<int:contact_id>")
@login_required
@idempotent
def update(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form = ContactForm.parse(request.form, region_of(contact.client.owner))
    stands = ContactForm.values(contact)
    stamp = request.form.get("stamp")
    if form.errors:
        return edit_page(contact, request.form, 422, errors=form.errors, stamp=stamp)
    if stamp != form_version(stands):
        differing = clashes(stands, request.form, ContactForm.labels())
        return edit_page(contact, request.form, 409, clashes=differing)
    contacts.change(contact, form.facts, clock.now())
    return back_to(contact.client)


def filled(values: Mapping[str, str], errors: Errors | None = None) -> dict[str, Any]:
    """What the fields of a contact are filled with."""
    return {"values": values, "numbers": number_rows(values), "errors": errors or {}}


def edit_page(
    contact: Contact, values: Mapping[str, str], status: int = 200, **more: Any
) -> Response:
    """The form, filled with `values`; its stamp is the version that the edit starts from."""
    shown: dict[str, Any] = {
        **filled(values),
        "stamp": form_version(ContactForm.values(contact)),
        **more,
    }
    removable = not contacts.has_history(contact)
    return page(
        "contacts/edit.html",
        status=status,
        contact=contact,
        removable=removable,
        **shown,
    )


@bp.post("/contacts/<int:contact_id>/primacy")
@login_required
@idempotent
def put_first(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    contacts.make_primary(contact, clock.now())
    return back_to(contact.client)


@bp.post("/contacts/<int:contact_id>/removal")
@login_required
@idempotent
def remove(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    client = contact.client
    if contacts.remove(contact, clock.now()):
        flash(_("%(name)s is no longer in your book.", name=contact.name))
    else:
        flash(_("%(name)s stays: what you said to each other is worth keeping.", name=contact.name))
    return back_to(client)
