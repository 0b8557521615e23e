"""Sends claimed notices: composed first, then sent with no transaction open."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import current_app

from pwa.db import session
from pwa.models import Device, User
from pwa.operations.accounts.push_devices import MOST_DEVICES
from pwa.operations.notices.claim import ClaimedNotice
from pwa.operations.notices.compose import Skip, compose
from pwa.operations.notices.settle import (
    SKIPPED,
    DeliveryResult,
    error_result,
    overall_result,
    store_result,
)
from pwa.push.message import Message, Subscription, Urgency
from pwa.push.payload import Push
from pwa.push.results import Result
from pwa.rules.vocabulary.enums import NoticeKind

if TYPE_CHECKING:
    from pwa.push.sender import Sender

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A notice with its user and its delivery result, as one line of output."""

    email: str
    kind: str
    subject: str
    result: str
    why: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A notice with its messages by device id, or with the result that none is sent."""

    notice: ClaimedNotice
    email: str
    messages: tuple[tuple[int, Message], ...] = ()
    verdict: DeliveryResult | None = None


def deliver(batch: Sequence[ClaimedNotice], now: datetime, sender: "Sender") -> list[DeliveryLine]:
    """Sends the batch and settles each notice by itself; a failing one does not stop the rest."""
    prepared = [_prepare(notice, now) for notice in batch]
    session.commit()  # no transaction stays open during network calls
    messages = [message for notice in prepared for _, message in notice.messages]
    results = iter(sender.send_all(messages))
    return [
        _finish(notice, [(device, next(results)) for device, _ in notice.messages], now)
        for notice in prepared
    ]


def _prepare(notice: ClaimedNotice, now: datetime) -> Prepared:
    user = session.get_one(User, notice.user_id, populate_existing=True)
    email = user.email
    try:
        with session.begin_nested():
            return _compose_messages(notice, user, now)
    except Exception:  # a poison row costs only itself
        log.exception("cannot write notice %s (%s %s)", notice.id, notice.kind, notice.subject)
        return Prepared(notice, email, verdict=error_result(notice, now))


def _compose_messages(notice: ClaimedNotice, user: User, now: datetime) -> Prepared:
    devices = _devices(user.id)
    push = compose(notice, user, now) if devices else Skip("No device takes notifications.")
    if isinstance(push, Skip):
        return Prepared(notice, user.email, verdict=DeliveryResult(SKIPPED, push.why))
    messages = tuple((device.id, _message(device, push, notice, now)) for device in devices)
    return Prepared(notice, user.email, messages)


def _devices(user_id: int) -> Sequence[Device]:
    """The subscribed devices of a user, newest first, at most `MOST_DEVICES`."""
    theirs = sa.select(Device).where(Device.user_id == user_id, Device.gone_at.is_(None))
    return session.scalars(theirs.order_by(Device.created_at.desc()).limit(MOST_DEVICES)).all()


def _message(device: Device, push: Push, notice: ClaimedNotice, now: datetime) -> Message:
    return Message(
        Subscription(device.endpoint, device.p256dh, device.auth),
        push.to_bytes(current_app.config["ROUNDS"].base_url),
        ttl=int((notice.expires_at - now).total_seconds()),
        urgency=Urgency.NORMAL if notice.kind is NoticeKind.DIGEST else Urgency.HIGH,
        topic=push.tag,
    )


def _finish(
    prepared: Prepared, results: Sequence[tuple[int, Result]], now: datetime
) -> DeliveryLine:
    delivery = prepared.verdict or overall_result(
        prepared.notice, [result for _, result in results], now
    )
    store_result(prepared.notice, delivery, results, now)
    notice = prepared.notice
    return DeliveryLine(
        prepared.email, notice.kind.value, notice.subject, delivery.result, delivery.why
    )
