"""A client's cadence agreements: by hand, on an offer, or on the client's wish (R8, R9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Contact
from pwa.models.cadence import Answer
from pwa.operations.cadences import cadences
from pwa.operations.cadences.cadence_offers import offer_text
from pwa.rules.vocabulary.enums import Stage
from pwa.web.forms.clients.contact import chosen_contact
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import load_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("cadences", __name__)
MOST_WORDS = 1000


@dataclass(frozen=True)
class CadenceForm:
    """A stage, the contact who agreed and when, the words used, and the first day."""

    stage: Stage | None
    agreed_with: Contact | None
    agreed_on: date
    words: str | None
    since: date | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client, today: date) -> "CadenceForm":
        """The agreement.

        Fewer conversations than now need a contact who agreed and the day (R8); for more the day
        is today where none is given.
        """
        fields = Fields(form)
        stage = fields.choice("stage", Stage, _("How often?"))
        agreed_with = chosen_contact(fields, "agreed_with", client)
        less = stage is not None and cadences.needs_agreement(client, stage)
        if less and not agreed_with:
            fields.errors.setdefault("agreed_with", _("Talking less is agreed: say with whom."))
        when = _("On which day did they agree?")
        agreed_on = fields.day("agreed_on", when if less and agreed_with else None)
        if agreed_on and agreed_on > today:
            fields.errors["agreed_on"] = when
        words = fields.optional("words", most=MOST_WORDS)
        since = fields.day("since", _("From which day?"))
        if since and since > today + timedelta(days=366):
            fields.errors["since"] = _("That is more than a year from now.")
        return cls(stage, agreed_with, agreed_on or today, words, since, fields.errors)


@dataclass(frozen=True)
class WishForm:
    """A stage that a contact asked for or was offered, and their words."""

    stage: Stage | None
    contact: Contact | None
    words: str | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client) -> "WishForm":
        fields = Fields(form)
        stage = fields.choice("stage", Stage, _("How often?"))
        contact = chosen_contact(fields, "agreed_with", client)
        if contact is None:
            fields.errors.setdefault("agreed_with", _("Who said so?"))
        return cls(stage, contact, fields.optional("words", most=MOST_WORDS), fields.errors)


@bp.get("/clients/<int:client_id>/cadence")
@login_required
def edit(client_id: int) -> Response:
    client = load_client(client_id)
    values = {**standing(client), "since": today().isoformat(), "agreed_on": today().isoformat()}
    return page("cadences/edit.html", client=client, values=values, errors={})


@bp.post("/clients/<int:client_id>/cadence")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = CadenceForm.parse(request.form, client, today())
    if form.errors or form.stage is None or form.since is None:
        return _again("cadences/edit.html", client, form.errors)
    contact, now = form.agreed_with, clock.now()
    if contact is None:
        cadences.plan(client, form.stage, form.since, current_user, now)
    else:
        answered = (form.stage, Answer.AGREED, form.agreed_on)
        cadences.answer(client, contact, *answered, current_user, now, form.words, form.since)
    return back_to(client)


@bp.get("/clients/<int:client_id>/cadence/wish")
@login_required
def ask_wish(client_id: int) -> Response:
    client = load_client(client_id)
    return page("cadences/wish.html", client=client, values=standing(client), errors={})


@bp.post("/clients/<int:client_id>/cadence/wish")
@login_required
@idempotent
def wish(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = WishForm.parse(request.form, client)
    if form.errors or form.stage is None:
        return _again("cadences/wish.html", client, form.errors)
    answered = (form.stage, Answer.ASKED, today())
    cadences.answer(client, form.contact, *answered, current_user, clock.now(), form.words)
    return back_to(client)


@bp.post("/clients/<int:client_id>/cadence/offer")
@login_required
@idempotent
def answer(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = WishForm.parse(request.form, client)
    if form.stage is None or not cadences.is_next(client, form.stage):
        flash(_("The rhythm has changed meanwhile. Nothing was stored."))
        return back_to(client)
    if form.errors:
        return _again("cadences/offer.html", client, form.errors, offer=offer_text(form.stage))
    agreed = request.form.get("answer") == Answer.AGREED
    answered = (form.stage, Answer.AGREED if agreed else Answer.NOT_YET, today())
    cadences.answer(client, form.contact, *answered, current_user, clock.now(), form.words)
    return back_to(client)


def _again(template: str, client: Client, errors: Errors, **more: Any) -> Response:
    shown: dict[str, Any] = {"values": request.form, "errors": errors, **more}
    return page(template, status=422, client=client, **shown)


def standing(client: Client) -> dict[str, str]:
    """The forms' first values: the present stage, and the contact to reach."""
    stands = cadences.current(client)
    return {
        "stage": stands.stage.value if stands else "monthly",
        "agreed_with": str(client.contact.id) if client.contact else "",
    }


def back_to(client: Client) -> Response:
    """The client's page, at its cadence."""
    return redirect_after_post(url_for("clients.show", client_id=client.id, _anchor="rhythm"))
