"""Client lifecycle: pause, end, resume and hand over, each with a reason."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Role
from pwa.operations.clients import lifecycle
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.web.forms.clients.lifecycle import HandoverForm, ReasonForm
from pwa.web.forms.fields import Errors
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
    return _standing_page(load_client(client_id), change, {}, {})


def _standing_page(
    client: Client, change: str, values: Mapping[str, str], errors: Errors, status: int = 200
) -> Response:
    shown: dict[str, Any] = {"change": change, "values": values, "errors": errors}
    return page("clients/standing.html", status=status, client=client, **shown)


@bp.post(CHANGE)
@login_required
@idempotent
def stand(client_id: int, change: str) -> Response:
    client = load_client(client_id, for_write=True)
    form = ReasonForm.parse(request.form)
    if form.errors:
        return _standing_page(client, change, request.form, form.errors, 422)
    lifecycle.change_status(client, CHANGES[change], form.reason, current_user, clock.now())
    return redirect_after_post(url_for("clients.show", client_id=client.id))


@bp.get("/clients/<int:client_id>/handover")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
def ask_handover(client_id: int) -> Response:
    return _handover_page(load_client(client_id), {}, {})


def _handover_page(
    client: Client, values: Mapping[str, str], errors: Errors, status: int = 200
) -> Response:
    shown: dict[str, Any] = {"owners": lifecycle.possible_owners(current_user)}
    shown |= {"values": values, "errors": errors}
    return page("clients/handover.html", status=status, client=client, **shown)


@bp.post("/clients/<int:client_id>/handover")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
@idempotent
def hand_over(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = HandoverForm.parse(request.form, lifecycle.possible_owners(current_user))
    if form.to and form.to.id == client.owner_id:
        already = _("%(name)s looks after them already.", name=form.to.first_name)
        form = replace(form, errors={"owner": already, **form.errors})
    if form.errors or form.to is None:
        return _handover_page(client, request.form, form.errors, 422)
    lifecycle.hand_over([client], form.to, form.reason, current_user, clock.now())
    flash(_("%(client)s is with %(name)s now.", client=client.name, name=form.to.name))
    return redirect_after_post(url_for("clients.show", client_id=client.id))
