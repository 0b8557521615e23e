"""One sweep: plans due notices, then sends all that wait."""

import logging
from datetime import datetime

from flask import current_app

from pwa import clock
from pwa.db import insert, session, writing
from pwa.models import Heartbeat
from pwa.operations.notices.claim import claim
from pwa.operations.notices.deliver import DeliveryLine, deliver
from pwa.operations.notices.plan import plan
from pwa.push import configured

log = logging.getLogger(__name__)


def sweep(now: datetime) -> list[DeliveryLine]:
    """Sends the notices due at `now`; returns one line per claimed notice, in order.

    Raises VapidKeyError, before anything is claimed, while there is no key to sign with.
    """
    sender = configured.sender(current_app.config["ROUNDS"], clock.now)
    try:
        plan(now)
    except Exception:  # notices planned earlier are sent all the same
        log.exception("cannot plan notices")
        session.rollback()
    lines: list[DeliveryLine] = []
    while batch := claim(now):
        lines += deliver(batch, now, sender)
    return lines


def store_heartbeat(now: datetime) -> None:
    """Stores the heartbeat of the sweep, reported by `/readyz` and `doctor`."""
    with writing():
        row = insert(Heartbeat).values(name="sweep", at=now)
        session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": now}))
