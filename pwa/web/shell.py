"""What makes it an app: the manifest, the worker, the offline page, and whether we are alive."""

import sqlalchemy as sa
from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.migrate import is_current
from pwa.models import Heartbeat

bp = Blueprint("shell", __name__)


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
