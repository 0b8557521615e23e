"""Suggestions from a note: a "Yes" stores one, a "No" keeps it as a case to learn from."""

from collections.abc import Mapping
from enum import StrEnum

import sqlalchemy as sa
from flask import Blueprint, abort, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.files import training
from pwa.models import Interaction, Role, Suggestion
from pwa.operations.calls import recaps
from pwa.operations.voice_notes import (
    additions,
    confirmation,
    duplicates,
    readings,
    recovery_question,
    rejected_cases,
    suggestions,
)
from pwa.operations.voice_notes.suggestions import SuggestionGroup
from pwa.rules.text.sentences import sentences
from pwa.rules.vocabulary.enums import Channel, Mood, Stage, SuggestionKind
from pwa.web.account.sessions import home
from pwa.web.forms.calls.suggestion_form import VALUES, AdditionForm, Answer, SuggestionForm
from pwa.web.forms.fields import Errors
from pwa.web.http.authorization import (
    accessible_clients,
    load_client,
    load_of_client,
    role_required,
    row_number,
)
from pwa.web.http.extensions import htmx
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("suggestions", __name__)

BREATH = 0.5  # seconds
MISSING = 0  # stands for what is to be added, where errors are by suggestion


@bp.post("/suggestions/<int:suggestion_id>")
@login_required
@idempotent(replay=lambda suggestion_id: card(load_own(suggestion_id).interaction))
def answer(suggestion_id: int) -> Response:
    suggestion = load_own(suggestion_id)
    form = SuggestionForm.parse(request.form, suggestion)
    if form.errors:
        errors = {suggestion.id: form.errors}
        return card(suggestion.interaction, 422, errors=errors, editing=suggestion.id)
    _TAPS[form.answer](suggestion, form)
    return card(suggestion.interaction) if htmx else redirect_after_post(next_url(home()))


def _accept(suggestion: Suggestion, form: SuggestionForm) -> None:
    if suggestion.answered_at:
        rejected_cases.prune_after_commit()
    if suggestion.accepted:
        return
    became_trouble = form.reading.kind is not suggestion.kind
    readings.correct(suggestion, form.reading)
    if became_trouble and recovery_question.ask(suggestion):
        return
    confirmation.accept(suggestion, form.terms, current_user, clock.now())
    if suggestion.read_as is not None:
        rejected_cases.store_case(suggestion)


def _decline(suggestion: Suggestion, form: SuggestionForm) -> None:
    was_read = suggestion.read_as != readings.ADDED
    if confirmation.decline(suggestion, clock.now()) and was_read:
        rejected_cases.store_case(suggestion)


def _undo(suggestion: Suggestion, form: SuggestionForm) -> None:
    if confirmation.reopen(suggestion):
        rejected_cases.prune_after_commit()


def _confirm_talk(suggestion: Suggestion, form: SuggestionForm) -> None:
    recovery_question.confirm(suggestion, current_user, clock.now())


def _deny_talk(suggestion: Suggestion, form: SuggestionForm) -> None:
    recovery_question.deny(suggestion)


_TAPS = {
    Answer.YES: _accept,
    Answer.NO: _decline,
    Answer.UNDO: _undo,
    Answer.TALKED: _confirm_talk,
    Answer.OTHER: _deny_talk,
}


@bp.get("/interactions/<int:interaction_id>/suggestions")
@login_required
def of_note(interaction_id: int) -> Response:
    """The suggestions of one note; `edit` is the one to correct, `missing` asks for what was not
    read."""
    return card(load_own_talk(interaction_id), editing=request.args.get("edit", type=row_number))


@bp.post("/interactions/<int:interaction_id>/suggestions")
@login_required
@idempotent(replay=lambda interaction_id: card(load_own_talk(interaction_id)))
def add(interaction_id: int) -> Response:
    """Adds what was said and not read."""
    talk = load_own_talk(interaction_id, for_write=True)
    form = AdditionForm.parse(request.form, suggestions.group_of(talk))
    if form.sentence is None or form.kind is None or form.errors:
        return card(talk, 422, errors={MISSING: form.errors})
    added = additions.earlier(talk, form.sentence, form.kind)
    if added is None:
        added = additions.add(talk, form.sentence, form.kind, current_user, clock.now())
        if added.accepted:
            rejected_cases.store_case(added)
    if htmx:
        return card(talk, editing=added.id)
    shown = url_for(".of_note", interaction_id=talk.id, edit=added.id, next=next_url(home()))
    return redirect_after_post(shown)


def load_own_talk(interaction_id: int, *, for_write: bool = False) -> Interaction:
    """The user's own conversation with a note, at an accessible client; else 404."""
    talk = load_of_client(Interaction, interaction_id, for_write=for_write)
    if talk.user_id != current_user.id or talk.superseded_at or not (talk.note or talk.voice_note):
        abort(404)
    return talk


def load_own(suggestion_id: int) -> Suggestion:
    """A suggestion from the user's own note, at an accessible client, which is locked; else 404."""
    query = sa.select(Suggestion).join(Suggestion.interaction).join(Interaction.client)
    query = query.where(Suggestion.id == suggestion_id, Suggestion.user_id == current_user.id)
    suggestion = session.scalar(query.where(accessible_clients(current_user))) or abort(404)
    load_client(suggestion.interaction.client_id, for_write=True)
    return session.scalar(query.execution_options(populate_existing=True)) or abort(404)


def card(
    talk: Interaction,
    status: int = 200,
    *,
    errors: dict[int, Errors] | None = None,
    editing: int | None = None,
) -> Response:
    """The suggestions of a conversation's note: a fragment for htmx, else a page of its own.

    `errors` by suggestion and field; `editing` is the suggestion whose fields are unfolded.
    """
    asked = suggestions.group_of(talk)
    return page(
        "suggestions/show.html",
        "suggestions/_card.html",
        status=status,
        asked=asked,
        errors=errors or {},
        editing=editing,
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
def first_values(suggestion: Suggestion, typed: Mapping[str, str]) -> dict[str, str]:
    """The values that its fields begin with: as typed, else as read."""
    values = {"stage": Stage.WEEKLY.value, "channel": Channel.PHONE.value, "mood": Mood.NEUTRAL}
    if suggestion.kind in VALUES:
        values[VALUES[suggestion.kind][0]] = suggestion.value or ""
    is_request = suggestion.kind is SuggestionKind.REQUEST
    day = suggestion.day if is_request else confirmation.proposed_day(suggestion)
    return {
        **values,
        "kind": suggestion.kind.value,
        "text": readings.wording(suggestion),
        "conversation": confirmation.booking_kind(suggestion).value,
        "day": day.isoformat() if day else "",
        "time": confirmation.proposed_time(suggestion).strftime("%H:%M"),
        **{name: typed[name] for name in typed},
    }


@bp.app_template_global()
def suggested_value(suggestion: Suggestion) -> StrEnum:
    """The suggested member of an enum, for kinds of suggestion that have one."""
    if suggestion.kind is SuggestionKind.BOOKING:
        return confirmation.booking_kind(suggestion)
    return confirmation.enum_value(VALUES[suggestion.kind][1], suggestion)


bp.add_app_template_global(readings.kinds_of, "suggestion_kinds")
bp.add_app_template_global(sentences, "sentences")
