"""Presence: a page on the screen says so, and shows what would have been pushed."""

from flask import Blueprint, make_response, render_template
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import writing
from pwa.operations.notices.presence import held_notices, settle_held, store_visible
from pwa.web.http.idempotency import reject_other_user

bp = Blueprint("presence", __name__)


@bp.post("/presence")
@login_required
def create() -> Response:
    """204, or the notices that are held while this page is on the screen."""
    reject_other_user()
    now = clock.now()
    with writing():
        store_visible(current_user.sign_in_token, now)
    held = settle_held(held_notices(current_user, now), now)  # no lock while words are chosen
    if not held:
        return make_response("", 204)
    return make_response(render_template("notices/_here.html", held=held))
