"""Interactions: the form after a call or a visit, storing it once, correcting it (R2, R22)."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import after_commit
from pwa.files.voice_notes import MOST_BYTES, NotARecording
from pwa.models import Client, Interaction, Role
from pwa.models.cadence import Answer
from pwa.operations.cadences import cadences
from pwa.operations.cadences.cadence_offers import offer_for, offer_text
from pwa.operations.calls import corrections, recaps
from pwa.operations.calls.corrections import NotLatest
from pwa.operations.calls.history import open_requests
from pwa.operations.calls.record import record
from pwa.operations.client_page import client_perspective
from pwa.operations.clients import client_list
from pwa.operations.clients.client_filters import ClientFilter
from pwa.operations.voice_notes import suggestions
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import Outcome
from pwa.rules.vocabulary.timezones import local_day
from pwa.web.account.sessions import home
from pwa.web.calls.recordings import drop, keep_recording, refusal_words
from pwa.web.forms.calls.interaction_form import CallForm
from pwa.web.forms.calls.moment import OURS, MomentField
from pwa.web.http.authorization import accessible_clients, load_client, load_of_client, row_number
from pwa.web.http.idempotency import idempotent, new_key, run_idempotent
from pwa.web.http.responses import minimal_response, next_url, page, redirect_after_post
from pwa.web.text.datetime_filters import today
from pwa.web.text.outcome_text import (
    button_words,
    offered,
    possible,
    question,
    saved_as,
    summary,
)

FIELDS_BYTES = 512 * 1024

bp = Blueprint("interactions", __name__)
bp.add_app_template_global(summary, "summary")
bp.add_app_template_global(button_words, "button_words")
bp.add_app_template_global(saved_as, "saved_outcome")  # saved_as is a form's name
bp.add_app_template_global(question, "outcome_question")


@bp.get("/interactions/new")
@login_required
def new() -> Response:
    if not request.args.get("key"):
        # A key and a moment of its own, so that reloading shows the same attempt again.
        asked: dict[str, Any] = request.args.to_dict()
        begun = {"key": new_key(), "at": clock.now().isoformat(timespec="seconds"), "clock": OURS}
        return redirect(url_for(".new", **{**asked, **begun}))
    client = load_client(request.args.get("client", 0, type=row_number))
    form = CallForm.prefilled(request.args)
    if form.at is None:
        form.moment = MomentField.ours(clock.now())
    if form.direction == "in" or form.kind != "call":  # nothing was dialled: it took place
        likely = offered(form.kind, form.direction)[0][0]
        form.outcome = form.outcome or Outcome(likely[0])
    return ask(client, form)


@bp.get("/interactions/unsaved")
@login_required
def unsaved() -> Response:
    """For an orphaned note on this phone: choose the client, then fill in the form."""
    form, typed = CallForm.prefilled(request.args), request.args.get("q", "")[:100]
    chosen = ClientFilter(typed=typed)
    clients = client_list.find(accessible_clients(current_user), chosen, today())
    return page(
        "interactions/unsaved.html",
        key=form.key,
        at=form.at,
        typed=typed,
        book=clients,
        home=home(),
    )


def ask(
    client: Client, form: CallForm, status: int = 200, stands: Interaction | None = None
) -> Response:
    """The form after a call, or after a problem the same with the typed values.

    `stands` is what was saved for this attempt before, with a different outcome.
    """
    chosen = form.contact_at(client)
    if chosen is None and len(client.contacts) == 1:
        chosen = client.contacts[0]
    first, more = offered(form.kind, form.direction)
    contact = None if request.values.get("choose") else chosen
    return page(
        "interactions/new.html",
        status=status,
        client=client,
        contact=contact,
        why_ask=client_perspective.ask_reason(contact, clock.now()) if contact else None,
        chosen=chosen or client.contact,
        form=form,
        first=first,
        more=more,
        contacts=[(c.id, c.name) for c in client.contacts],
        topics=form.request_coverage.topics(open_requests(client.id)),
        questions=form.recovery_review.questions(client, chosen, today()),
        offer=offer_text(form.offered) if form.offered else offer_for(client.id, clock.now()),
        next_name=request.values.get("next_name", "")[:40],
        leave=next_url(home()),
        stands=stands,
        errors={"outcome": saved_as(stands)} if stands else form.errors,
    )


@bp.post("/interactions")
@login_required
def create() -> Response:
    request.max_content_length = MOST_BYTES + FIELDS_BYTES
    with request:  # lets go of what was uploaded
        return _create()


def _create() -> Response:
    client_id = request.form.get("client", 0, type=row_number)
    client = load_client(client_id)
    try:
        spoken = keep_recording()  # on the disk before any row speaks of it
    except NotARecording as refused:
        form = CallForm.parse(request.form, client, clock.now())
        form.errors = {"recording": refusal_words(refused), **form.errors}
        return ask(client, form, 422)
    used = False

    def work() -> Response:
        nonlocal used
        client, now = load_client(client_id, for_write=True), clock.now()
        form = CallForm.parse(request.form, client, now)
        if form.errors:
            return ask(client, form, 422)
        happened = form.happened(client, spoken, now)
        row = record(client, form.contact_at(client), current_user, happened, now)
        note_answer(client, form, row)
        suggestions.store_typed_suggestions(row)
        if row.voice_note:
            after_commit(lambda: current_app.extensions["enqueue"]("hear_notes"))
        leave = _say_saved(row)
        used = True
        return redirect_after_post(leave)

    try:
        response = run_idempotent(work)
    except HTTPException as refusal:
        drop(spoken)
        stands = corrections.recorded_as(client_id, request.form.get("key", ""))
        if refusal.code == HTTPStatus.CONFLICT and stands:
            form = CallForm.parse(request.form, client, clock.now())
            return ask(client, form, HTTPStatus.CONFLICT, stands)
        raise  # any other failure leaves the file to the sweeper: it may have been stored after all
    if not used:
        drop(spoken)
    return minimal_response(response)


def _say_saved(row: Interaction) -> str:
    """Says on the next page that it was saved; the address of that page."""
    leave = next_url(home())
    if row.outcome is Outcome.LEFT and row.contact:  # what was open with them is asked about
        leave = url_for("departures.show", contact_id=row.contact.id, next=leave)
    debt = recaps.debt(row, today())
    words = Markup(  # noqa: S704 - escaped there
        render_template("interactions/_saved.html", row=row, leave=leave, debt=debt)
    )
    after_commit(lambda: flash(words))
    return leave


def note_answer(client: Client, form: CallForm, row: Interaction) -> None:
    """Stores the answer to the cadence that was offered in the conversation (R9)."""
    answer, stage = form.answer, form.offered
    if answer not in {Answer.AGREED, Answer.NOT_YET} or stage is None:
        return
    if row.outcome in REACHED and cadences.is_next(client, stage):
        on = local_day(row.at, client.owner.zone)
        cadences.answer(
            client, row.contact, stage, answer, on, current_user, row.received_at, words=row.note
        )


def load_own(interaction_id: int, *, for_write: bool = False) -> Interaction:
    """An interaction that the user may correct: their own, or their team's; else 404."""
    row = load_of_client(Interaction, interaction_id, for_write=for_write)
    if row.user_id != current_user.id and current_user.role != Role.SUPERVISOR:
        abort(404)
    return row


