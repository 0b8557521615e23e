"""The map app that opens a user's routes and places."""

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.operations.accounts import users
from pwa.rules.maps.map_links import MapApp
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post

bp = Blueprint("map_app", __name__)


@bp.get("/me/map-app")
@login_required
def edit() -> Response:
    return _ask(current_user.map_app)


@bp.post("/me/map-app")
@login_required
@idempotent
def update() -> Response:
    fields = Fields(request.form)
    app = fields.choice("app", MapApp, _("Choose a map app."))
    if app is None:
        return _ask(fields.trimmed("app"), 422, fields.errors)
    users.choose_map_app(current_user, app)
    flash(_("Saved."))
    return redirect_after_post(_back())


def _ask(chosen: str | None, status: int = 200, errors: Errors | None = None) -> Response:
    return page("me/map_app.html", status=status, chosen=chosen, errors=errors or {}, leave=_back())


def _back() -> str:
    return next_url(url_for("me.index", _anchor="map-app"))
