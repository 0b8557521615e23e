"""The written update to a contact who asked for writing: drafted, edited, kept once sent (R2)."""

from flask import Blueprint, flash, request
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import after_commit
from pwa.models import Contact
from pwa.operations.calls import letters, updates
from pwa.operations.preferences import writing_guard
from pwa.web.calls.letter_page import LetterPage
from pwa.web.forms.letter import LetterForm
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import redirect_after_post
from pwa.web.text.client_clock import happened_at
from pwa.web.text.letters.update_draft import draft
from pwa.web.text.letters.update_letter import update_subject

bp = Blueprint("updates", __name__)


@bp.get("/contacts/<int:contact_id>/update")
@login_required
def new(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id)
    update = updates.read(contact, current_user, clock.now())
    return _letter_page(contact).draft(draft(update, current_user.name))


@bp.post("/contacts/<int:contact_id>/update")
@login_required
@idempotent
def create(contact_id: int) -> Response:
    contact = load_of_client(Contact, contact_id, for_write=True)
    form, letter_page = LetterForm.parse(request.form), _letter_page(contact)
    if form.errors or letter_page.locking:
        return letter_page.refused(form)
    letter = form.letter(happened_at())
    letters.keep(letter_page.client, contact, current_user, letter, clock.now())
    words = _("Kept: your update to %(name)s.", name=contact.first_name)
    after_commit(lambda: flash(words))
    return redirect_after_post(letter_page.leave)


def _letter_page(contact: Contact) -> LetterPage:
    client, locking = load_client(contact.client_id), writing_guard.blocking_recovery(contact)
    return LetterPage("updates/new.html", client, contact, update_subject(client.name), locking)
