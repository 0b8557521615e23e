"""Sends claimed notices: composed first, then sent with no transaction open."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Device, Notice, User
from pwa.operations.accounts.push_devices import MOST_DEVICES
from pwa.operations.notices.claim import ClaimedNotice
from pwa.operations.notices.compose import Skip, compose
from pwa.operations.notices.settle import (
    FAILED,
    SENT,
    SKIPPED,
    WAITING,
    DeliveryResult,
    error_result,
    overall_result,
    store_result,
)
from pwa.push.message import Message, Subscription, Urgency
from pwa.push.payload import Push
from pwa.push.results import Delivered, Gone, PushRefused, Result, Retry
from pwa.rules.vocabulary.enums import NoticeKind

if TYPE_CHECKING:
    from pwa.push.sender import Sender

# What became of it on one device, in the words of the notice as a whole.
RESULTS = {Delivered: SENT, Gone: SKIPPED, Retry: WAITING, PushRefused: FAILED}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device, and what became of the notice there."""

    name: str
    result: str


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A notice and what became of it, as it is printed; the person is named by e-mail address.

    `title` and `body` are None where none was composed.
    """

    person: str
    kind: str
    client: str | None
    title: str | None
    body: str | None
    result: str
    why: str
    devices: tuple[DeviceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A notice with its messages by device, or with the result that none is sent."""

    notice: ClaimedNotice
    email: str
    client: str | None = None
    push: Push | None = None
    messages: tuple[tuple[Device, Message], ...] = ()
    verdict: DeliveryResult | None = None


def deliver(batch: Sequence[ClaimedNotice], now: datetime, sender: "Sender") -> list[DeliveryLine]:
    """Sends the batch and settles each notice by itself; a failing one does not stop the rest."""
    prepared = [_prepare(notice, now) for notice in batch]
    session.commit()  # no transaction stays open during network calls
    messages = [message for notice in prepared for _, message in notice.messages]
    results = iter(sender.send_all(messages))
    return [_finish(notice, [next(results) for _ in notice.messages], now) for notice in prepared]


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
        skipped = DeliveryResult(SKIPPED, push.why)
        return Prepared(notice, user.email, client_name(notice.id), verdict=skipped)
    messages = tuple((device, _message(device, push, notice, now)) for device in devices)
    return Prepared(notice, user.email, client_name(notice.id), push, messages)


def client_name(notice_id: int) -> str | None:
    """The name of the client whom a notice is about; None for several or none."""
    query = sa.select(Client.name).join(Notice, Notice.client_id == Client.id)
    return session.scalar(query.where(Notice.id == notice_id))


def _devices(user_id: int) -> Sequence[Device]:
    """The subscribed devices of a user, newest first, at most `MOST_DEVICES`."""
    theirs = sa.select(Device).where(Device.user_id == user_id, Device.gone_at.is_(None))
    return session.scalars(theirs.order_by(Device.created_at.desc()).limit(MOST_DEVICES)).all()


def _message(device: Device, push: Push, notice: ClaimedNotice, now: datetime) -> Message:
    return Message(
        Subscription(device.endpoint, device.p256dh, device.auth),
        push.to_bytes(),
        ttl=int((notice.expires_at - now).total_seconds()),
        urgency=Urgency.NORMAL if notice.kind is NoticeKind.DIGEST else Urgency.HIGH,
        topic=push.tag,
    )


def _finish(prepared: Prepared, results: Sequence[Result], now: datetime) -> DeliveryLine:
    notice, push = prepared.notice, prepared.push
    delivery = prepared.verdict or overall_result(notice, results, now)
    devices = [device for device, _ in prepared.messages]
    by_device = list(zip(devices, results, strict=True))
    store_result(notice, delivery, [(device.id, result) for device, result in by_device], now)
    return DeliveryLine(
        prepared.email,
        notice.kind.value,
        prepared.client,
        push.title if push else None,
        push.body if push else None,
        delivery.result,
        delivery.why,
        tuple(DeviceLine(device.name, RESULTS[type(result)]) for device, result in by_device),
    )
