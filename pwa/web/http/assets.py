"""Static files: versioned addresses, compression, and the inlined CSS."""

import base64
import gzip
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

import brotli
from flask import Blueprint, Flask, abort, request, url_for
from markupsafe import Markup
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

from pwa.web.http import development
from pwa.web.http.development import cached_outside_development

STATIC = Path(__file__).parents[3] / "static"
A_YEAR = "public, max-age=31536000, immutable"
COMPRESSIBLE = {".js", ".css", ".svg", ".json"}

bp = Blueprint("assets", __name__)


def init_app(app: Flask) -> None:
    """Registers the route and the template globals."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        static_url=static_url, critical_css=critical_css, favicon=favicon()
    )


@cached_outside_development
def release() -> str:
    """A short hash over every static file, the release of the scripts and styles."""
    digest = hashlib.sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a file in this release; modules import each other within the release."""
    return url_for("assets.file", version=release(), name=name)


@cache
def favicon() -> str:
    """The icon as a data: URL, which saves a request before the list can be used."""
    outline = (STATIC / "icons" / "favicon.svg").read_text().strip().replace('"', "'")
    return "data:image/svg+xml," + quote(outline, safe=" =/:;,()-.")


@bp.get("/static/<version>/<path:name>")
def file(version: str, name: str) -> Response:
    """A static file: immutable under the address of this release, no-cache under another."""
    path = safe_join(str(STATIC), name)
    if path is None or not Path(path).is_file():
        abort(404)
    encoding = "" if development.is_on() else _encoding()
    response = Response(_body(path, encoding), content_type=_type(path))
    if encoding and Path(path).suffix in COMPRESSIBLE:
        response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = A_YEAR if version == release() else "no-cache"
    return response


def _encoding() -> str:
    return request.accept_encodings.best_match(["br", "gzip"]) or ""


@cached_outside_development
def _body(path: str, encoding: str) -> bytes:
    data = Path(path).read_bytes()
    if Path(path).suffix not in COMPRESSIBLE or not encoding:
        return data
    return brotli.compress(data, quality=11) if encoding == "br" else gzip.compress(data, 9)


def _type(path: str) -> str:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return "text/javascript; charset=utf-8" if path.endswith(".js") else kind


@cached_outside_development
def inline_css() -> str:
    """Every stylesheet for the one style element in the head; tokens.css first names the layers."""
    first = STATIC / "css" / "tokens.css"
    rest = sorted(p for p in (STATIC / "css").rglob("*.css") if p != first)
    return _tight("".join(path.read_text() for path in (first, *rest)))


@cached_outside_development
def critical_css() -> Markup:
    """`inline_css` for a template: our own files, so safe to stand there unescaped."""
    return Markup(inline_css())  # noqa: S704 - never anything typed


def _tight(css: str) -> str:
    """CSS without comments and insignificant space; quoted text is left alone."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = re.split(r"""("[^"]*"|'[^']*')""", bare)
    return "".join(part if at % 2 else _no_space(part) for at, part in enumerate(parts))


def _no_space(css: str) -> str:
    # Not before "(" or ":" and not around "+" and "-", where a space can mean something.
    return re.sub(r"\s*([{};,>])\s*|(:)\s+", r"\1\2", re.sub(r"\s+", " ", css)).replace(";}", "}")


@cached_outside_development
def inline_css_hash() -> str:
    """The CSP source hash of the style element."""
    digest = hashlib.sha256(inline_css().encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
