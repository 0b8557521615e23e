"""The day list: the next conversation first."""

from contextlib import nullcontext
from datetime import datetime

from flask import Blueprint, redirect
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.clients import clients
from pwa.operations.day_list import day_list, overload
from pwa.operations.notices import day_close
from pwa.operations.text.datetime_text import days_by_name
from pwa.operations.text.reason_text import Part, why
from pwa.operations.voice_notes import to_confirm
from pwa.rules.day_list.agenda import is_day_over
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.person_names import first_name
from pwa.web.account.sessions import home
from pwa.web.day_list import talking_points
from pwa.web.http.authorization import listed_clients, load_client, role_required
from pwa.web.http.responses import page

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
    is_empty = not day.rows and not day.done and not clients.owns_any(current_user)
    is_over = shown == now and is_day_over(day.rows, now, zone, current_user.evening_at)
    return page(
        "day_list/index.html",
        book_is_empty=is_empty,
        close=day_close.for_manager(current_user, now) if is_over and not is_empty else None,
        day=day,
        now=now,
        shown=shown,
        from_tomorrow=day.from_tomorrow(now, zone),
        waits=to_confirm.waiting_for(current_user, listed_clients(current_user), now),
        why=_reasons(day, now, by_name=shown != now),
    )


def _reasons(day: day_list.Day, now: datetime, *, by_name: bool) -> dict[int, list[Part]]:
    """The reason of each row, by client id; `by_name` names its days, on another day's list."""
    with days_by_name() if by_name else nullcontext():
        zone = current_user.zone
        return {row.client_id: [*why(row, now, zone), *_whose(day, row)] for row in day.rows}


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
