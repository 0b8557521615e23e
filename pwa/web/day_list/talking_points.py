"""Talking points: how this team opens a conversation, by situation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Role
from pwa.operations.brief.phrases import stage_words
from pwa.operations.talking_points import talking_points
from pwa.operations.talking_points.defaults import MOST_POINTS, places, situation_name
from pwa.operations.team import library
from pwa.operations.text.preference_text import preference_summary
from pwa.rules.vocabulary.situation import Situation
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post

LONGEST = 300

bp = Blueprint("openings", __name__)


@dataclass(frozen=True)
class PointsForm:
    """The talking points for a situation, one a line."""

    points: list[str]
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "PointsForm":
        fields = Fields(form)
        lines = (line.strip() for line in fields.trimmed("points").splitlines())
        points = [line for line in lines if line]
        problem = _problem(points)
        return cls(points, {"points": problem} if problem else {})


def show(client: Client, now: datetime, next_name: str) -> Response:
    """The talking points for the next conversation with this client, and the next on the list."""
    shown = talking_points.opening_page(client, now)
    topic = shown.topic
    return page(
        "day_list/opening.html",
        client=client,
        contact=shown.brief.contact,
        shown=shown,
        name=situation_name(shown.situation),
        wishes=preference_summary(shown.brief.contact.preference) if shown.brief.contact else "",
        rhythm=stage_words(shown.brief.stage),
        lessons=library.count_shared(current_user, topic) if topic else 0,
        next_name=next_name,
        own_team=client.owner.team_id == current_user.team_id,
    )


def _situation(name: str) -> Situation:
    return Situation(name) if name in set(Situation) else abort(404)


@bp.get("/openings/<name>")
@role_required(Role.MANAGER, Role.SUPERVISOR)
def edit(name: str) -> Response:
    which = _situation(name)
    points = talking_points.points_of(current_user.team_id, which)
    return _form(which, "\n".join(points))


@bp.post("/openings/<name>")
@role_required(Role.MANAGER, Role.SUPERVISOR)
@idempotent
def update(name: str) -> Response:
    which = _situation(name)
    form = PointsForm.parse(request.form)
    if form.errors:
        return _form(which, request.form.get("points", ""), form.errors, 422)
    talking_points.change(current_user.team_id, which, form.points, current_user, clock.now())
    flash(_("Your team opens like this from now on."))
    return redirect_after_post(next_url(url_for("today.index")))


@bp.post("/openings/<name>/reset")
@role_required(Role.MANAGER, Role.SUPERVISOR)
@idempotent
def reset(name: str) -> Response:
    talking_points.reset(current_user.team_id, _situation(name), current_user, clock.now())
    flash(_("Back to the points that come with Rounds."))
    return redirect_after_post(next_url(url_for("today.index")))


def _problem(points: list[str]) -> str | None:
    if not points:
        return _("Write at least one point.")
    if len(points) > MOST_POINTS:
        return _("Keep it to %(most)d points: nobody reads more before a call.", most=MOST_POINTS)
    if any(len(point) > LONGEST for point in points):
        return _("One point is too long. Say it in two.")
    return None


def _form(
    which: Situation, typed: str, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    return page(
        "talking_points/edit.html",
        status=status,
        which=which,
        heading=situation_name(which),
        typed=typed,
        errors=errors or {},
        places=places(),
        own=talking_points.of_team(current_user.team_id, which),
        back=next_url(url_for("today.index")),
    )
