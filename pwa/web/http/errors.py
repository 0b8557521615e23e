"""Error pages: every failure is answered in words."""

import errno
import logging
from http import HTTPStatus

from flask import Flask, g, make_response, render_template, request
from flask_babel import lazy_gettext as _
from flask_login import AnonymousUserMixin
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from pwa.web.http import development

STORAGE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}

log = logging.getLogger(__name__)

WORDS = {
    400: (_("That did not arrive whole"), _("Go back, look it over and send it again.")),
    403: (_("That came from another site"), _("Open Rounds itself and try again.")),
    404: (_("Nothing here for you"), _("It may have moved, or it belongs to someone else.")),
    405: (_("That is not how this works"), _("Go back and use the buttons on the page.")),
    409: (_("This changed meanwhile"), _("Open it again to see how it stands now.")),
    413: (_("That is too large"), _("Send a smaller file, or a shorter note.")),
    429: (_("Too many tries"), _("Wait a quarter of an hour, then try again.")),
    500: (_("Something broke on our side"), _("Nothing you typed is lost: go back and try again.")),
    503: (_("Busy for a moment"), _("Your data are safe. Try again in a few seconds.")),
}


def init_app(app: Flask) -> None:
    """Registers the error handlers."""
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(StaleDataError, on_clash)
    app.register_error_handler(OperationalError, on_database_trouble)
    app.register_error_handler(InternalError, on_database_trouble)  # takes no writes just now
    app.register_error_handler(PoolTimeout, on_too_many)
    app.register_error_handler(OSError, on_storage_trouble)
    app.register_error_handler(Exception, on_bug)


def error_page(status: int, cause: str = "") -> Response:
    """The error page for `status`; `cause` replaces its advice, for developers alone."""
    title, advice = WORDS.get(status, WORDS[400 if status < 500 else 500])
    body = render_template("error.html", title=title, advice=cause or advice, status=status)
    return make_response(body, status)


def on_http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    return error_page(error.code)


def on_clash(_error: StaleDataError) -> Response:
    return error_page(409)


def on_database_trouble(error: DBAPIError) -> Response:
    log.error("database trouble at %s: %s", request.path, error.orig)
    return in_a_moment(development.cause_of(error) if development.is_on() else "")


def on_too_many(error: PoolTimeout) -> Response:
    log.error("no connection to the database free at %s: %s", request.path, error)
    return in_a_moment()


def on_storage_trouble(error: OSError) -> Response:
    """503 for a full or read-only disk, which a retry survives; other errors are bugs."""
    if error.errno not in STORAGE:
        return on_bug(error)
    log.error("no room to write at %s: %s", request.path, error)
    return in_a_moment()


def in_a_moment(cause: str = "") -> Response:
    # Nobody is asked for by name: there may be no database that knows them.
    g._login_user = AnonymousUserMixin()
    response = error_page(503, cause)
    response.headers["Retry-After"] = "5"
    return response


def on_bug(error: Exception) -> Response:
    """500; in Development raises `error` again, for the debugger to show with its traceback."""
    if development.is_on():
        raise error
    log.exception("bug at %s %s", request.method, request.path)
    return error_page(500)
