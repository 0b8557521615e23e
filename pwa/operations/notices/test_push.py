"""The test notice that users send to their own devices."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from pwa import clock
from pwa.db import insert, session, writing
from pwa.models import Notice, User
from pwa.operations.notices.claim import LEASE, ClaimedNotice, claimed
from pwa.operations.notices.deliver import DeliveryLine, deliver
from pwa.operations.notices.settle import WAITING
from pwa.push import configured
from pwa.rules.vocabulary.enums import NoticeKind

VALID_FOR = timedelta(minutes=5)


def send_test_push(user: User, key: str, now: datetime) -> DeliveryLine:
    """Sends a test notice at once and returns its result; idempotent by `key`.

    Takes up to ten seconds, outside any transaction. Retries are left to the worker.
    Raises VapidKeyError while there is no key to sign with.
    """
    sender = configured.sender(current_app.config["ROUNDS"], clock.now)
    mine = _write(user, key, now)
    return deliver([mine], now, sender)[0] if mine else _earlier(user, key)


def _write(user: User, key: str, now: datetime) -> ClaimedNotice | None:
    """Stores the notice already claimed, so that no worker takes it; None if it existed."""
    values = {
        "user_id": user.id,
        "kind": NoticeKind.TEST,
        "subject": key,
        "due_at": now,
        "expires_at": now + VALID_FOR,
        "next_try_at": now,
        "claimed_until": now + LEASE,
        "tries": 1,
    }
    with writing():
        written = insert(Notice).values(values).on_conflict_do_nothing().returning(Notice.id)
        number = session.scalar(written)
        return claimed(session.get_one(Notice, number)) if number else None


def _earlier(user: User, key: str) -> DeliveryLine:
    query = sa.select(Notice).where(
        Notice.user_id == user.id, Notice.kind == NoticeKind.TEST, Notice.subject == key
    )
    row = session.scalars(query).one()
    result, why = row.result or WAITING, row.why or ""
    return DeliveryLine(user.email, row.kind.value, None, None, None, result, why)
