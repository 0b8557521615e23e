"""The team's list of what goes wrong most (R16)."""

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.recoveries import causes
from pwa.web.account.sessions import home
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post

bp = Blueprint("causes", __name__)

LONGEST = 200


@bp.get("/team/causes")
@role_required(Role.MANAGER, Role.SUPERVISOR)
def edit() -> Response:
    return _page("\n".join(causes.of_team(current_user.team_id)))


@bp.post("/team/causes")
@role_required(Role.MANAGER, Role.SUPERVISOR)
@idempotent
def update() -> Response:
    typed = request.form.get("words", "").replace("\x00", "")
    words = list(dict.fromkeys(" ".join(line.split()) for line in typed.splitlines()))
    words = [one for one in words if one]
    if len(words) > causes.MAX_CAUSES or any(len(one) > LONGEST for one in words):
        most = _("At most %(most)d lines, each short enough to tap.", most=causes.MAX_CAUSES)
        return _page(typed, most)
    causes.replace(words, current_user, clock.now())
    flash(_("Saved for your team."))
    return redirect_after_post(next_url(home()))


def _page(words: str, error: str | None = None) -> Response:
    errors = {"words": error} if error else {}
    back = next_url(url_for("sessions.index"))
    status = 422 if error else 200
    return page("causes/edit.html", status=status, words=words, errors=errors, back=back)
