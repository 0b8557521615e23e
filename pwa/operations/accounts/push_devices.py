"""Push subscriptions of a user's browsers: subscribe, unsubscribe, list."""

import base64
import binascii
import hmac
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from pwa.db import insert, session
from pwa.models import Delivery, Device, SignIn, User
from pwa.operations.accounts import sessions
from pwa.operations.accounts.tokens import token_hash
from pwa.push.hosts import EndpointError, permitted
from pwa.push.message import Subscription

POINT_BYTES = 65
AUTH_BYTES = 16
MOST_DEVICES = 10
SENT = "sent"  # the result of a delivery that the push service took
SILENT_AFTER = 3  # notifications
TAKEN = lazy(
    "Someone else has this browser's notifications, and its keys do not match. Block notifications"
    " for Rounds in the browser's settings, allow them again, then turn them on here."
)


@dataclass(frozen=True, slots=True)
class ListedDevice:
    """A device, and how many notifications were sent to it and never shown since the last one.

    `is_here` says that it belongs to the session that lists it.
    """

    device: Device
    unshown: int
    is_here: bool

    @property
    def is_silent(self) -> bool:
        """Whether it takes notifications and shows none: a single one may just be on its way."""
        return not self.device.gone_at and self.unshown >= SILENT_AFTER


class DeviceError(ValueError):
    """The subscription was refused; the message is shown to the user."""


class DeviceGone(DeviceError):
    """The push service has ended this subscription: the browser has to make another."""


def subscribe(
    user: User,
    subscription: Subscription,
    name: str,
    now: datetime,
    allowed_hosts: AbstractSet[str] = frozenset(),
    *,
    by_itself: bool = False,
) -> None:
    """Stores a subscription with the session that it is made in.

    A browser belongs to the user who subscribed last, who proves to have it by its keys. Beyond ten
    devices the oldest is deleted, those that are gone first. `by_itself` is what the app sends at
    each opening, without anyone asking for it. Raises DeviceError for an invalid subscription, for
    one of another user with other keys, and for one that comes by itself after its user removed it,
    or after its push service ended it (DeviceGone).
    """
    _check(subscription, allowed_hosts)
    mine = _session_of(user)
    removed = _removed(user, subscription.endpoint, mine)
    if by_itself and session.scalar(sa.select(Device.id).where(*removed).limit(1)):
        raise DeviceError(_("Notifications were turned off for this device. Turn them on again."))
    if by_itself and session.scalar(_ended(user, subscription)):
        raise DeviceGone(_("Notifications stopped working on this device. Turn them on again."))
    _take_over(user, subscription)
    if session.scalar(_stored(user, subscription, name[:200], mine, now)) is None:
        raise DeviceError(str(TAKEN))  # somebody was quicker
    # They were turned on again, maybe under an endpoint that is not the removed one.
    session.execute(sa.delete(Device).where(*removed))
    _delete_beyond_the_most(user)


def _stored(
    user: User, subscription: Subscription, name: str, sign_in_id: int | None, now: datetime
) -> Any:
    """The upsert of the user's device, which returns its id.

    A browser sends its subscription at each opening: only a new one, or one that had ended, begins
    anew.
    """
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    present = {"sign_in_id": sign_in_id, "name": name, **keys}
    row = insert(Device).values(
        user_id=user.id, endpoint=subscription.endpoint, created_at=now, **present
    )
    same = sa.and_(
        Device.gone_at.is_(None), *(getattr(Device, name) == key for name, key in keys.items())
    )
    begun = {
        "created_at": sa.case((same, Device.created_at), else_=row.excluded.created_at),
        "last_problem": sa.case((same, Device.last_problem), else_=None),
        "gone_at": None,
        "removed_at": None,
    }
    mine = Device.user_id == user.id
    return row.on_conflict_do_update(
        index_elements=["endpoint"], set_={**present, **begun}, where=mine
    ).returning(Device.id)


