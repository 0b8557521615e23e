"""The board of a team: who has done what today, and who has gone quiet."""

from flask import Blueprint
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations import attention, supervision
from pwa.web.guards import role_required
from pwa.web.respond import page

bp = Blueprint("team", __name__)


@bp.get("/team")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
def index() -> Response:
    now = clock.now()
    return page(
        "team/index.html",
        board=supervision.board(current_user, now),
        needing=attention.needing(current_user, now),
        now=now,
    )
