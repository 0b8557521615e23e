"""Idempotency: a receipt is stored with the effect, in the same transaction."""

import hashlib
import re
import uuid
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec, overload

from flask import abort, make_response, request
from flask import session as cookie
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import insert, session, writing
from pwa.models import Receipt
from pwa.web.http.responses import minimal_response

P = ParamSpec("P")
Handler = Callable[[], Response]
KEY = re.compile(r"[A-Za-z0-9-]{8,64}")


def new_key() -> str:
    """A new idempotency key, for a form that is about to be shown."""
    return str(uuid.uuid4())


@overload
def idempotent(handler: Callable[P, Response]) -> Callable[P, Response]: ...


@overload
def idempotent(
    *, replay: Callable[P, Response]
) -> Callable[[Callable[P, Response]], Callable[P, Response]]: ...


def idempotent(
    handler: Callable[P, Response] | None = None, *, replay: Callable[P, Response] | None = None
) -> Any:
    """Make a handler idempotent: one transaction, one effect per (user, idempotency key).

    The form's `key` is the idempotency key. A repeated request is answered with the redirect of
    the first; the same key with another body is 409. An answer of 400 and above rolls the
    transaction back and keeps no receipt.

    A handler that answers with content instead of a redirect needs `replay`, called with the same
    arguments: the content is not stored, as it may be personal and has its own retention, so a
    repeated request is answered with the content as it is by then.
    """
    if handler is None:
        return partial(idempotent, replay=replay)

    @wraps(handler)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        again = partial(replay, *args, **kwargs) if replay else None
        return minimal_response(run_idempotent(partial(handler, *args, **kwargs), replay=again))

    return guarded


def run_idempotent(work: Handler, *, replay: Handler | None = None) -> Response:
    """`idempotent` for a handler that has something to prepare before its transaction."""
    reject_other_user()
    key = request.form.get("key") or new_key()
    if not KEY.fullmatch(key):
        abort(400)
    digest = fingerprint()  # reads the whole body before the database is locked
    cookie_before = dict(cookie)
    try:
        with writing():
            response = _replayed(key, digest, replay) or _first(key, digest, work, replay)
    except _RolledBack as rejection:
        return rejection.response
    except BaseException:
        cookie.clear()
        cookie.update(cookie_before)  # a message about what was not stored would not be true
        raise
    if "X-Rounds-Background" in request.headers:
        _drop_new_messages(cookie_before)
    return response


def _drop_new_messages(cookie_before: dict[str, Any]) -> None:
    """A cookie holds few messages, and nobody looked at the screen for this one."""
    cookie.pop("_flashes", None)
    if "_flashes" in cookie_before:
        cookie["_flashes"] = cookie_before["_flashes"]


def reject_other_user() -> None:
    """401 for a write queued on a phone by a user who has signed out there since."""
    if request.headers.get("X-Rounds-User", str(current_user.id)) != str(current_user.id):
        abort(401)


class _RolledBack(Exception):
    """Carries an answer that must undo the transaction."""

    def __init__(self, response: Response) -> None:
        self.response = response


def _first(key: str, digest: str, work: Handler, replay: Handler | None) -> Response:
    values = {"user_id": current_user.id, "key": key, "fingerprint": digest, "at": clock.now()}
    # Written first: on PostgreSQL a second one with the same key waits here for the first to end.
    claim = insert(Receipt).values(**values, status=0).on_conflict_do_nothing()
    if session.execute(claim.returning(Receipt.key)).first() is None:
        return _replayed(key, digest, replay) or abort(409)
    response = make_response(work())
    if response.status_code >= 400:
        raise _RolledBack(response)
    receipt = session.get_one(Receipt, (current_user.id, key))
    receipt.status = response.status_code
    receipt.location = response.headers.get("Location")
    if response.status_code == 200 and replay is None:
        raise RuntimeError("the content of a write is not stored: use idempotent(replay=…)")
    return response


def _replayed(key: str, digest: str, replay: Handler | None) -> Response | None:
    receipt = session.get(Receipt, (current_user.id, key), populate_existing=True)
    if receipt is None:
        return None
    if receipt.fingerprint != digest:
        abort(409)
    if receipt.status == 200 and replay:
        return make_response(replay())
    response = make_response("", receipt.status)
    if receipt.location:
        response.headers["Location"] = receipt.location
    return response


def fingerprint() -> str:
    """A digest of the request's method, address, fields and files, without the key."""
    digest = hashlib.sha256(f"{request.method} {request.path}".encode())
    for name, values in sorted(request.form.lists()):
        if name != "key":
            digest.update(f"\0{name}={values}".encode())
    for name, upload in sorted(request.files.items()):
        digest.update(f"\0{name}".encode())
        while block := upload.stream.read(65536):
            digest.update(block)
        upload.stream.seek(0)
    return digest.hexdigest()
