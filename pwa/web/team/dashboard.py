"""The dashboard of a team: today's work by manager, and clients not heard from for long."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.clients.search import fold
from pwa.operations.team import dashboard
from pwa.operations.team.dashboard import ManagerDay
from pwa.operations.team.reminder_help import reminder_help
from pwa.web.http.authorization import role_required
from pwa.web.http.responses import page

SORTS: dict[str, Callable[[ManagerDay], Any]] = {
    "name": lambda row: fold(row.name),
    "reached": lambda row: row.progress.done / max(1, row.progress.total),
    "due": lambda row: row.progress.left.total + row.progress.more,
    "late": lambda row: row.late,
    "quiet": lambda row: row.quiet,
    "clients": lambda row: row.clients,
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
        needing=board.alerts,
        reminders=reminder_help(current_user, now),
        now=now,
    )


def _sort_asked() -> str:
    """The column to sort by, with "-" for descending; by default the most quiet first."""
    asked = request.args.get("sort", MOST_QUIET)
    return asked if asked.removeprefix("-") in SORTS else MOST_QUIET
