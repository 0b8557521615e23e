"""Promises: the list of open ones, and making, keeping, moving and changing one (R17)."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, flash, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Client, Promise, Role
from pwa.operations.promises import promises
from pwa.operations.text.datetime_text import day_phrase
from pwa.web.forms.editing import clashes, form_version
from pwa.web.forms.fields import Errors
from pwa.web.forms.promise import ChangeForm, MoveForm, PromiseForm, labels
from pwa.web.http.authorization import accessible_clients, load_client
from pwa.web.http.flashes import flash_with_undo
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.client_clock import day_happened, happened_at
from pwa.web.text.datetime_filters import today
from pwa.web.text.promise_text import by_days

MOST_LETTERS = 80  # of a promise in a notice: a cookie carries it

bp = Blueprint("promises", __name__)


def load_promise(promise_id: int, *, for_write: bool = False) -> Promise:
    """A promise at an accessible client, or one that the user owns elsewhere; else 404.

    `for_write` locks the client, as every write to it does, and then reads the row again.
    """
    query = sa.select(Promise).join(Promise.client).where(Promise.id == promise_id)
    query = query.where(
        sa.or_(accessible_clients(current_user), Promise.owner_id == current_user.id)
    )
    promise = session.scalar(query) or abort(404)
    if not for_write:
        return promise
    session.execute(sa.select(Client.id).where(Client.id == promise.client_id).with_for_update())
    return session.scalar(query.execution_options(populate_existing=True)) or abort(404)


@bp.get("/promises")
@login_required
def index() -> Response:
    rows, more = promises.open_promises(accessible_clients(current_user), current_user, today())
    mine = (0, 0)
    if current_user.role == Role.MANAGER:
        mine = promises.user_ledgers([current_user.id], today())[current_user.id]
    groups = by_days(rows, today())
    return page("promises/index.html", groups=groups, more=more, mine=promises.Ledger(*mine))


@bp.get("/clients/<int:client_id>/promises/new")
@login_required
def new(client_id: int) -> Response:
    client = load_client(client_id)
    values = {"contact_id": str(client.contact.id) if client.contact else ""}
    return new_page(client, values)


@bp.post("/clients/<int:client_id>/promises")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form = PromiseForm.parse(request.form, client, promises.possible_owners(client))
    if form.errors or form.due is None:
        return new_page(client, request.form, 422, form.errors)
    promise = (form.contact, form.words, form.due, current_user, clock.now())
    promises.give(client, *promise, owner=form.owner, given_at=happened_at())
    return back_from(client.id)


def new_page(
    client: Client, values: object, status: int = 200, errors: Errors | None = None
) -> Response:
    """The form of a new promise."""
    owners = promises.possible_owners(client)
    shown: dict[str, Any] = {"values": values, "errors": errors or {}, "owners": owners}
    return page("promises/new.html", status=status, client=client, **shown)


@bp.post("/promises/<int:promise_id>/keeping")
@login_required
@idempotent
def keep(promise_id: int) -> Response:
    promise = load_promise(promise_id, for_write=True)
    promises.keep(promise, day_happened(), clock.now())
    address = url_for(".undo_keep", promise_id=promise.id)
    words = _("Kept: “%(words)s”.", words=promise.words[:MOST_LETTERS])
    flash_with_undo(words, address, next=next_url(around(promise.client_id)))
    return back_from(promise.client_id)


@bp.post("/promises/<int:promise_id>/keeping/undo")
@login_required
@idempotent
def undo_keep(promise_id: int) -> Response:
    promise = load_promise(promise_id, for_write=True)
    if promises.undo_keep(promise, today(), clock.now()):
        flash(_("Open again: “%(words)s”.", words=promise.words[:MOST_LETTERS]))
    elif promise.kept:
        when = day_phrase(promise.kept, clock.now(), current_user.zone)
        flash(_("It was kept %(when)s. That stands.", when=when))
    return back_from(promise.client_id)


@bp.get("/promises/<int:promise_id>/move")
@login_required
def ask_move(promise_id: int) -> Response:
    promise = load_promise(promise_id)
    untold = promises.expected(promise, today()) is not None and promise.falls_due >= today()
    return move_page(promise, {"to": promise.falls_due} if untold else {})


@bp.post("/promises/<int:promise_id>/move")
@login_required
@idempotent
def move(promise_id: int) -> Response:
    promise = load_promise(promise_id, for_write=True)
    form, stamp = MoveForm.parse(request.form, day_happened()), request.form.get("stamp")
    if promise.kept:
        form.errors["to"] = _("It was kept meanwhile, on %(day)s.", day=format_date(promise.kept))
    if form.errors or form.to is None:
        return move_page(promise, request.form, 422, errors=form.errors, stamp=stamp)
    stands = MoveForm.values(promise)
    if stamp not in (None, form_version(stands)):
        differing = clashes(stands, request.form, MoveForm.labels())
        return move_page(promise, request.form, 409, clashes=differing)
    promises.move(promise, form.to, form.told, day_happened(), clock.now())
    return back_from(promise.client_id)


def move_page(promise: Promise, values: object, status: int = 200, **more: Any) -> Response:
    """The form of a move; its stamp is the version of the due day that it starts from."""
    shown: dict[str, Any] = {"errors": {}, "stamp": form_version(MoveForm.values(promise)), **more}
    shown |= {"values": values, "today": today(), "leave": next_url(around(promise.client_id))}
    return page("promises/move.html", status=status, promise=promise, **shown)


@bp.get("/promises/<int:promise_id>/edit")
@login_required
def edit(promise_id: int) -> Response:
    promise = load_promise(promise_id)
    return edit_page(promise, ChangeForm.values(promise))


@bp.post("/promises/<int:promise_id>")
@login_required
@idempotent
def update(promise_id: int) -> Response:
    promise = load_promise(promise_id, for_write=True)
    owners = promises.possible_owners(promise.client)
    form = ChangeForm.parse(request.form, promise.client, owners)
    stands, stamp = ChangeForm.values(promise), request.form.get("stamp")
    if form.errors:
        return edit_page(promise, request.form, 422, errors=form.errors, stamp=stamp)
    if stamp != form_version(stands):
        differing = clashes(stands, request.form, labels())
        return edit_page(promise, request.form, 409, clashes=differing)
    promises.change(promise, form.words, form.contact, form.owner, clock.now())
    return back_from(promise.client_id)


def edit_page(promise: Promise, values: object, status: int = 200, **more: Any) -> Response:
    """The form, filled with `values`; its stamp is the version that the edit starts from."""
    shown: dict[str, Any] = {
        "errors": {},
        "stamp": form_version(ChangeForm.values(promise)),
        **more,
    }
    return page(
        "promises/edit.html",
        status=status,
        promise=promise,
        client=promise.client,
        values=values,
        owners=promises.possible_owners(promise.client),
        leave=next_url(around(promise.client_id)),
        **shown,
    )


def back_from(client_id: int) -> Response:
    """To the page that the user came from, else to where the promise stands."""
    return redirect_after_post(next_url(around(client_id)))


def around(client_id: int) -> str:
    """The address of the promise: its client's page, or the list for an inaccessible client."""
    mine = sa.select(Client.id).where(Client.id == client_id, accessible_clients(current_user))
    return open_at(client_id) if session.scalar(mine) else url_for(".index")


def open_at(client_id: int) -> str:
    """The client's page, at the open items."""
    return url_for("clients.show", client_id=client_id, _anchor="open")
