"""Presence: a page in hand says so, and shows what would have been pushed."""

from datetime import timedelta

from flask import Blueprint, make_response, render_template, request
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import writing
from pwa.operations.notices.from_phone.presence import (
    held_notices,
    settle_held,
    store_left,
    store_used,
)
from pwa.web.http.authorization import row_number
from pwa.web.http.idempotency import reject_other_user

bp = Blueprint("presence", __name__)

LONG_AGO = 86_400  # seconds


@bp.post("/presence")
@login_required
def create() -> Response:
    """204, or the notices to be said while this page is on the screen.

    It was touched so many seconds ago (`idle`), or is hidden now (`left`).
    """
    reject_other_user()
    now, token = clock.now(), current_user.sign_in_token
    if "left" in request.form:
        with writing():
            store_left(current_user, token, now)
        return make_response("", 204)
    idle = timedelta(seconds=min(request.form.get("idle", 0, type=row_number) or 0, LONG_AGO))
    with writing():
        store_used(token, now - idle, now)
    held = settle_held(held_notices(current_user, now), now)  # no lock while words are chosen
    if not held:
        return make_response("", 204)
    return make_response(render_template("notices/_here.html", held=held))
