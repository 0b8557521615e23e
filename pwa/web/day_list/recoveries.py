"""Recoveries: opening one, preparing the call, prevention and closing (R13, R16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Client, Promise, Recovery, User
from pwa.operations.client_state import loader
from pwa.operations.promises.promises import possible_owners
from pwa.operations.recoveries import causes, recoveries
from pwa.rules.brief import recovery as rules
from pwa.rules.day_list.reasons import reasons_today
from pwa.web.forms.clients.lifecycle import ReasonForm
from pwa.web.forms.recovery import PreparationForm, PreventionForm, RecoveryForm
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.client_clock import happened_at
from pwa.web.text.datetime_filters import today

bp = Blueprint("recoveries", __name__)

UNKNOWN = "unknown"


@bp.get("/clients/<int:client_id>/recoveries/new")
@login_required
def new(client_id: int) -> Response:
    client = load_client(client_id)
    contact = client.contact
    return _form(client, {"contact": contact.id if contact else "", "severity": UNKNOWN})


@bp.post("/clients/<int:client_id>/recoveries")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = RecoveryForm.parse(request.form, client)
    if form.errors:
        return _form(client, request.form, 422, form.errors)
    opened = recoveries.RecoveryReport(form.contact, form.cause, form.severity, happened_at())
    recovery = recoveries.open_recovery(client, opened, current_user, clock.now())
    return redirect_after_post(url_for(".show", recovery_id=recovery.id))


@bp.get("/recoveries/<int:recovery_id>")
@login_required
def show(recovery_id: int) -> Response:
    return _page(load_of_client(Recovery, recovery_id))


@bp.get("/recoveries/<int:recovery_id>/preparation")
@login_required
def ask_preparation(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id)
    return _preparation(recovery, {"make_good": recovery.make_good or ""})


@bp.post("/recoveries/<int:recovery_id>/preparation")
@login_required
@idempotent
def prepare(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    now = clock.now()
    form = PreparationForm.parse(request.form, now)
    if form.errors:
        return _preparation(recovery, request.form, 422, form.errors)
    recoveries.prepare(recovery, form.make_good, form.know_by, current_user, now)
    return redirect_after_post(next_url(url_for(".show", recovery_id=recovery.id)))


@bp.post("/recoveries/<int:recovery_id>/call-anyway")
@login_required
@idempotent
def call_anyway(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    recoveries.call_anyway(recovery, current_user, clock.now())
    return redirect_after_post(next_url(url_for(".show", recovery_id=recovery.id)))


@bp.post("/recoveries/<int:recovery_id>/prevention")
@login_required
@idempotent
def prevent(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    client = session.get_one(Client, recovery.client_id)
    form = PreventionForm.parse(request.form, possible_owners(client), today())
    if form.errors or form.due is None:
        return _page(recovery, request.form, form.errors, 422)
    words, owner = form.words, form.owner or client.owner
    if recovery.prevention_id:
        flash(_("There is a promise for this already, so yours was not added: “%(it)s”.", it=words))
    else:
        recoveries.prevent(recovery, client, words, form.due, owner, current_user, clock.now())
        flash(_("It stands among your promises."))
    return redirect_after_post(url_for(".show", recovery_id=recovery.id))


@bp.post("/recoveries/<int:recovery_id>/closing")
@login_required
@idempotent
def close(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    form = ReasonForm.parse(request.form, "why")
    if form.errors:
        return _page(recovery, request.form, form.errors, 422)
    recoveries.close(recovery, form.reason, current_user, clock.now())
    return redirect_after_post(url_for("clients.show", client_id=recovery.client_id))


@dataclass(frozen=True)
class RecoveryView:
    """The page's values beside the row itself; `deadline` until the first conversation about it."""

    deadline: datetime | None
    lines: tuple[rules.RecoveryLine, ...]
    checks: tuple[Any, ...]
    prevention: Promise | None
    opened_by: User | None


def _seen(recovery: Recovery, client: Client, now: datetime) -> RecoveryView:
    (known,) = loader.load_these([client.id], now)
    reasons = reasons_today(known.client, known.manager, now)
    deadlines = (reason.at for reason in reasons if reason.recovery == recovery.id)
    return RecoveryView(
        deadline=next(deadlines, None),
        lines=rules.recovery_lines(recovery.make_good, recovery.know_by),
        checks=recoveries.checks_of(recovery, client),
        prevention=session.get(Promise, recovery.prevention_id) if recovery.prevention_id else None,
        opened_by=session.get(User, recovery.opened_by_id) if recovery.opened_by_id else None,
    )


def _page(
    recovery: Recovery,
    values: Mapping[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    client, now = load_client(recovery.client_id), clock.now()
    return page(
        "recoveries/show.html",
        status=status,
        recovery=recovery,
        client=client,
        contact=next((c for c in client.contacts if c.id == recovery.contact_id), client.contact),
        seen=_seen(recovery, client, now),
        owners=possible_owners(client),
        now=now,
        today=today(),
        values=values or {},
        errors=errors or {},
    )


def _form(
    client: Client, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    return page(
        "recoveries/new.html",
        status=status,
        client=client,
        causes=causes.of_team(client.owner.team_id),
        values=values,
        errors=errors or {},
    )


def _preparation(
    recovery: Recovery, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    client = load_client(recovery.client_id)
    back = next_url(url_for(".show", recovery_id=recovery.id))
    shown = {"values": values, "errors": errors or {}, "back": back}
    return page("recoveries/prepare.html", status=status, recovery=recovery, client=client, **shown)
