"""Push subscriptions of a user's browsers: subscribe, unsubscribe, list."""

import base64
import binascii
from collections.abc import Set as AbstractSet
from datetime import datetime

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import Device, User
from pwa.push.hosts import EndpointError, permitted
from pwa.push.message import Subscription

POINT_BYTES = 65
AUTH_BYTES = 16
MOST_DEVICES = 10


class DeviceError(ValueError):
    """The subscription was refused; the message is shown to the user."""


def subscribe(
    user: User,
    subscription: Subscription,
    name: str,
    now: datetime,
    allowed_hosts: AbstractSet[str] = frozenset(),
) -> None:
    """Stores a subscription. A browser belongs to the user who subscribed last.

    Beyond ten devices the oldest is deleted. Raises DeviceError for an invalid subscription.
    """
    _check(subscription, allowed_hosts)
    values = {
        "user_id": user.id,
        "p256dh": subscription.p256dh,
        "auth": subscription.auth,
        "name": name[:200],
        "created_at": now,
        "last_problem": None,
        "gone_at": None,
    }
    row = insert(Device).values(endpoint=subscription.endpoint, **values)
    session.execute(row.on_conflict_do_update(index_elements=["endpoint"], set_=values))
    newest = sa.select(Device.id).where(Device.user_id == user.id)
    newest = newest.order_by(Device.created_at.desc(), Device.id.desc()).limit(MOST_DEVICES)
    kept = session.scalars(newest).all()
    session.execute(sa.delete(Device).where(Device.user_id == user.id, Device.id.not_in(kept)))


def unsubscribe(user: User, endpoint: str) -> None:
    """Deletes the subscription of this browser, if it is the user's."""
    mine = (Device.user_id == user.id, Device.endpoint == endpoint)
    session.execute(sa.delete(Device).where(*mine))


def devices_of(user: User) -> list[Device]:
    """The user's devices, newest first, expired subscriptions included."""
    theirs = sa.select(Device).where(Device.user_id == user.id)
    return list(session.scalars(theirs.order_by(Device.created_at.desc(), Device.id.desc())))


def _check(subscription: Subscription, allowed_hosts: AbstractSet[str]) -> None:
    try:
        permitted(subscription.endpoint, allowed_hosts)
    except EndpointError as error:
        raise DeviceError(str(error)) from None
    point, secret = _base64_bytes(subscription.p256dh), _base64_bytes(subscription.auth)
    if len(point) != POINT_BYTES or point[0] != 4 or len(secret) != AUTH_BYTES:
        raise DeviceError("The keys of this device are not usable.")


def _base64_bytes(text: str) -> bytes:
    text = text.rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
