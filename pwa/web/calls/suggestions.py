"""Suggestions from a note: a "Yes" stores one, a "No" keeps it as a case to learn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.files import training
from pwa.models import Interaction, Role, Suggestion
from pwa.operations.calls import recaps
from pwa.operations.voice_notes import confirmation, duplicates, rejected_cases, suggestions
from pwa.operations.voice_notes.confirmation import AcceptedTerms
from pwa.operations.voice_notes.suggestions import SuggestionGroup
from pwa.rules.vocabulary.enums import Channel, Mood, Stage, SuggestionKind
from pwa.rules.vocabulary.timezones import local_day
from pwa.web.account.sessions import home
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import accessible_clients, load_client, role_required
from pwa.web.http.extensions import htmx
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("suggestions", __name__)

BREATH = 0.5  # seconds


@dataclass
class SuggestionAnswer:
    """The answer to a suggestion: yes or no, and with a "Yes" the day and time."""

    yes: bool
    terms: AcceptedTerms
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], suggestion: Suggestion) -> "SuggestionAnswer":
        fields = Fields(form)
        if fields.trimmed("answer") != "yes":
            return cls(False, AcceptedTerms(None, None))
        if not confirmation.needs_day(suggestion):
            return cls(True, AcceptedTerms(None, None))
        terms = AcceptedTerms(fields.day("day", _("By which day?")), fields.time("time"))
        if terms.day and not fields.errors:
            _check_day(suggestion, terms, terms.day, fields.errors)
        return cls(True, terms, fields.errors)


def _check_day(suggestion: Suggestion, terms: AcceptedTerms, day: date, errors: Errors) -> None:
    talk = suggestion.interaction
    gone = day < local_day(talk.at, talk.user.zone)
    if suggestion.kind is SuggestionKind.BOOKING:
        gone = confirmation.booking_time(suggestion, terms) <= clock.now()
    if gone:
        errors["day"] = _("That day is gone. Choose one that is still to come.")


@bp.post("/suggestions/<int:suggestion_id>")
@login_required
@idempotent(replay=lambda suggestion_id: card(load_own(suggestion_id).interaction))
def answer(suggestion_id: int) -> Response:
    suggestion = load_own(suggestion_id)
    form = SuggestionAnswer.parse(request.form, suggestion)
    if form.errors:
        return card(suggestion.interaction, 422, {suggestion.id: form.errors})
    if form.yes:
        if suggestion.answered_at:
            rejected_cases.prune_after_commit()
        confirmation.accept(suggestion, form.terms, current_user, clock.now())
    elif confirmation.decline(suggestion, clock.now()):
        rejected_cases.store_case(suggestion)
    return card(suggestion.interaction) if htmx else redirect_after_post(next_url(home()))


def load_own(suggestion_id: int) -> Suggestion:
    """A suggestion from the user's own note, at an accessible client, which is locked; else 404."""
    query = sa.select(Suggestion).join(Suggestion.interaction).join(Interaction.client)
    query = query.where(Suggestion.id == suggestion_id, Suggestion.user_id == current_user.id)
    suggestion = session.scalar(query.where(accessible_clients(current_user))) or abort(404)
    load_client(suggestion.interaction.client_id, for_write=True)
    return session.scalar(query.execution_options(populate_existing=True)) or abort(404)


def card(talk: Interaction, status: int = 200, errors: dict[int, Errors] | None = None) -> Response:
    """The suggestions of a conversation's note: a fragment for htmx, else a page of its own."""
    asked = suggestions.group_of(talk)
    return page(
        "suggestions/show.html",
        "suggestions/_card.html",
        status=status,
        asked=asked,
        errors=errors or {},
        back=next_url(home()),
        typed=request.form,
        **after(asked),
    )


def after(asked: SuggestionGroup) -> dict[str, object]:
    """The recap that is left to write once every suggestion is answered."""
    debt = recaps.debt(asked.talk, today()) if asked.is_answered else None
    return {"debt": debt}


@bp.get("/admin/not-so.jsonl")
@role_required(Role.ADMINISTRATOR)
def cases() -> Response:
    """The rejected suggestions as JSON lines, or 404 without any."""
    lines = rejected_cases.export_lines() or abort(404)
    response = Response(lines, content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename={training.CASES}"
    return response


@bp.app_template_global()
def proposed(suggestion: Suggestion) -> dict[str, str]:
    """The first values of the fields for the day and the time."""
    return {
        "day": confirmation.proposed_day(suggestion).isoformat(),
        "time": confirmation.proposed_time(suggestion).strftime("%H:%M"),
    }


@bp.app_template_global()
def excerpt_address(suggestion: Suggestion) -> str | None:
    """The address of the note's sound, from a breath before the words; None without a sound."""
    note = suggestion.voice_note
    if note is None or note.removed_at or suggestion.moment is None:
        return None
    start = max(0.0, suggestion.moment - BREATH)
    return url_for("voice_notes.show", note_id=note.id, _anchor=f"t={start:.1f}")


@bp.app_template_global()
def newer_words_stand(suggestion: Suggestion) -> bool:
    """Whether its "Yes" changed nothing, as the contact said something newer since."""
    return duplicates.is_outdated(suggestion)


@bp.app_template_global()
def confirm_address(suggestion: Suggestion, back: str) -> str:
    """The address for the answer, with the way back to the page that asked."""
    return url_for("suggestions.answer", suggestion_id=suggestion.id, next=back)


@bp.app_template_global()
def suggested_value(suggestion: Suggestion) -> StrEnum:
    """The suggested member of an enum, for kinds of suggestion that have one."""
    closed: dict[SuggestionKind, type[StrEnum]] = {
        SuggestionKind.CADENCE: Stage,
        SuggestionKind.PREFERENCE: Channel,
        SuggestionKind.MOOD: Mood,
    }
    if suggestion.kind is SuggestionKind.BOOKING:
        return confirmation.booking_kind(suggestion)
    return confirmation.enum_value(closed[suggestion.kind], suggestion)
