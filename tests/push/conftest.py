"""A push service of our own, and a sender that may reach it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from pwa.push import keys
from pwa.push.message import Message, Subscription
from pwa.push.sender import Sender
from tests.patience import PATIENCE
from tests.push.endpoint import Phone, PushService

KEY = keys.generate()
SERVER_KEY = keys.application_server_key(KEY)
CONTACT = "ops@example.com"


def true_time() -> datetime:
    return datetime.now(UTC)


def message_to(phone: Phone, text: str = "hello", ttl: int = 3600, **more: object) -> Message:
    subscription = Subscription(phone.endpoint, phone.p256dh, phone.auth)
    return Message(subscription, text.encode(), ttl, **more)  # type: ignore[arg-type]  # any field


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def phone(service: PushService) -> Phone:
    return service.subscribe(SERVER_KEY)


@pytest.fixture
def sender() -> Sender:
    return Sender(KEY, CONTACT, true_time, allowed_hosts={"127.0.0.1"}, timeout=PATIENCE)
