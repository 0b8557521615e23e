"""The day list: the next conversation first."""

from datetime import datetime

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Role
from pwa.operations.clients import postponements
from pwa.operations.day_list import day_list, overload
from pwa.operations.text.reason_text import Part, why
from pwa.operations.voice_notes import suggestions
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.person_names import first_name
from pwa.web.account.sessions import home
from pwa.web.day_list import talking_points
from pwa.web.forms.postponement import PostponementForm, moments, reasons
from pwa.web.http.authorization import listed_clients, load_client, role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text import datetime_filters
from pwa.web.text.client_clock import happened_at

bp = Blueprint("today", __name__)


@bp.get("/today")
@login_required
def index() -> Response:
    """A manager's day list; redirects other roles to their first page, as the app starts here."""
    if current_user.role != Role.MANAGER:
        return redirect(home())
    now, zone = clock.now(), current_user.zone
    shown = day_list.displayed_time(current_user, now)
    day = day_list.for_manager(current_user, shown)
    return page(
        "day_list/index.html",
        day=day,
        now=now,
        shown=shown,
        from_tomorrow=day.from_tomorrow(now, zone),
        confirm=suggestions.open_for(current_user, listed_clients(current_user)),
        why={row.client_id: [*why(row, now, zone), *_whose(day, row)] for row in day.rows},
    )


def _whose(day: day_list.Day, row: Row) -> list[Part]:
    """The owner of a client that this manager covers, as a part of the reason."""
    name = day.covered.get(row.client_id)
    return [Part(_("for %(name)s", name=first_name(name)))] if name else []


@bp.get("/clients/<int:client_id>/opening")
@role_required(Role.MANAGER, Role.SUPERVISOR)
def opening(client_id: int) -> Response:
    """The talking points for the reason why the client is on the list."""
    client, now = load_client(client_id), clock.now()
    mine = client.owner_id == current_user.id
    return talking_points.show(client, now, _after(client.id, now) if mine else "")


def _after(client_id: int, now: datetime) -> str:
    shown = day_list.displayed_time(current_user, now)
    return day_list.for_manager(current_user, shown).after(client_id)


@bp.get("/clients/<int:client_id>/postponement")
@role_required(Role.MANAGER)
def not_now(client_id: int) -> Response:
    """The form of a postponement (R21)."""
    return _ask_until(load_client(client_id))


@bp.post("/clients/<int:client_id>/postponement")
@role_required(Role.MANAGER)
@idempotent
def postpone(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = PostponementForm.parse(request.form, happened_at(), datetime_filters.zone())
    if form.terms is None:
        return _ask_until(client, form.errors, status=422)
    postponements.postpone(client, form.terms, current_user, happened_at())
    return redirect_after_post(url_for("today.index"))


@bp.get("/today/load")
@role_required(Role.MANAGER)
def load() -> Response:
    """An overloaded day: the rows that fit, and those that would slip."""
    now = clock.now()
    shown = day_list.displayed_time(current_user, now)
    return page(
        "day_list/load.html",
        full=overload.for_manager(current_user, shown),
        why=lambda row: why(row, now, current_user.zone),
    )


def _ask_until(client: Client, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    return page(
        "day_list/not_now.html",
        status=status,
        client=client,
        before=postponements.in_a_row(client),
        whens=moments(clock.now(), datetime_filters.zone()),
        reasons=reasons(),
        errors=errors or {},
        typed=request.form,
    )
