"""The recap of a conversation: drafted, edited by the user, stored once it was sent (R3)."""

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import after_commit
from pwa.models import Contact, Interaction
from pwa.operations.calls import letters, recaps
from pwa.web.calls.letter_page import LetterPage
from pwa.web.forms.letter import LetterForm
from pwa.web.http.authorization import load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, redirect_after_post
from pwa.web.text.client_clock import happened_at
from pwa.web.text.recap_text import draft, linked, subject

bp = Blueprint("recaps", __name__)
bp.add_app_template_global(linked, "letter_link")


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
    return _letter_page(recap).draft(draft(recap, current_user.name), **_facts(talk))


@bp.post("/interactions/<int:interaction_id>/recap")
@login_required
@idempotent
def create(interaction_id: int) -> Response:
    talk = load_talk(interaction_id, for_write=True)
    form, now = LetterForm.parse(request.form), clock.now()
    letter_page = _letter_page(recaps.read(talk, now))
    if form.errors or letter_page.locking:
        return letter_page.refused(form, **_facts(talk))
    recaps.send(talk, form.letter(happened_at()), current_user, now)
    name = talk.contact.first_name if talk.contact else talk.client.name
    words = _("Kept: your recap to %(name)s.", name=name)
    after_commit(lambda: flash(words))
    return redirect_after_post(letter_page.leave)


def _letter_page(recap: recaps.RecapContent) -> LetterPage:
    """The recap with its channels; while "Call first" holds (R15), the way to call instead."""
    talk, locking = recap.talk, recaps.blocking_recovery(recap.talk)
    return LetterPage("recaps/new.html", talk.client, talk.contact, subject(recap), locking)


def _facts(talk: Interaction) -> dict[str, object]:
    owed = letters.writing_channel_of(talk.contact) is not None
    return {"talk": talk, "sent": recaps.sent(talk), "owed": owed}


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
