"""A contact that another app shared with Rounds: read, shown in the form, stored on a tap.

The phone's share sheet posts it by way of our service worker (docs/decisions/004-origin-check.md).
Receiving one writes nothing.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from config import ONE_MEGABYTE
from pwa import clock
from pwa.models import Role
from pwa.operations.clients import client_list, contacts
from pwa.operations.clients.client_list import NamedClient
from pwa.operations.clients.contact_card import read_card
from pwa.operations.clients.search import fold
from pwa.web.clients.clients import new_values
from pwa.web.clients.contacts import back_to, filled
from pwa.web.forms.clients.contact import ContactForm, region_of
from pwa.web.http.authorization import listed_clients, load_client, role_required, row_number
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page

bp = Blueprint("shared_contacts", __name__)
LARGEST = 3 * ONE_MEGABYTE  # a card may hold a picture

P = ParamSpec("P")
R = TypeVar("R")


def allow_picture(view: Callable[P, R]) -> Callable[P, R]:
    """Raise the body limit of a view; apply it before anything reads the form."""

    @wraps(view)
    def allowed(*args: P.args, **kwargs: P.kwargs) -> R:
        request.max_content_length = LARGEST
        return view(*args, **kwargs)

    return allowed


@bp.get("/contacts/shared")
@login_required
def new() -> Response:
    """The form without a card: the address of a share, opened or reloaded by itself."""
    return _page({})


@bp.post("/contacts/shared")
@login_required
@allow_picture
def receive() -> Response:
    """Reads the shared card into the form of a new contact; nothing is stored."""
    with ExitStack() as files:
        for file in request.files.values():
            files.callback(file.close)  # a large one lies in a temporary file
        chosen = request.files.get("card")
        card = read_card(chosen.stream, region_of(current_user)) if chosen else None
    if card is None:
        return _page({}, 422, unread=True)
    values = ContactForm.values(card.contact)
    return _page(values, company=card.company, several=card.several)


@bp.post("/contacts/shared/client")
@role_required(Role.MANAGER)
def for_new_client() -> Response:
    """The form of a new client with the contact that stands in the form; nothing is stored."""
    if errors := ContactForm.parse(request.form, region_of(current_user)).errors:
        return _page(request.form, 422, errors)
    typed = {f"contact_{name}": request.form[name] for name in request.form}
    return page("clients/new.html", values=new_values() | typed, errors={})


@bp.post("/contacts")
@login_required
@idempotent
def create() -> Response:
    form = ContactForm.parse(request.form, region_of(current_user))
    client_id = request.form.get("client", type=row_number)
    if client_id is None:
        form.errors["client"] = _("Which client do they work for?")
    if form.errors:
        return _page(request.form, 422, form.errors)
    assert client_id is not None
    client = load_client(client_id, for_write=True)
    contacts.add(client, form.facts, clock.now())
    return back_to(client)


def _page(
    values: Any, status: int = 200, errors: dict[str, str] | None = None, **more: Any
) -> Response:
    names = client_list.names(listed_clients(current_user))
    shown = {**filled(values, errors), "chosen": _chosen(values, names, more.get("company"))}
    return page("contacts/shared.html", status=status, clients=names, **shown, **more)


def _chosen(values: Any, names: Sequence[NamedClient], company: str | None) -> str:
    """The client that was chosen, else the one with the company's name if there is one such."""
    same = [str(client.id) for client in names if company and fold(client.name) == fold(company)]
    return values.get("client") or (same[0] if len(same) == 1 else "")
