"""The board of a team: who has done what today, and who has gone quiet."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.clients.search import fold
from pwa.operations.team import alerts, dashboard
from pwa.operations.team.dashboard import ManagerDay
from pwa.web.http.authorization import role_required
from pwa.web.http.responses import page

SORTS: dict[str, Callable[[ManagerDay], Any]] = {
    "name": lambda one: fold(one.name),
    "reached": lambda one: one.done / max(1, one.done + one.due),
    "due": lambda one: one.due,
    "late": lambda one: one.late,
    "quiet": lambda one: one.quiet,
    "clients": lambda one: one.clients,
}
MOST_QUIET = "-quiet"

bp = Blueprint("team", __name__)


@bp.get("/team")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
def index() -> Response:
    now = clock.now()
    board, sort = dashboard.board(current_user, now), _sort_asked()
    by, down = SORTS[sort.removeprefix("-")], sort.startswith("-")
    managers = sorted(board.managers, key=by, reverse=down)
    return page(
        "team/index.html",
        board=board,
        managers=managers,
        sort=sort,
        needing=alerts.alerts_for(current_user, now),
        now=now,
    )


def _sort_asked() -> str:
    """A column by name, with "-" in front from the greatest down; the most quiet by default."""
    asked = request.args.get("sort", MOST_QUIET)
    return asked if asked.removeprefix("-") in SORTS else MOST_QUIET