def _ended(user: User, subscription: Subscription) -> sa.Select[int]:
    """The user's device with this subscription, if its push service said that it ended."""
    same = (Device.endpoint == subscription.endpoint, Device.p256dh == subscription.p256dh)
    mine = sa.select(Device.id).where(Device.user_id == user.id, *same)
    return mine.where(Device.gone_at.is_not(None), Device.removed_at.is_(None))


def _delete_beyond_the_most(user: User) -> None:
    """Those that were removed do not count: their rows keep them from coming back."""
    listed = (Device.user_id == user.id, Device.removed_at.is_(None))
    order = (Device.gone_at.is_not(None), Device.created_at.desc(), Device.id.desc())
    kept = sa.select(Device.id).where(*listed).order_by(*order).limit(MOST_DEVICES)
    beyond = Device.id.not_in(session.scalars(kept).all())
    session.execute(sa.delete(Device).where(*listed, beyond))


def _session_of(user: User) -> int | None:
    """The user's session, None without one (a command). Raises DeviceError when it has ended."""
    mine = sessions.present_id(user)
    if mine is None and user.sign_in_token:
        raise DeviceError(_("You are signed out here. Sign in, then turn notifications on."))
    return mine


def _take_over(user: User, subscription: Subscription) -> None:
    """Deletes the device of another user with the same keys, and what it was still to be sent.

    Raises DeviceError for other keys: an address alone proves nothing.
    """
    known = sa.select(Device).where(
        Device.endpoint == subscription.endpoint, Device.user_id != user.id
    )
    device = session.scalar(known.with_for_update())
    if device is None:
        return
    same = [
        hmac.compare_digest(device.p256dh.encode(), subscription.p256dh.encode()),
        hmac.compare_digest(device.auth.encode(), subscription.auth.encode()),
    ]
    if not all(same):
        raise DeviceError(str(TAKEN))
    session.execute(sa.delete(Device).where(Device.id == device.id))


def remove(device: Device, now: datetime) -> None:
    """Takes a device off its user's list, with what it was still to be sent.

    Its row stays until its session ends, so that the app there does not bring it back by itself.
    """
    device.gone_at = device.removed_at = now
    session.execute(sa.delete(Delivery).where(Delivery.device_id == device.id))


def _removed(
    user: User, endpoint: str, sign_in_id: int | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """This browser's devices that its user removed: by endpoint, and by its session.

    A push service may give a browser another endpoint at any time.
    """
    here: sa.ColumnElement[bool] = Device.endpoint == endpoint
    if sign_in_id is not None:
        here = sa.or_(here, Device.sign_in_id == sign_in_id)
    return (Device.user_id == user.id, Device.removed_at.is_not(None), here)


def unsubscribe(user: User, endpoint: str) -> None:
    """Deletes the subscription of this browser, if it is the user's."""
    if "\x00" in endpoint:  # nobody's: PostgreSQL cannot even look for it
        return
    mine = (Device.user_id == user.id, Device.endpoint == endpoint)
    session.execute(sa.delete(Device).where(*mine))


def devices_of(user: User) -> list[ListedDevice]:
    """The user's devices, newest first, expired subscriptions included."""
    listed = (Device.user_id == user.id, Device.removed_at.is_(None))
    here = sa.exists().where(
        SignIn.id == Device.sign_in_id, SignIn.token_hash == token_hash(user.sign_in_token or "")
    )
    theirs = sa.select(Device, _unshown(), here).where(*listed)
    rows = session.execute(theirs.order_by(Device.created_at.desc(), Device.id.desc()))
    return [ListedDevice(*row) for row in rows]


def _unshown() -> sa.ScalarSelect[int]:
    """How many deliveries were sent to a device since it last showed any."""
    later = sa.or_(Device.last_shown_at.is_(None), Delivery.settled_at > Device.last_shown_at)
    sent = sa.select(sa.func.count()).where(Delivery.device_id == Device.id)
    sent = sent.where(Delivery.result == SENT, Delivery.shown_at.is_(None), later)
    return sent.correlate(Device).scalar_subquery()


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
