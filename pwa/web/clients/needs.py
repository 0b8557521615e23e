"""Needs that a contact stated: added, corrected, removed (R24)."""

import sqlalchemy as sa
from flask import Blueprint, abort, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Client, Contact, Need
from pwa.operations.clients import needs
from pwa.web.forms.clients.need import NeedForm
from pwa.web.http.authorization import accessible_clients, load_client, load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.client_clock import day_happened

bp = Blueprint("needs", __name__)


def load_need(need_id: int, *, for_write: bool = False) -> tuple[Need, Contact]:
    """The need of a contact at an accessible client, with the contact, or 404."""
    query = sa.select(Need, Contact).join(Contact, Contact.id == Need.contact_id)
    query = query.join(Client, Client.id == Contact.client_id)
    query = query.where(Need.id == need_id, accessible_clients(current_user))
    need, contact = session.execute(query).first() or abort(404)
    if for_write:
        load_client(contact.client_id, for_write=True)
        need, contact = session.execute(query).first() or abort(404)
    return need, contact


def back_to(contact: Contact) -> Response:
    """The client's page, at this contact."""
    anchor = f"contact-{contact.id}"
    return redirect_after_post(url_for("clients.show", client_id=contact.client_id, _anchor=anchor))


@bp.get("/contacts/<int:contact_id>/needs/new")
@login_required
def new(contact_id: int) -> Response:
    return _new(load_of_client(Contact, contact_id), NeedForm())


@bp.post("/contacts/<int:contact_id>/needs")
@login_required
@idempotent
def create(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form = NeedForm.parse(request.form, needed=True)
    if form.errors or form.stated is None:
        return _new(contact, form)
    needs.add(contact, form.stated, day_happened())
    return back_to(contact)


def _new(contact: Contact, form: NeedForm) -> Response:
    status = 422 if form.errors else 200
    return page("needs/new.html", status=status, contact=contact, form=form, errors=form.errors)


@bp.get("/needs/<int:need_id>/edit")
@login_required
def edit(need_id: int) -> Response:
    need, contact = load_need(need_id)
    return _edit(need, contact, NeedForm(need.kind, need.words))


@bp.post("/needs/<int:need_id>")
@login_required
@idempotent
def update(need_id: int) -> Response:
    need, contact = load_need(need_id, for_write=True)
    form = NeedForm.parse(request.form, needed=True)
    if form.errors or form.stated is None:
        return _edit(need, contact, form)
    needs.correct(need, form.stated, current_user, clock.now())
    return back_to(contact)


def _edit(need: Need, contact: Contact, form: NeedForm) -> Response:
    status = 422 if form.errors else 200
    return page(
        "needs/edit.html",
        status=status,
        need=need,
        contact=contact,
        form=form,
        errors=form.errors,
    )


@bp.post("/needs/<int:need_id>/removal")
@login_required
@idempotent
def remove(need_id: int) -> Response:
    need, contact = load_need(need_id, for_write=True)
    needs.remove(need, current_user, clock.now())
    return back_to(contact)
