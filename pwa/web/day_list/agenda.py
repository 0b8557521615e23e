"""The agenda: tomorrow and the rest of the week on one page."""

from flask import Blueprint
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.day_list import agenda
from pwa.operations.text.stage_text import stage_text
from pwa.rules.vocabulary.calendar import later
from pwa.web.http.authorization import role_required
from pwa.web.http.responses import page
from pwa.web.text.datetime_filters import today

bp = Blueprint("agenda", __name__)


@bp.get("/agenda")
@role_required(Role.MANAGER)
def index() -> Response:
    """What is booked, promised and due on the coming seven days, and how much of each it takes."""
    return page(
        "day_list/agenda.html",
        agenda=agenda.for_manager(current_user, clock.now()),
        tomorrow=later(today()),
        stage_text=stage_text,
    )
