"""One push, and the sealed form in which it leaves: only the device can read it (RFC 8291)."""

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from pwa.push.encryption import encrypt

PAYLOAD_LIMIT = 3993  # bytes of plain text: 4096 less header, key, padding mark and tag
AUTH_BYTES = 16


class MessageError(ValueError):
    """The message cannot be sent. The text is a sentence that says why."""


class Urgency(StrEnum):
    """How much of its battery a device should spend on it (RFC 8030, 5.3)."""

    VERY_LOW = "very-low"
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser's push subscription; keys are base64url text."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Message:
    """One push. `payload` is UTF-8 text for the service worker.

    `ttl` is how many seconds it stays worth showing to a sleeping phone; 0 means now or never.
    `topic` names what it replaces while undelivered; any text, sent as a hash.
    """

    subscription: Subscription
    payload: bytes
    ttl: int
    urgency: Urgency = Urgency.NORMAL
    topic: str | None = None


def seal(message: Message) -> bytes:
    """Encrypt the payload for its device. Raises MessageError when that cannot be done."""
    if message.ttl < 0:
        raise MessageError("It is too late for it to be worth showing.")
    if not message.payload:
        raise MessageError("There is nothing in it to show.")
    if len(message.payload) > PAYLOAD_LIMIT:
        raise MessageError(
            f"It is too long for a push: {len(message.payload)} bytes, {PAYLOAD_LIMIT} fit."
        )
    return _encrypt(message.subscription, message.payload)


def headers(message: Message) -> dict[str, str]:
    """Return the headers of a sealed message, all but the signature."""
    fields = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(message.ttl),
        "Urgency": message.urgency.value,
    }
    if message.topic is not None:
        fields["Topic"] = _topic(message.topic)
    return fields


def _encrypt(subscription: Subscription, payload: bytes) -> bytes:
    try:
        point, secret = _bytes(subscription.p256dh), _bytes(subscription.auth)
        if len(secret) != AUTH_BYTES:
            raise ValueError("wrong length")
        return encrypt(payload, point, secret)
    except (ValueError, TypeError):
        raise MessageError("The keys of this device are not usable.") from None


def _bytes(text: str) -> bytes:
    """The bytes of base64url text, with or without its padding. Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _topic(name: str) -> str:
    # The protocol allows 32 URL-safe characters, and the service need not know what it is about.
    digest = hashlib.sha256(name.encode()).digest()
    return base64.urlsafe_b64encode(digest)[:32].decode("ascii")