@bp.get("/interactions/<int:interaction_id>/correction")
@login_required
def correction(interaction_id: int) -> Response:
    row = load_own(interaction_id)
    return ask_correction(corrections.latest(row), changed=row.superseded_at is not None)


def ask_correction(row: Interaction, *, changed: bool, status: int = 200) -> Response:
    """The outcomes to choose from; `changed` says that somebody did so meanwhile."""
    first, more = offered(row.kind, row.direction)
    return page(
        "interactions/correction.html",
        status=status,
        row=row,
        choices=first + more,
        leave=next_url(f"/clients/{row.client_id}"),
        changed=changed,
    )


@bp.post("/interactions/<int:interaction_id>/correction")
@login_required
@idempotent
def correct(interaction_id: int) -> Response:
    row = load_own(interaction_id, for_write=True)
    outcome = request.form.get("outcome", "")
    if outcome not in possible(row.kind, row.direction):
        abort(400)
    try:
        new = corrections.correct(row, Outcome(outcome), current_user, clock.now())
    except NotLatest:
        return ask_correction(corrections.latest(row), changed=True, status=HTTPStatus.CONFLICT)
    words = _("Changed to “%(what)s”.", what=button_words(new.outcome, new.direction))
    after_commit(lambda: flash(words))
    return redirect_after_post(next_url(f"/clients/{row.client_id}"))
