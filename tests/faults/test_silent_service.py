"""A push service that takes every push and never answers: nothing else waits for it."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import Testing
from pwa import clock, create_app
from pwa.db import session
from pwa.migrate import upgrade
from pwa.models import Device, ImportRun, ImportState, Notice, Role, User, VoiceNote
from pwa.operations.voice_notes import retention
from pwa.push import configured
from pwa.push.keys import application_server_key
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.operations.listening import spoken
from tests.patience import PATIENCE, until
from tests.push.endpoint import Answer, Phone, PushService

ROOT = Path(__file__).parents[2]
PEOPLE, DEVICES = 50, 10
LIST = b"company,full_name,phone\nHalden Freight,Dana Whitfield,+47 22 12 34 56\n"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """As the worker finds it by INSTANCE_PATH."""
    values: dict[str, Any] = {
        "database_url": f"sqlite:///{tmp_path / 'rounds.db'}",
        "voice_notes_url": str(tmp_path / "voice-notes"),
        "secret_key": "for tests",
    }
    app = create_app(replace(Testing, instance_path=tmp_path, **values))
    upgrade(app.extensions["engine"])
    configured.make_key(app.config["ROUNDS"])
    with app.app_context():
        factories.reset()
        yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def services() -> Iterator[tuple[PushService, PushService]]:
    with PushService() as silent, PushService() as well:
        yield silent, well


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "flask", "--app", "pwa", "worker"]
    environment = {
        **os.environ,
        "INSTANCE_PATH": str(tmp_path),
        "PUSH_ALLOWED_HOSTS": "127.0.0.1",
        "SPEECH_ENGINE": "none",
    }
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        yield process
        process.send_signal(signal.SIGKILL)


def person(team, service: PushService, key: str, devices: int) -> list[Phone]:
    """Somebody with a notice that is due now, and their phones."""
    user: User = factories.user(team_=team, muted_kinds="digest,evening")
    user.quiet_from = user.quiet_to = time(0)
    client = factories.client(user, f"Client of {user.email}")
    factories.contact(client)
    now = clock.now()
    times = {"due_at": now, "next_try_at": now, "expires_at": now + timedelta(hours=1)}
    about = {"user_id": user.id, "kind": NoticeKind.UNLOGGED, "subject": "a-call"}
    session.add(Notice(**about, client_id=client.id, **times))
    phones = [service.subscribe(key) for _ in range(devices)]
    for phone in phones:
        keys = {"p256dh": phone.p256dh, "auth": phone.auth}
        session.add(
            Device(user_id=user.id, endpoint=phone.endpoint, name="A", created_at=now, **keys)
        )
    return phones


def ask_for_an_import(app: Flask, owner: User) -> None:
    admin = factories.user(Role.ADMINISTRATOR, owner.team)
    session.commit()
    browser = app.test_client()
    browser.post("/sign-in", data={"email": admin.email, "password": factories.PASSWORD})
    data = {"list": (io.BytesIO(LIST), "list.csv"), "key": "choose-list-1"}
    address = browser.post("/admin/imports", data=data).headers["Location"]
    fields = {"field-1": "company", "field-2": "full_name", "field-3": "phone"}
    where = {"where": "NO|Europe/Oslo", "owner": owner.id}
    assert browser.post(f"{address}/mapping", data={**fields, **where}).status_code == 303


def ask_for_a_transcription(owner: User) -> int:
    client = factories.client(owner, "Nordfjord Timber")
    contact = factories.contact(client)
    talk = factories.interaction(client, contact_id=contact.id, at=clock.now())
    notes = retention.store()
    notes.folder.mkdir(parents=True, exist_ok=True)
    notes.path("a-note").write_bytes(b"no sound at all")
    return factories.save(spoken(talk, "a-note", clock.now())).id


def test_an_import_a_note_and_other_services_do_not_wait_for_it(app, services, worker):
    silent, well = services
    key = application_server_key(configured.private_key(app.config["ROUNDS"]))
    team = factories.team(region="NO")
    for _ in range(PEOPLE):
        for phone in person(team, silent, key, DEVICES):
            phone.answer = Answer(hang=True)
    session.commit()
    until(lambda: silent.connections >= 50)  # the worker is at it, and has no answer
    (phone,) = person(team, well, key, 1)
    owner = factories.user(team_=team)
    note_id = ask_for_a_transcription(owner)
    ask_for_an_import(app, owner)
    app.extensions["enqueue"]("hear_notes")

    def has_begun() -> bool:
        session.rollback()
        session.expire_all()
        note, run = session.get_one(VoiceNote, note_id), session.query(ImportRun).one()
        return bool(note.trouble) and run.state is not ImportState.WAITING and bool(phone.received)

    until(has_begun)
    assert all(not phone_there.received for phone_there in silent.phones.values())
    assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)
    silent.closing.set()
    worker.wait(PATIENCE)
