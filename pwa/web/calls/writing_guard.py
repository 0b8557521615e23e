"""Asking a contact for a time to talk, and the writing guard ("Call first", R15)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Contact
from pwa.operations.calls.record import CallOutcome, record
from pwa.operations.preferences import writing_guard
from pwa.rules.vocabulary.enums import Direction, Kind, Outcome
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import load_client, load_of_client, row_number
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.client_clock import happened_at
from pwa.web.text.letters.letter import Correspondents
from pwa.web.text.letters.time_letter import time_letter, time_subject

bp = Blueprint("writing", __name__)

LONGEST = 2000


@dataclass(frozen=True)
class TimeToTalkForm:
    """A written message that asks for a time to talk, as sent."""

    words: str
    channel: Kind | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "TimeToTalkForm":
        fields = Fields(form)
        words = fields.text("words", _("What did you write?"), most=LONGEST)
        channel = fields.valid_choice("channel", Kind)
        if channel not in (Kind.EMAIL, Kind.TEXT):
            fields.errors["channel"] = _("How did you send it?")
        return cls(words, channel, fields.errors)


@dataclass(frozen=True)
class OverrideForm:
    """The reason to write before calling; `is_unrelated` for a message about another matter."""

    reason: str
    is_unrelated: bool
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "OverrideForm":
        fields = Fields(form)
        reason = fields.text("reason", _("Say why: your supervisor sees it."), most=500)
        topic = fields.text("what")
        if topic not in ("else", "same"):
            fields.errors["what"] = _("What is it about?")
        return cls(reason, topic == "else", fields.errors)


@bp.get("/contacts/<int:contact_id>/time-to-talk")
@login_required
def ask(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id)
    return _asking(
        contact, {"words": _draft(contact), "channel": writing_guard.writing_channel(contact)}
    )


@bp.post("/contacts/<int:contact_id>/time-to-talk")
@login_required
@idempotent
def asked(contact_id: int) -> Response:
    """Stores a sent message that asks for a time to talk, which settles nothing."""
    contact = load_of_client(Contact, contact_id, for_write=True)
    form = TimeToTalkForm.parse(request.form)
    if form.errors or form.channel is None:
        return _asking(contact, request.form, 422, form.errors)
    client = load_client(contact.client_id, for_write=True)
    message = CallOutcome(
        ref=request.form["key"],
        kind=form.channel,
        direction=Direction.OUT,
        outcome=Outcome.WRITTEN,
        at=happened_at(),
        note=form.words,
        asks_for_time=True,
    )
    record(client, contact, current_user, message, clock.now())
    flash(_("Noted: you asked %(name)s for a time to talk.", name=contact.first_name))
    return redirect_after_post(next_url(url_for("clients.show", client_id=client.id)))


@bp.get("/contacts/<int:contact_id>/writing")
@login_required
def guard(contact_id: int) -> Response:
    return _guarding(load_of_client(Contact, contact_id), {})


@bp.post("/contacts/<int:contact_id>/writing")
@login_required
@idempotent
def write_all_the_same(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form = OverrideForm.parse(request.form)
    if form.errors:
        return _guarding(contact, request.form, 422, form.errors)
    now = clock.now()
    row = writing_guard.override(contact, form.reason, form.is_unrelated, current_user, now)
    return redirect_after_post(url_for(".guard", contact_id=contact.id, through=row.id))


def _draft(contact: Contact) -> str:
    sorry = writing_guard.blocking_recovery(contact) is not None
    return time_letter(Correspondents(contact.name, current_user.name), sorry=sorry)


def _asking(
    contact: Contact, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    client: Client = load_client(contact.client_id)
    shown = {"values": values, "errors": errors or {}, "subject": time_subject()}
    return page("writing_guard/ask.html", status=status, client=client, contact=contact, **shown)


def _guarding(
    contact: Contact, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    through = request.args.get("through", 0, type=row_number)
    return page(
        "writing_guard/guard.html",
        status=status,
        client=load_client(contact.client_id),
        contact=contact,
        locking=writing_guard.blocking_recovery(contact),
        live=writing_guard.is_overridden(through, contact, current_user, clock.now()),
        values=values,
        errors=errors or {},
    )
