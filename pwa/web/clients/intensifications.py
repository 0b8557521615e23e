"""Intensifications: a denser cadence for a reason, as a rule until a day (R10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client
from pwa.operations.cadences import cadences, intensifications
from pwa.rules.scheduling.taper import is_slower
from pwa.rules.vocabulary.enums import Stage
from pwa.web.clients.cadences import back_to
from pwa.web.forms.clients.lifecycle import ReasonForm
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import load_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page
from pwa.web.text.datetime_filters import today
from pwa.web.text.labels import options

bp = Blueprint("intensifications", __name__)

REASONS = (
    (intensifications.PROJECT, lazy("A project")),
    (intensifications.MIGRATION, lazy("A migration")),
    (intensifications.INCIDENT, lazy("An incident")),
    (intensifications.NEGLECTED, lazy("They feel neglected")),
    (intensifications.TOP_CLIENT, lazy("A top client, for good")),
)


@dataclass(frozen=True)
class IntensifyForm:
    """The stage, the reason and the last day; only a top client's has no end (R10)."""

    stage: Stage | None
    reason: str
    until: date | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client, today: date) -> "IntensifyForm":
        """The intensification of the client's cadence, ending within a year from `today`."""
        fields = Fields(form)
        stage = fields.choice("stage", Stage, _("How often?"))
        if stage and stage.value not in dict(denser(client)):
            fields.errors["stage"] = _("That is no more often than what you have agreed.")
        reason = fields.text("reason", _("Why more often?"))
        if reason and reason not in dict(REASONS):
            fields.errors["reason"] = _("Choose one of the list.")
        until = None
        if reason != intensifications.TOP_CLIENT:
            until = fields.day("until", _("Until which day? The end is part of what you agree."))
        if until and not today <= until <= today + timedelta(days=366):
            fields.errors["until"] = _("Choose a day within a year from today.")
        return cls(stage, reason, until, fields.errors)


def denser(client: Client) -> list[tuple[str, str]]:
    """The stages denser than the agreed one, with their labels."""
    stands = cadences.current(client)
    agreed = stands.stage if stands else Stage.MONTHLY
    return [
        (key, words) for key, words in options("Stage") if is_slower(agreed, Stage[key.upper()])
    ]


@bp.get("/clients/<int:client_id>/intensification")
@login_required
def new(client_id: int) -> Response:
    return form_page(load_client(client_id), {}, {})


@bp.post("/clients/<int:client_id>/intensification")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = IntensifyForm.parse(request.form, client, today())
    if form.errors or form.stage is None:
        return form_page(client, request.form, form.errors, 422)
    intensifications.begin(client, form.stage, form.until, form.reason, current_user, clock.now())
    return back_to(client)


def form_page(
    client: Client, values: Mapping[str, str], errors: Errors, status: int = 200
) -> Response:
    """The form with the stages and reasons to choose from."""
    shown: dict[str, Any] = {"stages": denser(client), "reasons": REASONS}
    shown |= {"values": values, "errors": errors}
    return page("intensifications/new.html", status=status, client=client, **shown)


@bp.get("/clients/<int:client_id>/intensification/ending")
@login_required
def ask_end(client_id: int) -> Response:
    client = load_client(client_id)
    dense = intensifications.current(client, clock.now()) or abort(404)
    return page("intensifications/end.html", client=client, dense=dense, values={}, errors={})


@bp.post("/clients/<int:client_id>/intensification/ending")
@login_required
@idempotent
def end(client_id: int) -> Response:
    client, now = load_client(client_id, for_write=True), clock.now()
    dense = intensifications.current(client, now) or abort(404)
    form = ReasonForm.parse(request.form)
    if form.errors:
        shown: dict[str, Any] = {"dense": dense, "values": request.form, "errors": form.errors}
        return page("intensifications/end.html", status=422, client=client, **shown)
    intensifications.end(client, dense, form.reason, current_user, now)
    return back_to(client)
