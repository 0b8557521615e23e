"""What a client waits for."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, ServiceRequest
from pwa.operations.clients import service_requests
from pwa.operations.clients.service_requests import RequestFacts
from pwa.rules.vocabulary.enums import Priority, RequestKind, RequestStatus
from pwa.web.forms.editing import Values, clashes, form_version
from pwa.web.forms.fields import Errors, Fields
from pwa.web.forms.people import person_there
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("requests", __name__)


def parse(form: Mapping[str, str], client: Client) -> tuple[RequestFacts, Errors]:
    """The facts of a request, and by field what is wrong with them."""
    fields = Fields(form)
    contact = person_there(fields, "contact_id", client)
    facts = RequestFacts(
        title=fields.text("title", _("What do they wait for?"), most=300),
        kind=fields.choice("kind", RequestKind) or RequestKind.REQUEST,
        priority=fields.choice("priority", Priority) or Priority.MEDIUM,
        status=fields.choice("status", RequestStatus) or RequestStatus.OPEN,
        due=fields.day("due"),
        contact_id=contact.id if contact else None,
    )
    return facts, fields.errors


def values_of(asked: ServiceRequest) -> Values:
    """The fields as they stand now."""
    return {
        "title": asked.title,
        "kind": asked.kind.value,
        "priority": asked.priority.value,
        "status": asked.status.value,
        "due": str(asked.due or ""),
        "contact_id": str(asked.contact_id or ""),
    }


def back_to(client_id: int) -> Response:
    """The client's page, at what is to be gone through."""
    return redirect_after_post(url_for("clients.show", client_id=client_id, _anchor="open"))


@bp.get("/clients/<int:client_id>/requests/new")
@login_required
def new(client_id: int) -> Response:
    kind = request.args.get("kind", RequestKind.REQUEST, type=RequestKind)
    values = {"kind": kind.value, "priority": "medium", "status": "open"}
    return page("requests/new.html", client=load_client(client_id), values=values, errors={})


@bp.post("/clients/<int:client_id>/requests")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    facts, errors = parse(request.form, client)
    if errors:
        values = request.form
        return page("requests/new.html", status=422, client=client, values=values, errors=errors)
    service_requests.add(client, facts, today(), clock.now())
    return back_to(client.id)


@bp.get("/requests/<int:request_id>/edit")
@login_required
def edit(request_id: int) -> Response:
    asked = load_of_client(ServiceRequest, request_id)
    return edit_page(asked, load_client(asked.client_id), values_of(asked))


@bp.post("/requests/<int:request_id>")
@login_required
@idempotent
def update(request_id: int) -> Response:
    asked = load_of_client(ServiceRequest, request_id, for_write=True)
    client = load_client(asked.client_id)
    facts, errors = parse(request.form, client)
    stands = values_of(asked)
    if errors:
        given: dict[str, Any] = {"errors": errors, "stamp": request.form.get("stamp")}
        return edit_page(asked, client, request.form, 422, **given)
    if request.form.get("stamp") != form_version(stands):
        differing = clashes(stands, request.form, labels())
        return edit_page(asked, client, request.form, 409, clashes=differing)
    service_requests.change(asked, facts, today(), clock.now())
    return back_to(client.id)


def edit_page(
    asked: ServiceRequest, client: Client, values: object, status: int = 200, **more: Any
) -> Response:
    """The form, filled with `values`; its stamp says what the edit starts from."""
    given: dict[str, Any] = {"errors": {}, "stamp": form_version(values_of(asked)), **more}
    return page(
        "requests/edit.html", status=status, asked=asked, client=client, values=values, **given
    )


def labels() -> dict[str, str]:
    """What the fields are called on the page."""
    return {
        "title": _("What they wait for"),
        "priority": _("How much it matters"),
        "status": _("Where it stands"),
        "due": _("Due"),
    }


@bp.post("/requests/<int:request_id>/closure")
@login_required
@idempotent
def close(request_id: int) -> Response:
    asked = load_of_client(ServiceRequest, request_id, for_write=True)
    service_requests.close(asked, today(), clock.now())
    return back_to(asked.client_id)
