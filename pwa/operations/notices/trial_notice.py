"""The test notice that users send to their own devices."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from pwa import clock
from pwa.db import insert, session, writing
from pwa.models import Delivery, Notice, User
from pwa.operations.notices.claim import ClaimedDelivery, claim_these
from pwa.operations.notices.deliver import prepare
from pwa.operations.notices.expand import NO_DEVICE, deliveries_of, devices_of
from pwa.operations.notices.report import DeliveryLine, lines_of
from pwa.operations.notices.results import SKIPPED
from pwa.operations.notices.settle import settle, settlement
from pwa.push import configured
from pwa.rules.vocabulary.notice_kind import NoticeKind

VALID_FOR = timedelta(minutes=5)


def send_test_push(user: User, key: str, now: datetime) -> DeliveryLine:
    """Sends a test notice at once and returns its result; idempotent by `key`.

    Takes up to ten seconds, outside any transaction. Retries are left to the worker.
    Raises VapidKeyError while there is no key to sign with.
    """
    sender = configured.sender(current_app.config["ROUNDS"], clock.now)
    notice_id, claimed = _write(user, key, now)
    prepared = prepare(claimed, now)
    answers = sender.send_all([message for _, message in prepared.messages])
    by_id = {delivery.id: delivery for delivery in claimed}
    answered = zip(
        (by_id[delivery_id] for delivery_id, _ in prepared.messages), answers, strict=True
    )
    settled = [settlement(*pair, now, retries_key=False) for pair in answered]
    settle(prepared.unsent + settled, now)
    return lines_of([notice_id], prepared.pushes)[0]


def _write(user: User, key: str, now: datetime) -> tuple[int, list[ClaimedDelivery]]:
    """The id of the notice and its deliveries, claimed already so that no worker takes them.

    None are claimed if the notice existed.
    """
    values = {
        "user_id": user.id,
        "kind": NoticeKind.TEST,
        "subject": key,
        "due_at": now,
        "expires_at": now + VALID_FOR,
        "next_try_at": now,
        "expanded_at": now,
        "tries": 0,
    }
    with writing():
        written = insert(Notice).values(values).on_conflict_do_nothing().returning(Notice.id)
        notice_id = session.scalar(written)
        if notice_id is None:
            return _earlier(user, key), []
        devices = devices_of([user.id]).get(user.id, ())
        if not devices:
            unsent = {"settled_at": now, "result": SKIPPED, "why": NO_DEVICE}
            session.execute(sa.update(Notice).where(Notice.id == notice_id).values(**unsent))
            return notice_id, []
        notice = session.get_one(Notice, notice_id)
        rows = deliveries_of(notice, devices, now)
        ids = session.scalars(insert(Delivery).returning(Delivery.id), rows).all()
        return notice_id, claim_these(ids, now)


def _earlier(user: User, key: str) -> int:
    query = sa.select(Notice.id).where(
        Notice.user_id == user.id, Notice.kind == NoticeKind.TEST, Notice.subject == key
    )
    return session.scalars(query).one()
