"""Calls that a phone has just begun: it is reminded of those that stay unlogged."""

from datetime import datetime

from flask import Blueprint, abort, make_response, request
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import writing
from pwa.models import Client
from pwa.operations.accounts import covers
from pwa.operations.notices.from_phone import unlogged
from pwa.web.http.authorization import load_client, row_number
from pwa.web.http.idempotency import KEY, reject_other_user

bp = Blueprint("attempts", __name__)


@bp.post("/attempts")
@login_required
def create() -> Response:
    """Plans a reminder to log the call; idempotent by the attempt's own key.

    The key is that of the form that will log it, so it has no receipt here.
    """
    reject_other_user()
    key, now = request.form.get("key", ""), clock.now()
    if not KEY.fullmatch(key):
        abort(400)
    with writing():
        client = _load_called(request.form.get("client", -1, type=row_number), now)
        unlogged.store_attempt(current_user, key, client, _moment(now), now)
    return make_response("", 204)


@bp.post("/attempts/<key>/removal")
@login_required
def remove(key: str) -> Response:
    """They did not call after all; 404 for an attempt that is not theirs."""
    reject_other_user()
    if not KEY.fullmatch(key):
        abort(404)
    with writing():
        if not unlogged.remove_attempt(current_user, key, clock.now()):
            abort(404)
    return make_response("", 204)


def _load_called(client_id: int, now: datetime) -> Client:
    """A client whom this person calls themselves, as owner or stand-in, or 404."""
    client = load_client(client_id)
    if client.owner_id not in (current_user.id, *covers.absent_for(current_user, now)):
        abort(404)
    return client


def _moment(now: datetime) -> datetime:
    """When the phone dialled, by its clock; now if it says nothing usable."""
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
    except ValueError:
        return now
    return at if at.tzinfo else now
