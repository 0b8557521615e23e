"""Prepares claimed deliveries: each becomes a message for its device, or says why there is none."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from pwa.db import session
from pwa.models import Device, Notice
from pwa.operations.notices.claim import ClaimedDelivery
from pwa.operations.notices.compose import Skip, Wait, compose_all
from pwa.operations.notices.results import WAITING
from pwa.operations.notices.settle import Settlement, error_settlement, skipped_settlement
from pwa.push.hosts import service_of
from pwa.push.message import Message, Subscription, Urgency
from pwa.push.payload import Push
from pwa.rules.vocabulary.notice_kind import NoticeKind

REMOVED = "The device was removed."
APPLE = ".push.apple.com"
CALM = frozenset({NoticeKind.DIGEST, NoticeKind.EVENING, NoticeKind.OUTCOME})

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Prepared:
    """Messages by the id of their delivery, deliveries that are settled unsent, and the pushes."""

    messages: list[tuple[int, Message]] = field(default_factory=list)
    unsent: list[Settlement] = field(default_factory=list)
    pushes: dict[int, Push] = field(default_factory=dict)


def prepare(claimed: Sequence[ClaimedDelivery], now: datetime) -> Prepared:
    """The words of each notice at this moment, sealed for nobody yet; the session is let go."""
    notices = _notices({delivery.notice_id for delivery in claimed})
    devices = _devices({delivery.device_id for delivery in claimed})
    texts = compose_all(list(notices.values()), now)
    session.commit()  # no transaction stays open while pushes are on their way
    prepared = Prepared()
    base_url = current_app.config["ROUNDS"].base_url
    for delivery in claimed:
        notice, text = notices.get(delivery.notice_id), texts.get(delivery.notice_id)
        device = devices.get(delivery.device_id)
        if notice is None or device is None:  # deleted since it was claimed
            prepared.unsent.append(skipped_settlement(delivery, REMOVED))
        elif text is None:
            prepared.unsent.append(error_settlement(delivery, now))
        elif isinstance(text, Skip):
            prepared.unsent.append(skipped_settlement(delivery, text.why))
        elif isinstance(text, Wait):
            prepared.unsent.append(Settlement(delivery, WAITING, text.why, again=text.until))
        else:
            prepared.pushes[delivery.notice_id] = text
            message = _message(device, text, notice, base_url, now)
            prepared.messages.append((delivery.id, message))
    return prepared


def _notices(ids: Iterable[int]) -> Mapping[int, Any]:
    columns = (
        Notice.id,
        Notice.user_id,
        Notice.kind,
        Notice.subject,
        Notice.client_id,
        Notice.due_at,
        Notice.expires_at,
    )
    return {row.id: row for row in session.execute(sa.select(*columns).where(Notice.id.in_(ids)))}


def _devices(ids: Iterable[int]) -> Mapping[int, Any]:
    columns = (Device.id, Device.endpoint, Device.p256dh, Device.auth)
    return {row.id: row for row in session.execute(sa.select(*columns).where(Device.id.in_(ids)))}


def _message(device: Any, push: Push, notice: Any, base_url: str, now: datetime) -> Message:
    return Message(
        Subscription(device.endpoint, device.p256dh, device.auth),
        push.to_bytes(base_url),
        ttl=max(0, int((notice.expires_at - now).total_seconds())),
        urgency=_urgency(device.endpoint, notice.kind),
        topic=push.tag,
    )


def _urgency(endpoint: str, kind: NoticeKind) -> Urgency:
    """High for what cannot wait; always on Apple's devices, which hold back anything less."""
    is_calm = kind in CALM and not service_of(endpoint).endswith(APPLE)
    return Urgency.NORMAL if is_calm else Urgency.HIGH
