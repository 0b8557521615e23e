"""The recap of a conversation: drafted, edited by the user, stored once it was sent (R3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import after_commit
from pwa.models import Contact, Interaction
from pwa.operations.calls import recaps
from pwa.rules.vocabulary.enums import Kind
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import load_of_client
from pwa.web.http.idempotency import idempotent, new_key
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.recap_text import draft, linked, subject, ways

MOST_LETTERS = 20_000

bp = Blueprint("recaps", __name__)
bp.add_app_template_global(linked, "letter_link")


@dataclass(frozen=True)
class RecapForm:
    """The recap's text as sent, and the channel."""

    text: str
    kind: Kind | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "RecapForm":
        """The recap; only a written channel is taken."""
        fields = Fields(form)
        text = fields.text("text", _("What did you write?"), most=MOST_LETTERS)
        kind = fields.choice("kind", Kind, _("How did you send it?"))
        if kind and kind.is_live:
            fields.errors["kind"] = _("How did you send it?")
        return cls(text.replace("\r\n", "\n"), kind, fields.errors)


def load_talk(interaction_id: int, *, for_write: bool = False) -> Interaction:
    """A live conversation with an accessible client; 404 for any other row."""
    row = load_of_client(Interaction, interaction_id, for_write=for_write)
    if not recaps.is_talk(row):
        abort(404)
    return row


@bp.get("/interactions/<int:interaction_id>/recap")
@login_required
def new(interaction_id: int) -> Response:
    talk = load_talk(interaction_id)
    recap = recaps.read(talk, clock.now())
    return ask(talk, draft(recap), subject(recap))


def ask(
    talk: Interaction,
    text: str,
    heading: str,
    kind: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    """The recap with its channels; while "Call first" holds (R15), the way to call instead."""
    channels = ways(talk.contact, heading)
    return page(
        "recaps/new.html",
        status=status,
        talk=talk,
        text=text,
        heading=heading,
        ways=channels,
        kind=kind or (channels[0].kind.value if channels else Kind.EMAIL.value),
        errors=errors or {},
        sent=recaps.sent(talk),
        owed=recaps.channel_of(talk.contact) is not None,
        locking=recaps.blocking_recovery(talk),
        key=request.form.get("key") or new_key(),
        leave=next_url(url_for("clients.show", client_id=talk.client_id, _anchor="history")),
    )


@bp.post("/interactions/<int:interaction_id>/recap")
@login_required
@idempotent
def create(interaction_id: int) -> Response:
    talk = load_talk(interaction_id, for_write=True)
    form = RecapForm.parse(request.form)
    now = clock.now()
    locked = recaps.blocking_recovery(talk)
    if form.errors or locked or form.kind is None:
        heading = subject(recaps.read(talk, now))
        status = 409 if locked else 422
        return ask(talk, form.text, heading, request.form.get("kind", ""), form.errors, status)
    key = request.form.get("key") or new_key()
    recaps.send(talk, form.kind, form.text, current_user, key, now)
    name = talk.contact.first_name if talk.contact else talk.client.name
    words = _("Kept: your recap to %(name)s.", name=name)
    after_commit(lambda: flash(words))
    shown = url_for("clients.show", client_id=talk.client_id, _anchor="history")
    return redirect_after_post(next_url(shown))


@bp.get("/clients/<int:client_id>/contacts/<int:contact_id>/recap")
@login_required
def latest(client_id: int, contact_id: int) -> Response:
    """Redirects to the contact's latest conversation without a recap."""
    contact = load_of_client(Contact, contact_id)
    if contact.client_id != client_id:
        abort(404)
    talk = recaps.latest_talk(contact)
    if talk is None:
        return redirect_after_post(url_for("clients.show", client_id=client_id, _anchor="history"))
    leave = next_url("")
    return redirect_after_post(url_for(".new", interaction_id=talk.id, next=leave or None))
