"""Writes that are safe to repeat: a receipt is kept with the effect, in the same transaction."""

import hashlib
import re
import uuid
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec

from flask import abort, make_response, request
from flask import session as cookie
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import insert, session, writing
from pwa.models import Receipt
from pwa.web.http.responses import minimal_response

P = ParamSpec("P")
Answer = Callable[[], Response]
KEY = re.compile(r"[A-Za-z0-9-]{8,64}")


def new_key() -> str:
    """A key for a form that is about to be shown."""
    return str(uuid.uuid4())


def idempotent(handler: Callable[P, Response]) -> Callable[P, Response]:
    """Run `handler` in one unit of work, and only once for each key of a person.

    The form's `key` names the write. The same again gets the first way on; the same key with
    another body is 409. An answer of 400 and above undoes the unit and keeps no receipt.
    """

    @wraps(handler)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        return minimal_response(run_idempotent(lambda: handler(*args, **kwargs)))

    return guarded


def idempotent_showing(
    again: Callable[P, Response],
) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """The same for a handler that answers with what it shows instead of a way on.

    What is shown is not kept, as it may hold what somebody said and has its own time: a replay gets
    what `again` shows by then.
    """

    def decorator(handler: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(handler)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            work, anew = partial(handler, *args, **kwargs), partial(again, *args, **kwargs)
            return minimal_response(run_idempotent(work, anew))

        return guarded

    return decorator


def run_idempotent(work: Answer, again: Answer | None = None) -> Response:
    """The same for a handler that has something to prepare before its unit of work."""
    only_for_whom_it_is_meant()
    key = request.form.get("key") or new_key()
    if not KEY.fullmatch(key):
        abort(400)
    print_ = fingerprint()  # reads the whole body before the database is locked
    said = dict(cookie)
    try:
        with writing():
            answer = _replay(key, print_, again) or _first(key, print_, work, again)
    except _Refused as refused:
        return refused.response
    except BaseException:
        cookie.clear()
        cookie.update(said)  # a message about what was not stored would not be true
        raise
    if "X-Rounds-Background" in request.headers:
        _say_nothing_new(said)
    return answer


def _say_nothing_new(said: dict[str, Any]) -> None:
    """A cookie holds few messages, and nobody looked at the screen for this one."""
    cookie.pop("_flashes", None)
    if "_flashes" in said:
        cookie["_flashes"] = said["_flashes"]


def only_for_whom_it_is_meant() -> None:
    """401 for what a phone kept for somebody else, who is signed out there by now."""
    if request.headers.get("X-Rounds-User", str(current_user.id)) != str(current_user.id):
        abort(401)


class _Refused(Exception):
    """Carries an answer that must undo the unit of work."""

    def __init__(self, response: Response) -> None:
        self.response = response


def _first(key: str, print_: str, work: Answer, again: Answer | None) -> Response:
    values = {"user_id": current_user.id, "key": key, "fingerprint": print_, "at": clock.now()}
    # Written first: on PostgreSQL a second one with the same key waits here for the first to end.
    claim = insert(Receipt).values(**values, status=0).on_conflict_do_nothing()
    if session.execute(claim.returning(Receipt.key)).first() is None:
        return _replay(key, print_, again) or abort(409)
    response = make_response(work())
    if response.status_code >= 400:
        raise _Refused(response)
    receipt = session.get_one(Receipt, (current_user.id, key))
    receipt.status = response.status_code
    receipt.location = response.headers.get("Location")
    if response.status_code == 200 and again is None:
        raise RuntimeError("what a write shows is not kept: use once_showing")
    return response


def _replay(key: str, print_: str, again: Answer | None) -> Response | None:
    receipt = session.get(Receipt, (current_user.id, key), populate_existing=True)
    if receipt is None:
        return None
    if receipt.fingerprint != print_:
        abort(409)
    if receipt.status == 200 and again:
        return make_response(again())
    response = make_response("", receipt.status)
    if receipt.location:
        response.headers["Location"] = receipt.location
    return response


def fingerprint() -> str:
    """What the request asks for: its address, its fields and its files, without the key."""
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
