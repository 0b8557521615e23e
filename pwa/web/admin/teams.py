"""Teams: name, country of the holidays, region of phone numbers."""

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Role, Team
from pwa.operations.accounts import teams
from pwa.operations.accounts.users import AccountError
from pwa.web.forms.person import TeamForm
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post

bp = Blueprint("teams", __name__)


def load_team(team_id: int) -> Team:
    """The team, or 404."""
    return session.get(Team, team_id) or abort(404)


@bp.get("/admin/teams/<int:team_id>")
@role_required(Role.ADMINISTRATOR)
def edit(team_id: int) -> Response:
    team = load_team(team_id)
    return page("admin/team.html", team=team, values=TeamForm.values(team), errors={})


@bp.post("/admin/teams/<int:team_id>")
@role_required(Role.ADMINISTRATOR)
@idempotent
def update(team_id: int) -> Response:
    team = load_team(team_id)
    form = TeamForm.parse(request.form)
    if not form.errors:
        try:
            teams.change(team, form.name, form.country, form.region, current_user, clock.now())
        except AccountError as refused:
            form.errors["name"] = str(refused)
    if form.errors:
        values = request.form
        return page("admin/team.html", status=422, team=team, values=values, errors=form.errors)
    flash(_("%(name)s is changed.", name=team.name))
    return redirect_after_post(url_for("admin.index"))
