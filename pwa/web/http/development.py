"""Development only: files are reloaded, and every page shows its statements and its time."""

from collections.abc import Callable
from functools import cache, wraps
from time import perf_counter
from typing import ParamSpec, TypeVar, cast

import sqlalchemy as sa
from flask import Flask, current_app, g, has_app_context, request_started
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

END_OF_PAGE = "</main>"
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")  # as in the numbers that tests hold


def init_app(app: Flask) -> None:
    """Reload templates, and put the cost of a page at its end. For Development alone.

    After Flask-Compress, so that a page is still text when its cost is added.
    """
    app.jinja_env.auto_reload = True
    request_started.connect(start_counting, app)
    sa.event.listen(app.extensions["engine"], "before_cursor_execute", count_statement)
    app.after_request(add_cost)


def is_on() -> bool:
    """Whether the application at work is configured for Development."""
    return has_app_context() and current_app.config["ROUNDS"].development


def cause_of(error: DBAPIError) -> str:
    """What the database said, and what mends it most often."""
    return f"{error.orig}. Is a migration missing? Run: flask --app pwa init"


def cached_outside_development(
    compute: Callable[Arguments, Value],
) -> Callable[Arguments, Value]:
    """`functools.cache`, except in Development: there the value is computed once per request."""
    kept = cast("Callable[Arguments, Value]", cache(compute))

    @wraps(compute)
    def value(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Value:
        if not is_on():
            return kept(*args, **kwargs)
        in_request = g.setdefault("cached_in_request", {})
        if compute not in in_request:
            in_request[compute] = cache(compute)
        return cast("Value", in_request[compute](*args, **kwargs))

    return value


def start_counting(_app: Flask) -> None:
    """Set the clock and the count of the request that begins."""
    g.started = perf_counter()
    g.statements = 0


def count_statement(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    """Count a statement of the request at work, if there is one."""
    if has_app_context() and "statements" in g and not statement.startswith(NOT_COUNTED):
        g.statements += 1


def add_cost(response: Response) -> Response:
    """The same response; a whole page of HTML ends with its statements and its time."""
    if response.mimetype != "text/html" or response.direct_passthrough:
        return response
    page, end, rest = response.get_data(as_text=True).rpartition(END_OF_PAGE)
    if end:
        milliseconds = (perf_counter() - g.started) * 1000
        cost = f"{g.statements} SQL statements, {milliseconds:.1f} ms"
        response.set_data(f'{page}<footer class="muted small">{cost}</footer>{end}{rest}')
    return response
