"""A real push service on this machine, and phones that take what it brings."""

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask

from pwa.files.voice_notes import VoiceNotes
from pwa.models import User, VoiceNote
from pwa.operations.accounts import push_devices
from pwa.operations.voice_notes import retention
from pwa.push import configured
from pwa.push.keys import application_server_key
from pwa.push.message import Subscription
from tests import factories
from tests.operations.listening import HOUR, spoken
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
        push_devices.subscribe(user, made, "Safari on iPhone", factories.NOW, LOCAL)
        return phone

    return subscribed


@pytest.fixture
def folder(db) -> VoiceNotes:
    return retention.store()


@pytest.fixture
def note(db, folder: VoiceNotes) -> VoiceNote:
    """A spoken note that waits to be written out."""
    client = factories.client(factories.user())
    contact = factories.contact(client)
    talk = factories.interaction(client, contact_id=contact.id, at=factories.NOW - HOUR)
    folder.folder.mkdir(parents=True, exist_ok=True)
    folder.path("a-note").write_bytes(b"sound")
    return factories.save(spoken(talk, "a-note"))
