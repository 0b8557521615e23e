"""Pausing, ending and resuming a client, and handing it over."""

from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.clients import lifecycle
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.web.forms.fields import Fields
from pwa.web.http.authorization import load_client, role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post

bp = Blueprint("standings", __name__)

CHANGES = {
    "pause": ClientStatus.PAUSED,
    "ending": ClientStatus.ENDED,
    "resumption": ClientStatus.ACTIVE,
}
CHANGE = "/clients/<int:client_id>/<any(pause,ending,resumption):change>"


@bp.get(CHANGE)
@login_required
def ask(client_id: int, change: str) -> Response:
    client = load_client(client_id)
    return page("clients/standing.html", client=client, change=change, values={}, errors={})


@bp.post(CHANGE)
@login_required
@idempotent
def stand(client_id: int, change: str) -> Response:
    client = load_client(client_id, for_write=True)
    fields = Fields(request.form)
    reason = fields.text("reason", _("Say why, in a few words."), most=500)
    if fields.errors:
        given: dict[str, Any] = {"values": request.form, "errors": fields.errors}
        return page("clients/standing.html", status=422, client=client, change=change, **given)
    lifecycle.change_status(client, CHANGES[change], reason, current_user, clock.now())
    return redirect_after_post(url_for("clients.show", client_id=client.id))


@bp.get("/clients/<int:client_id>/handover")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
def ask_handover(client_id: int) -> Response:
    client = load_client(client_id)
    people = lifecycle.possible_owners(current_user)
    return page("clients/handover.html", client=client, people=people, values={}, errors={})


@bp.post("/clients/<int:client_id>/handover")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
@idempotent
def hand_over(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    people = lifecycle.possible_owners(current_user)
    fields = Fields(request.form)
    to = next((p for p in people if str(p.id) == fields.text("owner")), None)
    if to is None:
        fields.errors["owner"] = _("Who looks after them from now on?")
    elif to.id == client.owner_id:
        fields.errors["owner"] = _("%(name)s looks after them already.", name=to.first_name)
    reason = fields.text("reason", _("Say why, in a few words."), most=500)
    if fields.errors or to is None:
        given: dict[str, Any] = {"values": request.form, "errors": fields.errors}
        return page("clients/handover.html", status=422, client=client, people=people, **given)
    lifecycle.hand_over([client], to, reason, current_user, clock.now())
    flash(_("%(client)s is with %(name)s now.", client=client.name, name=to.name))
    return redirect_after_post(url_for("clients.show", client_id=client.id))
