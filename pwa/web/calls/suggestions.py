"""What a note seems to say: a "Yes" stores it, a "No" is remembered as a case to learn from."""

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
from pwa.web.http.idempotency import idempotent_showing
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("suggestions", __name__)

BREATH = 0.5  # seconds


@dataclass
class SuggestionAnswer:
    """An answer: yes or no, and the day and time that belong to a "Yes"; `errors` by field."""

    yes: bool
    terms: AcceptedTerms
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, one: Suggestion) -> "SuggestionAnswer":
        """The answer to `one`, and by field what is wrong with it."""
        fields = Fields(request.form)
        if request.form.get("answer") != "yes":
            return cls(False, AcceptedTerms(None, None))
        if not confirmation.asks_day(one):
            return cls(True, AcceptedTerms(None, None))
        terms = AcceptedTerms(fields.day("day", _("By which day?")), fields.time("time"))
        if terms.day and not fields.errors:
            _check_day(one, terms, terms.day, fields.errors)
        return cls(True, terms, fields.errors)


def _check_day(one: Suggestion, terms: AcceptedTerms, day: date, errors: Errors) -> None:
    talk = one.interaction
    gone = day < local_day(talk.at, talk.user.zone)
    if one.kind is SuggestionKind.BOOKING:
        gone = confirmation.moment_of(one, terms) <= clock.now()
    if gone:
        errors["day"] = _("That day is gone. Choose one that is still to come.")


@bp.post("/suggestions/<int:suggestion_id>")
@login_required
@idempotent_showing(lambda suggestion_id: card(load_own(suggestion_id).interaction))
def answer(suggestion_id: int) -> Response:
    one = load_own(suggestion_id)
    said = SuggestionAnswer.parse(one)
    if said.errors:
        return card(one.interaction, 422, {one.id: said.errors})
    if said.yes:
        if one.answered_at:
            rejected_cases.let_go()
        confirmation.accept(one, said.terms, current_user, clock.now())
    elif confirmation.decline(one, clock.now()):
        rejected_cases.remember(one)
    if "HX-Request" not in request.headers:
        return redirect_after_post(next_url(home()))
    return card(one.interaction)


def load_own(suggestion_id: int) -> Suggestion:
    """A suggestion out of one's own note, at a client in reach, which is locked; else 404."""
    query = sa.select(Suggestion).join(Suggestion.interaction).join(Interaction.client)
    query = query.where(Suggestion.id == suggestion_id, Suggestion.user_id == current_user.id)
    one = session.scalar(query.where(accessible_clients(current_user))) or abort(404)
    load_client(one.interaction.client_id, for_write=True)
    return session.scalar(query.execution_options(populate_existing=True)) or abort(404)


def card(talk: Interaction, status: int = 200, errors: dict[int, Errors] | None = None) -> Response:
    """All that a conversation's note seems to say; alone on a page without a script."""
    asked = suggestions.about(talk)
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
    """What is left to do once all is answered: the recap."""
    debt = recaps.debt(asked.talk, today()) if asked.is_answered else None
    return {"debt": debt}


@bp.get("/admin/not-so.jsonl")
@role_required(Role.ADMINISTRATOR)
def cases() -> Response:
    """What was read wrongly, a line of JSON each, to improve the reading with."""
    lines = rejected_cases.export_lines() or abort(404)
    response = Response(lines, content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename={training.CASES}"
    return response


@bp.app_template_global()
def proposed(one: Suggestion) -> dict[str, str]:
    """The day and the time that a suggestion's fields begin with."""
    return {
        "day": confirmation.day_of(one).isoformat(),
        "time": confirmation.time_of(one).strftime("%H:%M"),
    }


@bp.app_template_global()
def said_at(one: Suggestion) -> str | None:
    """Where its words are to be heard: the sound of the note, from a breath before them."""
    note = one.voice_note
    if note is None or note.removed_at or one.moment is None:
        return None
    start = max(0.0, one.moment - BREATH)
    return url_for("voice_notes.show", note_id=note.id, _anchor=f"t={start:.1f}")


@bp.app_template_global()
def newer_words_stand(one: Suggestion) -> bool:
    """Whether its "Yes" changed nothing, as they said something else since."""
    return duplicates.is_outdated(one)


@bp.app_template_global()
def confirm_address(one: Suggestion) -> str:
    """Where its answer goes, and back to the page that asked."""
    back = request.values.get("next") or request.path
    return url_for("suggestions.answer", suggestion_id=one.id, next=back)


@bp.app_template_global()
def said_value(one: Suggestion) -> StrEnum:
    """What it says, where that is one of a closed list."""
    closed: dict[SuggestionKind, type[StrEnum]] = {
        SuggestionKind.CADENCE: Stage,
        SuggestionKind.PREFERENCE: Channel,
        SuggestionKind.MOOD: Mood,
    }
    if one.kind is SuggestionKind.BOOKING:
        return confirmation.kind_of(one)
    return confirmation.named(closed[one.kind], one)
