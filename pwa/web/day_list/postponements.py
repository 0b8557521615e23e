""" "Not now" (R21): putting a client off, and undoing that."""

from datetime import datetime

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Postponement, Role
from pwa.operations.clients import postponements
from pwa.operations.clients.postponements import Conditions, Undoing
from pwa.operations.text.datetime_text import day_phrase
from pwa.web.forms.fields import Errors
from pwa.web.forms.postponement import PostponementForm, after_deadline, moments, reasons
from pwa.web.http.authorization import load_client, role_required, row_number
from pwa.web.http.flashes import flash_with_undo
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text import datetime_filters
from pwa.web.text.client_clock import happened_at

bp = Blueprint("postponements", __name__)


@bp.get("/clients/<int:client_id>/postponement")
@role_required(Role.MANAGER)
def new(client_id: int) -> Response:
    """The times to put a client off to: a tap saves."""
    client = load_client(client_id)
    return _ask(client, postponements.conditions(client, clock.now()))


@bp.post("/clients/<int:client_id>/postponement")
@role_required(Role.MANAGER)
@idempotent
def create(client_id: int) -> Response:
    client, at = load_client(client_id, for_write=True), happened_at()
    conditions = postponements.conditions(client, at)
    form = PostponementForm.parse(request.form, conditions, at, datetime_filters.zone())
    if form.terms is None:
        return _ask(client, conditions, form.errors, status=422)
    row = postponements.postpone(client, form.terms, current_user, at)
    flash_with_undo(
        _back_on_the_list(client, row),
        url_for(".undo", client_id=client.id),
        postponement=row.id,
        at=row.at.isoformat(),
    )
    return redirect_after_post(url_for("today.index"))


@bp.post("/clients/<int:client_id>/postponement/undo")
@role_required(Role.MANAGER)
@idempotent
def undo(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    row_id = request.form.get("postponement", 0, type=row_number)
    at = request.form.get("at", clock.now(), type=_aware)
    flash(_undone(client, postponements.undo(client, row_id, at)))
    return redirect_after_post(url_for("today.index"))


def _ask(
    client: Client, conditions: Conditions, errors: Errors | None = None, status: int = 200
) -> Response:
    deadline = conditions.deadline
    return page(
        "day_list/not_now.html",
        status=status,
        client=client,
        conditions=conditions,
        times=moments(clock.now(), datetime_filters.zone(), deadline),
        late=after_deadline(deadline) if deadline else "",
        reasons=reasons(),
        errors=errors or {},
        typed=request.form,
    )


def _aware(text: str) -> datetime:
    """A moment from a hidden field; ValueError for anything else."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at


def _name(client: Client) -> str:
    return client.contact.first_name if client.contact else client.name


def _back_on_the_list(client: Client, row: Postponement) -> str:
    zone = datetime_filters.zone()
    words = {"name": _name(client), "when": day_phrase(row.until, clock.now(), zone)}
    if row.whole_day:
        return _("%(name)s is back on your list %(when)s.", **words)
    return _(
        "%(name)s is back on your list at %(time)s.",
        name=words["name"],
        time=datetime_filters.clock_time(row.until),
    )


def _undone(client: Client, result: Undoing) -> str:
    name = _name(client)
    if result is Undoing.AGAIN:
        return _("%(name)s was put off again since: that one stands.", name=name)
    if result is Undoing.REACHED:
        return _("There was a conversation with %(name)s since: nothing to undo.", name=name)
    return _("%(name)s is back on your list.", name=name)
