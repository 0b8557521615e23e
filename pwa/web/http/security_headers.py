"""CSRF protection by origin, the content security policy and other headers."""

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from werkzeug.wrappers import Response

from pwa.web.http.assets import inline_css_hash
from pwa.web.http.development import cached_outside_development

SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Registers the origin check before, and the headers after every handler."""
    app.before_request(refuse_foreign_writes)
    app.after_request(add_headers)


def refuse_foreign_writes() -> None:
    """CSRF protection: 403 for an unsafe request that another site began.

    Browsers say so by `Sec-Fetch-Site`, older ones by `Origin`. A client that sends neither is no
    browser and carries nobody's cookie (docs/decisions/004-origin-check.md).
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


@cached_outside_development
def content_policy() -> str:
    """The content security policy: own files only, and the style element by its hash."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' '{inline_css_hash()}'",
            "img-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def add_headers(response: Response) -> Response:
    """Adds the security headers; personal pages are not stored by shared caches."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_policy())
    headers.setdefault(
        "Cache-Control", "no-store" if request.method != "GET" else "private, no-cache"
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "microphone=(self), geolocation=(self), camera=()"
    if current_app.config["ROUNDS"].secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
