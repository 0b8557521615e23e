"""A database that is really committed to, and servers beside it that may be killed."""

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pwa import clock
from pwa.db import session, writing
from pwa.migrate import upgrade
from pwa.models import Client, User
from pwa.operations.accounts import sessions
from tests import factories
from tests.faults.serving import Server, make_app, serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def own_database(database_url: str, tmp_path: Path) -> Iterator[str]:
    """A database for one test alone, of the kind that is tested on."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'rounds.db'}"
        return
    engine = sa.create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as server:
        server.exec_driver_sql("DROP DATABASE IF EXISTS faults WITH (FORCE)")
        server.exec_driver_sql("CREATE DATABASE faults")
    own = sa.make_url(database_url).set(database="faults")
    yield own.render_as_string(hide_password=False)
    with engine.connect() as server:
        server.exec_driver_sql("DROP DATABASE faults WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def app(own_database: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(own_database, tmp_path)
    engine = app.extensions["engine"]
    upgrade(engine)
    with app.app_context():
        yield app
    engine.dispose()


@pytest.fixture
def manager(app: Flask) -> User:
    factories.reset()
    return factories.user()


@pytest.fixture
def client(manager: User) -> Client:
    made = factories.client(manager)
    factories.contact(made)
    session.commit()
    return made


@pytest.fixture
def start(
    app: Flask, own_database: str, tmp_path: Path, manager: User
) -> Iterator[Callable[..., Server]]:
    """Start one more server on the same data, by this address of it or another; all are killed at
    the end."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.warm"])
    running = []

    def started(url: str = own_database) -> Server:
        mine, theirs = context.Pipe()
        process = context.Process(target=serve, args=(url, tmp_path, theirs), daemon=True)
        process.start()
        running.append(process)
        return Server(process, mine.recv(), cookie(app, manager))

    yield started
    for process in running:
        process.kill()
        process.join()


def cookie(app: Flask, user: User) -> str:
    """What the browser of someone who is signed in sends."""
    with writing():
        token = sessions.start_session(session.merge(user), "a test", clock.now())
    signed_in = {"_user_id": token, "_fresh": True}
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # the default one
    return str(signer.dumps(signed_in))
