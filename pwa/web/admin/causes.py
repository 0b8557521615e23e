"""The team's list of the most usual causes of recoveries (R16)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.recoveries import causes
from pwa.web.account.sessions import home
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post

bp = Blueprint("causes", __name__)

LONGEST = 200


@dataclass(frozen=True)
class CausesForm:
    """The causes in their order, without repetitions."""

    causes: list[str]
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "CausesForm":
        fields = Fields(form)
        lines = (" ".join(line.split()) for line in fields.trimmed("words").splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > causes.MAX_CAUSES or any(len(name) > LONGEST for name in names):
            problem = _("At most %(most)d lines, each short enough to tap.", most=causes.MAX_CAUSES)
            fields.errors["words"] = problem
        return cls(names, fields.errors)


@bp.get("/team/causes")
@role_required(Role.MANAGER, Role.SUPERVISOR)
def edit() -> Response:
    return _page("\n".join(causes.of_team(current_user.team_id)))


@bp.post("/team/causes")
@role_required(Role.MANAGER, Role.SUPERVISOR)
@idempotent
def update() -> Response:
    form = CausesForm.parse(request.form)
    if form.errors:
        return _page(request.form["words"], form.errors, 422)
    causes.replace(form.causes, current_user, clock.now())
    flash(_("Saved for your team."))
    return redirect_after_post(next_url(home()))


def _page(words: str, errors: Errors | None = None, status: int = 200) -> Response:
    back = next_url(url_for("sessions.index"))
    return page("causes/edit.html", status=status, words=words, errors=errors or {}, back=back)
