"""What we said we would do, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Contact, Promise
from pwa.operations import promises
from pwa.web.forms.fields import Errors, Fields
from pwa.web.forms.people import person_there
from pwa.web.guards import in_reach, load_client, load_of_client
from pwa.web.once import once
from pwa.web.respond import come_back, page, see_other
from pwa.web.words import today

bp = Blueprint("promises", __name__)


@dataclass(frozen=True)
class PromiseForm:
    """The words used, to whom, and the day."""

    words: str
    contact: Contact | None
    due: date | None

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client) -> tuple["PromiseForm", Errors]:
        """The promise, and by field what is wrong with it."""
        fields = Fields(form)
        words = fields.text("words", _("What did you promise?"), most=1000)
        contact = person_there(fields, "contact_id", client)
        due = fields.day("due", _("By which day?"))
        return cls(words, contact, due), fields.errors


@dataclass(frozen=True)
class MoveForm:
    """Another day for a promise, and whether the client knows."""

    to: date | None
    told: bool

    @classmethod
    def parse(cls, form: Mapping[str, str], today: date) -> tuple["MoveForm", Errors]:
        """The move, and by field what is wrong with it."""
        fields = Fields(form)
        to = fields.day("to", _("To which day?"))
        if to and to < today:
            fields.errors["to"] = _("That day is gone. Choose one that is still to come.")
        told = fields.text("told")
        if told not in {"yes", "no"}:
            fields.errors["told"] = _("Have you told them?")
        return cls(to, told == "yes"), fields.errors


@bp.get("/promises")
@login_required
def index() -> Response:
    found, more = promises.open_within(in_reach(current_user))
    return page("promises/index.html", promises=found, more=more)


@bp.get("/clients/<int:client_id>/promises/new")
@login_required
def new(client_id: int) -> Response:
    client = load_client(client_id)
    values = {"contact_id": str(client.contact.id) if client.contact else ""}
    return page("promises/new.html", client=client, values=values, errors={})


@bp.post("/clients/<int:client_id>/promises")
@login_required
@once
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form, errors = PromiseForm.parse(request.form, client)
    if errors or form.due is None:
        values = request.form
        return page("promises/new.html", status=422, client=client, values=values, errors=errors)
    promises.give(client, form.contact, form.words, form.due, current_user, clock.now())
    return back_from(client.id)


@bp.post("/promises/<int:promise_id>/keeping")
@login_required
@once
def keep(promise_id: int) -> Response:
    promise = load_of_client(Promise, promise_id, for_write=True)
    promises.keep(promise, today(), clock.now())
    return back_from(promise.client_id)


@bp.get("/promises/<int:promise_id>/move")
@login_required
def ask_move(promise_id: int) -> Response:
    promise = load_of_client(Promise, promise_id)
    return page("promises/move.html", promise=promise, values={}, errors={})


@bp.post("/promises/<int:promise_id>/move")
@login_required
@once
def move(promise_id: int) -> Response:
    promise = load_of_client(Promise, promise_id, for_write=True)
    form, errors = MoveForm.parse(request.form, today())
    if errors or form.to is None:
        values = request.form
        return page("promises/move.html", status=422, promise=promise, values=values, errors=errors)
    promises.move(promise, form.to, today() if form.told else None, clock.now())
    return back_from(promise.client_id)


def back_from(client_id: int) -> Response:
    """Where the person came from, else the client's page at what is to be gone through."""
    return see_other(come_back(url_for("clients.show", client_id=client_id, _anchor="open")))
