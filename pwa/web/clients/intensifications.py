"""A denser rhythm for a reason and, as a rule, for a while (R10)."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """How often, why, and the last day; only a top client's stands without an end."""

    stage: Stage | None
    reason: str
    until: date | None

    @classmethod
    def parse(
        cls, form: Mapping[str, str], client: Client, today: date
    ) -> tuple["IntensifyForm", Errors]:
        """The denser rhythm, and by field what is wrong with it."""
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
        return cls(stage, reason, until), fields.errors


def denser(client: Client) -> list[tuple[str, str]]:
    """The stages that mean more conversations than what is agreed, with their words."""
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
    form, errors = IntensifyForm.parse(request.form, client, today())
    if errors or form.stage is None:
        return form_page(client, request.form, errors, 422)
    intensifications.begin(client, form.stage, form.until, form.reason, current_user, clock.now())
    return back_to(client)


def form_page(
    client: Client, values: Mapping[str, str], errors: Errors, status: int = 200
) -> Response:
    """The form with the stages and reasons there are."""
    given: dict[str, Any] = {"stages": denser(client), "reasons": REASONS}
    given |= {"values": values, "errors": errors}
    return page("intensifications/new.html", status=status, client=client, **given)


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
    fields = Fields(request.form)
    reason = fields.text("reason", _("Say why, in a few words."), most=500)
    if fields.errors:
        given: dict[str, Any] = {"dense": dense, "values": request.form, "errors": fields.errors}
        return page("intensifications/end.html", status=422, client=client, **given)
    intensifications.end(client, dense, reason, current_user, now)
    return back_to(client)
