"""A real push service on this machine, and phones that take what it brings."""

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask

from pwa.models import User
from pwa.operations import devices
from pwa.push import configured
from pwa.push.keys import application_server_key
from pwa.push.message import Subscription
from tests import factories
from tests.push.endpoint import Phone, PushService

LOCAL = frozenset({"127.0.0.1"})


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def ring(app: Flask, monkeypatch: pytest.MonkeyPatch, service: PushService):
    """Gives a person a phone that takes notifications."""
    config = dataclasses.replace(app.config["ROUNDS"], push_allowed_hosts=LOCAL)
    monkeypatch.setitem(app.config, "ROUNDS", config)
    configured.make_key(config)
    key = application_server_key(configured.private_key(config))

    def subscribed(user: User) -> Phone:
        phone = service.subscribe(key)
        made = Subscription(phone.endpoint, phone.p256dh, phone.auth)
        devices.subscribe(user, made, "Safari on iPhone", factories.NOW, LOCAL)
        return phone

    return subscribed
