"""Responses: a page or its fragment, and the redirect after a write."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from urllib.parse import quote

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from pwa.web.http.extensions import htmx

# One slash only, and nothing that a browser leaves out when it reads an address: "/<tab>/elsewhere"
# would be another site. As long as a receipt can keep.
OURS = re.compile(r"/(?![/\\])[!-~]{0,400}")
MOST_WORDS = 300


def page(
    template: str, fragment: str | None = None, status: int = 200, **values: object
) -> Response:
    """The whole page; for htmx only `fragment`, the partial that the page includes itself.

    htmx that picks its part out of a whole page (`hx-select`) says so, and gets the page.
    """
    part = htmx and request.headers.get("HX-Request-Type") != "full"
    name = fragment if fragment and part else template
    response = make_response(render_template(name, **values), status)
    if status in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT):
        _say_why(response, values)
    if fragment:
        response.vary.update(["HX-Request", "HX-Request-Type"])
    return response


def _say_why(response: Response, values: Mapping[str, object]) -> None:
    """Adds the errors as a header, for a write sent later: its form is no longer on screen."""
    errors = values.get("errors") or getattr(values.get("form"), "errors", None)
    if words := " ".join(dict.fromkeys(_all_words(errors))):
        response.headers["X-Rounds-Problem"] = quote(words[:MOST_WORDS])


def _all_words(errors: object) -> Iterator[str]:
    """The words of errors by field, or by row and field."""
    if isinstance(errors, Mapping):
        for nested in errors.values():
            yield from _all_words(nested)
    elif errors:
        yield str(errors)


def redirect_after_post(address: str) -> Response:
    """303 to `address`, so that reloading never repeats a write."""
    return redirect(address, code=303)


def next_url(default: str) -> str:
    """The address that a form asked to go to, if it is on this site; else `default`."""
    wanted = request.values.get("next", "")
    return wanted if OURS.fullmatch(wanted) else default


def minimal_response(response: Response) -> Response:
    """For our own scripts (`Prefer: return=minimal`) 201 with the way on, instead of a redirect.

    A redirect would be followed unseen: the page after it would be fetched twice, and what it says
    only once would be lost.
    """
    minimal = request.headers.get("Prefer") == "return=minimal"
    if not minimal or response.status_code != 303:
        return response
    return make_response("", 201, {"Location": response.headers["Location"]})
