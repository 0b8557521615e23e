"""The list of clients, and a client's page."""

from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Role
from pwa.operations.brief.brief import full_brief
from pwa.operations.calls import recaps
from pwa.operations.client_page import client_page
from pwa.operations.clients import client_index, client_list, clients
from pwa.operations.promises import promises
from pwa.operations.voice_notes import to_confirm
from pwa.web.clients.list_filter import (
    came_from,
    chosen_filter,
    chosen_parts,
    list_address,
    showing,
    without_filters,
)
from pwa.web.forms.clients.client import ClientForm, NewClientForm
from pwa.web.forms.clients.contact import region_of
from pwa.web.forms.editing import clashes, form_version
from pwa.web.http.authorization import listed_clients, load_client, role_required, row_number
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("clients", __name__)
for helper in (list_address, showing, without_filters):
    bp.add_app_template_global(helper, helper.__name__)


@bp.get("/clients")
@login_required
def index() -> Response:
    chosen, within = chosen_filter(request.args), listed_clients(current_user)
    book = client_list.find(within, chosen, today(), request.args.get("page", 1, type=row_number))
    owner = client_list.owner_name(within, chosen.owner_id) if chosen.owner_id else ""
    parts = chosen_parts(chosen, owner)
    return page("clients/index.html", "clients/_list.html", book=book, chosen=chosen, parts=parts)


@bp.get("/clients/filter")
@login_required
def choose_filter() -> Response:
    within = listed_clients(current_user)
    return page(
        "clients/filter.html",
        chosen=chosen_filter(request.args),
        towns=[(town, town) for town in client_list.towns(within)],
        owners=[(str(owner_id), name) for owner_id, name in client_list.owners(within)],
    )


@bp.get("/clients/index.json")
@role_required(Role.MANAGER)
def phone_index() -> Response:
    """Whom to call at each client, for the phone without a network; 304 for what it has."""
    response = Response(
        client_index.read(listed_clients(current_user)), mimetype="application/json"
    )
    response.add_etag(weak=True)  # it is compressed on its way
    response.headers["Cache-Control"] = "no-store"  # the phone seals it; a browser's cache does not
    response.headers["X-Rounds-User"] = str(current_user.id)
    return response.make_conditional(request)


@bp.get("/clients/<int:client_id>")
@login_required
def show(client_id: int) -> Response:
    client = load_client(client_id)
    parts = client_page.read(client, clock.now())
    brief = full_brief(client.id, clock.now())
    kept = promises.client_ledger(client.id, today())
    promised = parts.promises + parts.kept_promises
    debts = recaps.in_history(parts.interactions, promised, parts.cadence, today())
    return page(
        "clients/show.html",
        client=client,
        brief=brief,
        kept=kept,
        debts=debts,
        waits=to_confirm.waiting_for(current_user, Client.id == client.id, clock.now()),
        back=came_from(),
        **vars(parts),
    )


@bp.get("/clients/new")
@role_required(Role.MANAGER)
def new() -> Response:
    return page("clients/new.html", values=new_values(), errors={})


def new_values() -> dict[str, str]:
    """What the page of a new client begins with."""
    country = current_user.home_country or ""
    return {"timezone": current_user.timezone, "stage": "monthly", "country": country}


@bp.post("/clients")
@role_required(Role.MANAGER)
@idempotent
def create() -> Response:
    form = NewClientForm.parse(request.form, region_of(current_user))
    if not form.errors and clients.find_duplicate(current_user, form.facts.name, form.facts.town):
        form.errors["name"] = _("You have a client of that name in that town already.")
    if form.errors:
        return page("clients/new.html", status=422, values=request.form, errors=form.errors)
    client = clients.add(current_user, form.facts, form.contact, form.stage, clock.now())
    flash(_("%(name)s is in your book.", name=client.name))
    return redirect_after_post(url_for("clients.show", client_id=client.id))


@bp.get("/clients/<int:client_id>/edit")
@login_required
def edit(client_id: int) -> Response:
    client = load_client(client_id)
    return edit_page(client, ClientForm.values(client))


@bp.post("/clients/<int:client_id>")
@login_required
@idempotent
def update(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = ClientForm.parse(request.form)
    stands = ClientForm.values(client)
    stamp = request.form.get("stamp")
    if form.errors:
        return edit_page(client, request.form, 422, errors=form.errors, stamp=stamp)
    if stamp != form_version(stands):
        differing = clashes(stands, request.form, ClientForm.labels())
        return edit_page(client, request.form, 409, clashes=differing)
    clients.change(client, form.facts, clock.now())
    return redirect_after_post(url_for("clients.show", client_id=client.id))


def edit_page(client: Client, values: object, status: int = 200, **more: Any) -> Response:
    """The form, filled with `values`; its stamp is the version that the edit starts from."""
    shown: dict[str, Any] = {"errors": {}, "stamp": form_version(ClientForm.values(client)), **more}
    return page("clients/edit.html", status=status, client=client, values=values, **shown)
