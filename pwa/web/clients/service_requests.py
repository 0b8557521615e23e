"""Service requests: what a client waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from pwa.web.forms.clients.contact import chosen_contact
from pwa.web.forms.editing import Values, clashes, form_version
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text.datetime_filters import today

bp = Blueprint("requests", __name__)


@dataclass(frozen=True)
class RequestForm:
    """The pages of a service request."""

    facts: RequestFacts
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client) -> "RequestForm":
        fields = Fields(form)
        contact = chosen_contact(fields, "contact_id", client)
        facts = RequestFacts(
            title=fields.text("title", _("What do they wait for?"), most=300),
            kind=fields.choice("kind", RequestKind) or RequestKind.REQUEST,
            priority=fields.choice("priority", Priority) or Priority.MEDIUM,
            status=fields.choice("status", RequestStatus) or RequestStatus.OPEN,
            due=fields.day("due"),
            contact_id=contact.id if contact else None,
        )
        return cls(facts, fields.errors)

    @staticmethod
    def values(row: ServiceRequest) -> Values:
        """The stored values by field."""
        return {
            "title": row.title,
            "kind": row.kind.value,
            "priority": row.priority.value,
            "status": row.status.value,
            "due": str(row.due or ""),
            "contact_id": str(row.contact_id or ""),
        }

    @staticmethod
    def labels() -> dict[str, str]:
        """The fields' labels on the page."""
        return {
            "title": _("What they wait for"),
            "priority": _("How much it matters"),
            "status": _("Where it stands"),
            "due": _("Due"),
        }


def back_to(client_id: int) -> Response:
    """The client's page, at the open items."""
    return redirect_after_post(url_for("clients.show", client_id=client_id, _anchor="open"))


@bp.get("/clients/<int:client_id>/requests/new")
@login_required
def new(client_id: int) -> Response:
    kind = request.args.get("kind", RequestKind.REQUEST, type=RequestKind)
    values = {"kind": kind.value, "priority": "medium", "status": "open"}
    client = load_client(client_id)
    return page("service_requests/new.html", client=client, values=values, errors={})


@bp.post("/clients/<int:client_id>/requests")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = RequestForm.parse(request.form, client)
    if form.errors:
        shown: dict[str, Any] = {"values": request.form, "errors": form.errors}
        return page("service_requests/new.html", status=422, client=client, **shown)
    service_requests.add(client, form.facts, today(), clock.now())
    return back_to(client.id)


@bp.get("/requests/<int:request_id>/edit")
@login_required
def edit(request_id: int) -> Response:
    row = load_of_client(ServiceRequest, request_id)
    return edit_page(row, load_client(row.client_id), RequestForm.values(row))


@bp.post("/requests/<int:request_id>")
@login_required
@idempotent
def update(request_id: int) -> Response:
    row = load_of_client(ServiceRequest, request_id, for_write=True)
    client = load_client(row.client_id)
    form = RequestForm.parse(request.form, client)
    stands, stamp = RequestForm.values(row), request.form.get("stamp")
    if form.errors:
        return edit_page(row, client, request.form, 422, errors=form.errors, stamp=stamp)
    if stamp != form_version(stands):
        differing = clashes(stands, request.form, RequestForm.labels())
        return edit_page(row, client, request.form, 409, clashes=differing)
    service_requests.change(row, form.facts, today(), clock.now())
    return back_to(client.id)


def edit_page(
    row: ServiceRequest, client: Client, values: object, status: int = 200, **more: Any
) -> Response:
    """The form, filled with `values`; its stamp is the version that the edit starts from."""
    shown: dict[str, Any] = {"errors": {}, "stamp": form_version(RequestForm.values(row)), **more}
    return page(
        "service_requests/edit.html",
        status=status,
        asked=row,
        client=client,
        values=values,
        **shown,
    )


@bp.post("/requests/<int:request_id>/closure")
@login_required
@idempotent
def close(request_id: int) -> Response:
    row = load_of_client(ServiceRequest, request_id, for_write=True)
    service_requests.close(row, today(), clock.now())
    return back_to(row.client_id)
