"""A Rounds to look at: the demo book on one fixed Friday morning, served from this process."""

from __future__ import annotations

import logging
import math
import secrets
import struct
import sys
import tempfile
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from flask import Flask
from werkzeug.serving import make_server

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import Config
from pwa import clock, create_app
from pwa.db import session, writing
from pwa.demo import PASSWORD
from pwa.migrate import upgrade
from pwa.models import Role, User
from pwa.operations.accounts import passwords, users
from pwa.operations.maintenance import demo_data
from pwa.push import configured

MORNING = datetime(2026, 11, 20, 8, 40, tzinfo=UTC)  # 9:40 in Oslo
NEWCOMER = "lars@rounds.example"
RATE = 48_000


@dataclass(frozen=True)
class Stage:
    """`url` answers, `app` is what answers there."""

    app: Flask
    url: str
    travel: time_machine.Traveller

    def begin(self) -> None:
        """It is the fixed moment again."""
        self.travel.move_to(MORNING)

    def cookie(self, email: str) -> str:
        """The session cookie of a person who has just signed in."""
        client = self.app.test_client()
        client.post("/sign-in", data={"email": email, "password": PASSWORD})
        found = client.get_cookie("rounds")
        if found is None:
            raise LookupError(f"{email} could not sign in.")
        return found.value

    def client(self, name: str) -> int:
        """The number of the client of that name."""
        from pwa.models import Client

        with self.app.app_context():
            return session.query(Client.id).filter_by(name=name).one()[0]

    def run_imports(self) -> None:
        """Does at once the jobs that the worker does within a minute."""
        from pwa.operations.imports import runs

        with self.app.app_context():
            runs.run_waiting(clock.now)


@contextmanager
def served() -> Iterator[Stage]:
    """Serve it, on data that go away with it; the clock goes on from the fixed moment."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with (
        tempfile.TemporaryDirectory() as folder,
        time_machine.travel(MORNING, tick=True) as travel,
    ):
        app = _app(Path(folder))
        _fill(app)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Stage(app, f"http://127.0.0.1:{server.server_port}", travel)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            app.extensions["engine"].dispose()


def _app(folder: Path) -> Flask:
    config = Config(
        instance_path=folder,
        base_url="http://127.0.0.1",
        database_url=f"sqlite:///{folder / 'rounds.db'}",
        secret_key=secrets.token_hex(),
        voice_notes_url=str(folder / "voice-notes"),
        queue_url=str(folder / "queue.db"),
    )
    return create_app(config)


def _fill(app: Flask) -> None:
    """The demo book, and a manager who has no clients yet."""
    configured.make_key(app.config["ROUNDS"])
    with app.app_context():
        upgrade(app.extensions["engine"])
        now = clock.now()
        with writing():
            demo_data.load(now, "NO")
            home = session.query(User).filter_by(email="charlie@rounds.example").one().team
            new = users.create_user(NEWCOMER, "Lars Berg", Role.MANAGER, home, "Europe/Oslo", now)
            passwords.set_password(new, passwords.hash_password(PASSWORD), now)


def microphone(path: Path) -> Path:
    """Write what the microphone hears: half a minute of a voice that rises and falls."""
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        frames = bytearray()
        for at in range(30 * RATE):
            loud = 6_000 * abs(math.sin(at / 9_000)) * (1 + math.sin(at / 31_000))
            frames += struct.pack("<h", int(loud * math.sin(at * 0.03)))
        out.writeframes(bytes(frames))
    return path
