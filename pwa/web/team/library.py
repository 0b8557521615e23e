"""The library: conversations of the team worth learning from (R23)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Interaction, Lesson, Role
from pwa.operations.team import library
from pwa.rules.vocabulary.enums import Topic
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post

bp = Blueprint("library", __name__)


@dataclass(frozen=True)
class LessonForm:
    """The topic of a conversation, and a line on what worked in it."""

    topic: Topic | None
    line: str
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "LessonForm":
        fields = Fields(form)
        topic = fields.valid_choice("topic", Topic)
        if topic is None:
            fields.errors["topic"] = _("What is it about?")
        line = fields.text("line", _("Say in a line what worked."), most=300)
        return cls(topic, line, fields.errors)


@bp.get("/library")
@login_required
def index() -> Response:
    topic = request.args.get("topic", "")
    chosen = Topic(topic) if topic in set(Topic) else None
    return page(
        "library/index.html",
        lessons=library.shared(current_user, chosen),
        waiting=library.waiting_for(current_user),
        chosen=chosen,
    )


@bp.get("/interactions/<int:interaction_id>/lesson")
@login_required
def new(interaction_id: int) -> Response:
    row = _load(interaction_id)
    values = {"topic": row.lesson.topic, "line": row.lesson.line} if row.lesson else {}
    return _form(row, values)


@bp.post("/interactions/<int:interaction_id>/lesson")
@login_required
@idempotent
def create(interaction_id: int) -> Response:
    row = _load(interaction_id, for_write=True)
    form = LessonForm.parse(request.form)
    if form.errors or form.topic is None:
        return _form(row, request.form, 422, form.errors)
    facts = library.LessonFacts(form.topic, form.line)
    lesson = library.mark(row, facts, current_user, clock.now())
    if lesson.shared_at:
        flash(_("It stands in the library now."))
    else:
        flash(_("%(name)s is asked whether to share it.", name=row.user.first_name))
    return redirect_after_post(next_url(url_for("clients.show", client_id=row.client_id)))


@bp.post("/lessons/<int:lesson_id>/share")
@login_required
@idempotent
def share(lesson_id: int) -> Response:
    library.share(_load_mine(lesson_id), current_user, clock.now())
    return redirect_after_post(url_for(".index"))


@bp.post("/lessons/<int:lesson_id>/private")
@login_required
@idempotent
def keep_private(lesson_id: int) -> Response:
    library.keep_private(_load_mine(lesson_id), current_user, clock.now())
    return redirect_after_post(url_for(".index"))


def _load(interaction_id: int, *, for_write: bool = False) -> Interaction:
    """A conversation that the user may mark: their own, or their team's; else 404."""
    row = load_of_client(Interaction, interaction_id, for_write=for_write)
    if not row.reached or row.superseded_at:
        abort(404)
    if row.user_id != current_user.id and current_user.role != Role.SUPERVISOR:
        abort(404)
    return row


def _load_mine(lesson_id: int) -> Lesson:
    """A lesson from one of the user's own conversations, which only they may share; else 404."""
    lesson = session.get(Lesson, lesson_id)
    if lesson is None or lesson.interaction.user_id != current_user.id:
        abort(404)
    return lesson


def _form(
    row: Interaction, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    shown = {"values": values, "errors": errors or {}, "back": _back(row)}
    return page("library/new.html", status=status, row=row, **shown)


def _back(row: Interaction) -> str:
    return next_url(url_for("clients.show", client_id=row.client_id))
