"""The rhythm agreed with a client: by hand, on our offer, or because they asked (R8, R9)."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from pwa.web.forms.fields import Errors, Fields
from pwa.web.forms.people import person_there
from pwa.web.http.authorization import load_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("cadences", __name__)
MOST_WORDS = 1000


@dataclass(frozen=True)
class CadenceForm:
    """A stage, who agreed to it and when, in which words, and from which day it holds."""

    stage: Stage | None
    agreed_with: Contact | None
    agreed_on: date
    words: str | None
    since: date | None

    @classmethod
    def parse(
        cls, form: Mapping[str, str], client: Client, today: date
    ) -> tuple["CadenceForm", Errors]:
        """The agreement, and by field what is wrong with it.

        Fewer conversations need someone who agreed to them, and the day; more were agreed today
        where nobody says when.
        """
        fields = Fields(form)
        stage = fields.choice("stage", Stage, _("How often?"))
        agreed_with = person_there(fields, "agreed_with", client)
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
        return cls(stage, agreed_with, agreed_on or today, words, since), fields.errors


@dataclass(frozen=True)
class WishForm:
    """A stage that somebody there asked for or was offered, and their words."""

    stage: Stage | None
    contact: Contact | None
    words: str | None

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client) -> tuple["WishForm", Errors]:
        """What they said, and by field what is wrong with it."""
        fields = Fields(form)
        stage = fields.choice("stage", Stage, _("How often?"))
        contact = person_there(fields, "agreed_with", client)
        if contact is None:
            fields.errors.setdefault("agreed_with", _("Who said so?"))
        return cls(stage, contact, fields.optional("words", most=MOST_WORDS)), fields.errors


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
    form, errors = CadenceForm.parse(request.form, client, today())
    if errors or form.stage is None or form.since is None:
        values = request.form
        return page("cadences/edit.html", status=422, client=client, values=values, errors=errors)
    who, now = form.agreed_with, clock.now()
    if who is None:
        cadences.plan(client, form.stage, form.since, current_user, now)
    else:
        said = (form.stage, Answer.AGREED, form.agreed_on)
        cadences.answer(client, who, *said, current_user, now, form.words, form.since)
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
    form, errors = WishForm.parse(request.form, client)
    if errors or form.stage is None:
        values = request.form
        return page("cadences/wish.html", status=422, client=client, values=values, errors=errors)
    said = (form.stage, Answer.ASKED, today())
    cadences.answer(client, form.contact, *said, current_user, clock.now(), form.words)
    return back_to(client)


@bp.post("/clients/<int:client_id>/cadence/offer")
@login_required
@idempotent
def answer(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form, errors = WishForm.parse(request.form, client)
    if form.stage is None or not cadences.is_next(client, form.stage):
        flash(_("The rhythm has changed meanwhile. Nothing was stored."))
        return back_to(client)
    if errors:
        given: dict[str, Any] = {"values": request.form, "errors": errors}
        given["offer"] = offer_text(form.stage)
        return page("cadences/offer.html", status=422, client=client, **given)
    agreed = request.form.get("answer") == Answer.AGREED
    said = (form.stage, Answer.AGREED if agreed else Answer.NOT_YET, today())
    cadences.answer(client, form.contact, *said, current_user, clock.now(), form.words)
    return back_to(client)


def standing(client: Client) -> dict[str, str]:
    """What the forms start from: the present stage, and the contact to reach."""
    stands = cadences.current(client)
    return {
        "stage": stands.stage.value if stands else "monthly",
        "agreed_with": str(client.contact.id) if client.contact else "",
    }


def back_to(client: Client) -> Response:
    """The client's page, at its rhythm."""
    return redirect_after_post(url_for("clients.show", client_id=client.id, _anchor="rhythm"))
