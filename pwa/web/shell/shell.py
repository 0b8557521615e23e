"""What makes it an app: the manifest, the worker, the offline page, and whether we are alive."""

import json

import sqlalchemy as sa
from flask import Blueprint, jsonify
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
    """The one worker for the whole site. It names its release: a new one is a new worker."""
    body = f'import "{static_url("js/worker/events.js")}";\n'
    response = Response(body, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Content-Security-Policy"] = WORKER_POLICY
    return response


@bp.get("/shell-files.json")
def files() -> Response:
    """Every script that a page may need without a network, under its address of this release."""
    names = [path.relative_to(STATIC).as_posix() for path in sorted(STATIC.rglob("*.js"))]
    needed = [static_url(name) for name in names if not name.startswith("js/worker/")]
    response = jsonify(needed)
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/offline")
def offline() -> Response:
    """What stands in for a page without a network: the same for everyone, signed in or not."""
    return page("offline.html")


@bp.get("/waiting")
@login_required
def waiting() -> Response:
    """What was saved on this phone and has not arrived: filled in there."""
    return page("waiting.html")


@bp.post("/phone-key")
@login_required
def phone_key() -> Response:
    """The person's key for what their phone keeps, as 32 bytes; never somebody else's."""
    reject_other_user()
    with writing():
        key = device_keys.key_of(current_user)
    return Response(key, content_type="application/octet-stream")


@bp.get("/healthz")
def alive() -> Response:
    return jsonify(status="alive")


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """200 when the database answers in the right shape; says when the worker last swept."""
    current = is_current(session.connection())
    beat = session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == "sweep"))
    age = int((clock.now() - beat).total_seconds()) if beat else None
    body = {
        "database": "ok",
        "migrations": "ok" if current else "behind",
        "last_sweep_seconds": age,
    }
    return jsonify(body), 200 if current else 503
