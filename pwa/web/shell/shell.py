"""The app shell: manifest, service worker, offline page, phone key and health checks."""

import json

import sqlalchemy as sa
from flask import Blueprint, jsonify
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session, writing
from pwa.migrate import is_current
from pwa.models import Heartbeat
from pwa.operations.accounts import device_keys
from pwa.web.http.assets import STATIC, static_url
from pwa.web.http.idempotency import reject_other_user
from pwa.web.http.responses import page
from pwa.web.shell.manifest import manifest

bp = Blueprint("shell", __name__)

# A worker is ruled by its own answer, not by the page's.
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'"


@bp.get("/manifest.webmanifest")
def app_manifest() -> Response:
    body = json.dumps(manifest(), ensure_ascii=False)
    response = Response(body, content_type="application/manifest+json; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/service-worker.js")
def worker() -> Response:
    """The service worker; it names its release, so that a new release is a new worker.

    It brings the words of a push that has none: there is no page to take them from.
    """
    words = json.dumps({"title": _("Rounds"), "body": _("Open your list")})
    body = f'import "{static_url("js/worker/events.js")}";\nself.words = {words};\n'
    response = Response(body, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Content-Security-Policy"] = WORKER_POLICY
    return response


@bp.get("/shell-files.json")
def files() -> Response:
    """The addresses of every script of this release, for use without a network."""
    names = [path.relative_to(STATIC).as_posix() for path in sorted(STATIC.rglob("*.js"))]
    needed = [static_url(name) for name in names if not name.startswith("js/worker/")]
    response = jsonify(needed)
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/offline")
def offline() -> Response:
    """The page shown without a network; the same for every user, signed in or not."""
    return page("offline.html")


@bp.get("/waiting")
@login_required
def waiting() -> Response:
    """The page of the outbox, filled in by its script."""
    return page("waiting.html")


@bp.post("/phone-key")
@login_required
def phone_key() -> Response:
    """The user's key for the data on their phone, 32 bytes; 401 for another user."""
    reject_other_user()
    with writing():
        key = device_keys.key_of(current_user)
    return Response(key, content_type="application/octet-stream")


@bp.get("/healthz")
def alive() -> Response:
    return jsonify(status="alive")


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """200 when the database is migrated and answers; names the worker's last sweep."""
    current = is_current(session.connection())
    beat = session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == "sweep"))
    age = int((clock.now() - beat).total_seconds()) if beat else None
    body = {
        "database": "ok",
        "migrations": "ok" if current else "behind",
        "last_sweep_seconds": age,
    }
    return jsonify(body), 200 if current else 503
