"""The push service of these tests is only worth something if it refuses what real ones refuse."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import http_ece
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from yarl import URL

from pwa.push import keys
from pwa.push.message import headers, seal
from pwa.push.vapid import Signer
from tests.patience import PATIENCE
from tests.push.conftest import CONTACT, KEY, message_to, true_time
from tests.push.endpoint import Phone, PushService

Fields = dict[str, str]


def in_order(phone: Phone) -> Fields:
    signature = Signer(KEY, CONTACT, true_time).authorization(URL(phone.endpoint))
    return headers(message_to(phone)) | {"Authorization": signature}


def signed(hours: int, **changes: object) -> Callable[[Phone], Fields]:
    """A signature made that many hours off the true time, or for another key or service."""

    def fields(phone: Phone) -> Fields:
        signer = Signer(
            keys.generate() if changes.get("key") else KEY,
            CONTACT,
            lambda: true_time() + timedelta(hours=hours),
        )
        origin = str(changes.get("origin", phone.endpoint))
        return in_order(phone) | {"Authorization": signer.authorization(URL(origin))}

    return fields


def forged(phone: Phone) -> Fields:
    """Claims changed after signing."""
    authorization = in_order(phone)["Authorization"]
    head, claims, rest = authorization.split(".")
    changed = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"sub": "mailto:a@b.example"}
    text = base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")
    return in_order(phone) | {"Authorization": f"{head}.{text}.{rest}"}


def without(name: str) -> Callable[[Phone], Fields]:
    return lambda phone: {k: v for k, v in in_order(phone).items() if k != name}


def test_it_takes_what_is_in_order(service: PushService, phone: Phone) -> None:
    answer = requests.post(
        phone.endpoint, seal(message_to(phone)), headers=in_order(phone), timeout=PATIENCE
    )
    assert (answer.status_code, service.complaints) == (201, [])
    assert phone.received[0].text == "hello"


@pytest.mark.parametrize(
    ("fields", "status", "complaint"),
    [
        (without("TTL"), 400, "TTL"),
        (without("Content-Encoding"), 415, "aes128gcm"),
        (without("Authorization"), 403, "vapid t="),
        (signed(0, key=True), 403, "not the one of the subscription"),
        (signed(0, origin="https://fcm.googleapis.com/x"), 403, "audience"),
        (signed(13), 403, "24 hours"),
        (signed(-13), 403, "past"),
        (forged, 403, "signature is wrong"),
    ],
)
def test_it_refuses_headers_out_of_order(
    service: PushService,
    phone: Phone,
    fields: Callable[[Phone], Fields],
    status: int,
    complaint: str,
) -> None:
    answer = requests.post(
        phone.endpoint, seal(message_to(phone)), headers=fields(phone), timeout=PATIENCE
    )
    assert answer.status_code == status
    assert complaint in service.complaints[0]
    assert phone.received == []


def test_it_refuses_what_the_device_could_not_read(service: PushService, phone: Phone) -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    sealed = http_ece.encrypt(
        b"hello", private_key=other, dh=other.public_key(), auth_secret=phone.secret
    )
    for body, status in [(sealed, 400), (b"plain", 400), (b"x" * 4097, 413)]:
        answer = requests.post(phone.endpoint, body, headers=in_order(phone), timeout=PATIENCE)
        assert answer.status_code == status
    assert len(service.complaints) == 3
