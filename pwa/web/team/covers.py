"""Covers: a manager's clients are looked after by another during an absence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Cover, Role, User
from pwa.operations.accounts import covers
from pwa.operations.clients import lifecycle
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("covers", __name__)

MOST_DAYS = 366


@dataclass(frozen=True)
class CoverForm:
    """A cover; `facts` is None for a form with errors."""

    facts: covers.CoverFacts | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], managers: Sequence[User]) -> "CoverForm":
        """The cover of one of `managers` by another, over days without a cover."""
        fields = Fields(form)
        by_id = {str(manager.id): manager for manager in managers}
        absent = by_id.get(fields.text("absent", _("Who is away?")))
        stands_in = by_id.get(fields.text("covered_by", _("Who looks after the clients?")))
        first = fields.day("first_day", _("From which day?"))
        last = fields.day("last_day", _("Until which day?"))
        reason = fields.text("reason", _("Say why, in a few words."), most=300)
        if absent and stands_in is absent:
            fields.errors["covered_by"] = _("Choose somebody else than the one who is away.")
        if first and last:
            _check_days(fields.errors, absent, first, last)
        if fields.errors or not (absent and stands_in and first and last):
            return cls(None, fields.errors)
        return cls(covers.CoverFacts(absent.id, stands_in.id, first, last, reason))


def _check_days(errors: Errors, absent: User | None, first: date, last: date) -> None:
    if last < max(first, today()) or (last - first).days > MOST_DAYS:
        errors["last_day"] = _("Give a last day that is still to come, after the first.")
    elif absent and covers.overlapping(absent.id, first, last):
        errors["first_day"] = _("Somebody looks after them on some of these days.")


@bp.get("/team/covers")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
def index() -> Response:
    return _page({}, {})


@bp.post("/team/covers")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
@idempotent
def create() -> Response:
    form = CoverForm.parse(request.form, lifecycle.possible_owners(current_user))
    if form.facts is None:
        return _page(request.form, form.errors, 422)
    cover = covers.arrange(form.facts, current_user, clock.now())
    flash(
        _(
            "%(by)s looks after the clients of %(absent)s then.",
            by=cover.covered_by.first_name,
            absent=cover.absent.first_name,
        )
    )
    return redirect_after_post(url_for(".index"))


@bp.post("/team/covers/<int:cover_id>/end")
@role_required(Role.SUPERVISOR, Role.ADMINISTRATOR)
@idempotent
def end(cover_id: int) -> Response:
    cover = session.get(Cover, cover_id) or abort(404)
    if not covers.may_end(current_user, cover):
        abort(404)
    covers.end(cover, current_user, clock.now())
    return redirect_after_post(url_for(".index"))


def _page(values: Any, errors: dict[str, str], status: int = 200) -> Response:
    return page(
        "covers/index.html",
        status=status,
        covers=covers.listed(current_user, today()),
        managers=lifecycle.possible_owners(current_user),
        values=values,
        errors=errors,
    )
