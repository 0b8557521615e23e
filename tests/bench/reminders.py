"""Reminders: a whole sweep, and the sender beside plain `webpush()` and the bare encryption."""

import base64
import logging
import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from config import Testing
from pwa import clock, create_app
from pwa.db import session
from pwa.migrate import upgrade
from pwa.models import Booking, Client, Contact, Delivery, Device, Notice, Team, User
from pwa.operations import notices
from pwa.push import configured
from pwa.push.keys import generate
from pwa.push.message import Message, Subscription
from pwa.push.sender import Sender
from tests.bench.measure import line
from tests.bench.push_endpoint import push_endpoint

MANY = 10_000  # reminders of one minute
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday: no morning's notices beside them
SENT = 2_000
PLAIN = 60
LOCAL = frozenset({"127.0.0.1"})
PAYLOAD = b'{"title":"In 5 minutes: Dana","body":"Booked for 14:00"}' + b" " * 400


def run() -> None:
    """Print the rows of the table."""
    with push_endpoint() as origin, tempfile.TemporaryDirectory() as folder:
        _sweep(Path(folder), origin)
    with push_endpoint(0) as origin:
        _sender(origin)


def _sweep(folder: Path, origin: str) -> None:
    app = _app(folder, origin)
    with app.app_context():
        began, cpu = perf_counter(), process_time()
        notices.sweep(AT - timedelta(minutes=5))
        took, cpu = perf_counter() - began, process_time() - cpu
        sent = session.scalar(sa.select(sa.func.count()).where(Notice.result == "sent"))
        tries = session.scalar(sa.select(sa.func.max(Delivery.tries)))
    assert (sent, tries) == (MANY, 1), (sent, tries)
    line("a sweep: notices per CPU-second", f"{MANY / cpu:.0f}", "500")
    line(f"a sweep: {MANY} of one minute, 50 ms each", f"{took:.0f} s", "60 s")


def _app(folder: Path, origin: str) -> Flask:
    """As many managers as reminders, each with a device and a booking in five minutes."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app = create_app(
        replace(
            Testing,
            instance_path=folder,
            database_url=f"sqlite:///{folder / 'rounds.db'}",
            queue_url=str(folder / "queue.db"),
            push_allowed_hosts=LOCAL,
        )
    )
    upgrade(app.extensions["engine"])
    configured.make_key(app.config["ROUNDS"])
    subscription = _subscription(origin)
    with app.app_context():
        session.add(Team(id=1, name="North"))
        session.flush()
        ids = range(1, MANY + 1)
        keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
        made = {"created_at": AT}
        rows = {
            User: [
                {"id": i, "email": f"{i}@rounds.example", "name": "Sam", "role": "manager", **made}
                | {"team_id": 1}
                for i in ids
            ],
            Client: [{"id": i, "name": f"Client {i}", "owner_id": i, **made} for i in ids],
            Contact: [{"id": i, "client_id": i, "name": "Dana Whitfield"} for i in ids],
            Booking: [{"client_id": i, "contact_id": i, "at": AT} for i in ids],
            Device: [
                {"user_id": i, "endpoint": f"{origin}/{i}", "name": "A phone", **keys, **made}
                for i in ids
            ],
        }
        for model, values in rows.items():
            session.execute(sa.insert(model), values)
        session.commit()
    return app


def _sender(origin: str) -> None:
    key, subscription = generate(), _subscription(origin)
    sender = Sender(key, "ops@rounds.example", clock.now, allowed_hosts=LOCAL)
    message = Message(subscription, PAYLOAD, ttl=60)
    sender.send_all([message] * 50)
    ours = _cpu_each(SENT, lambda: sender.send_all([message] * SENT))
    plain = _cpu_each(PLAIN, lambda: [_plain(subscription, key).ok for _ in range(PLAIN)])
    bare = _cpu_each(SENT, lambda: [_encrypt(subscription) for _ in range(SENT)])
    line("the sender: times as fast as plain webpush()", f"{plain / ours:.1f}", "5")
    line("the sender: of the speed of the bare encryption", f"{bare / ours:.2f}", "0.33")


def _cpu_each(count: int, work) -> float:
    began = process_time()
    work()
    return (process_time() - began) / count


def _plain(subscription: Subscription, key: ec.EllipticCurvePrivateKey) -> Any:
    from pywebpush import webpush

    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    return webpush(
        {"endpoint": subscription.endpoint, "keys": keys},
        PAYLOAD,
        vapid_private_key=_text(key.private_numbers().private_value.to_bytes(32, "big")),
        vapid_claims={"sub": "mailto:ops@rounds.example"},
        ttl=60,
    )


def _encrypt(subscription: Subscription) -> bytes:
    """RFC 8291 with nothing around it."""
    receiver = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), _bytes(subscription.p256dh)
    )
    own, salt = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = own.exchange(ec.ECDH(), receiver)
    info = b"WebPush: info\x00" + _bytes(subscription.p256dh) + point
    material = _derive(secret, _bytes(subscription.auth), info, 32)
    content_key = _derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(material, salt, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(content_key).encrypt(nonce, PAYLOAD + b"\x02", None)
    return salt + (4096).to_bytes(4, "big") + bytes([len(point)]) + point + sealed


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _subscription(origin: str) -> Subscription:
    point = generate().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Subscription(f"{origin}/1", _text(point), _text(os.urandom(16)))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
