"""The worker as a process of its own, and the queue that requests may put work into."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from config import Config, ConfigError, Testing
from pwa import create_app, jobs
from pwa.db import session
from pwa.migrate import upgrade
from pwa.models import Heartbeat, SignInTry
from pwa.push import configured
from tests.patience import PATIENCE, until

ROOT = Path(__file__).parent.parent


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    """An application with a database and a queue of its own."""
    config = replace(
        Testing,
        instance_path=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'rounds.db'}",
    )
    app = create_app(config)
    upgrade(app.extensions["engine"])
    configured.make_key(config)
    yield app
    app.extensions["engine"].dispose()


def last_sweep(app: Flask) -> object:
    with app.app_context():
        return session.get(Heartbeat, "sweep")


def start_worker(instance: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "flask", "--app", "pwa", "worker"]
    environment = {**os.environ, "INSTANCE_PATH": str(instance)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_sweeps_at_once_and_stops_when_asked(own_app, tmp_path, number):
    with start_worker(tmp_path) as worker:
        until(lambda: last_sweep(own_app) is not None)
        worker.send_signal(number)
        _, said = worker.communicate(timeout=PATIENCE)
    assert last_sweep(own_app) is not None
    assert (worker.returncode, said) == (0, b"")


def test_starting_the_application_opens_no_queue(own_app, tmp_path):
    assert not (tmp_path / "queue.db").exists()


def test_a_request_may_ask_for_a_job(own_app, tmp_path):
    def tries() -> list[str]:
        with own_app.app_context():
            return list(session.scalars(sa.select(SignInTry.key)))

    with own_app.app_context():
        session.add(
            SignInTry(key="long ago", tries=1, window_from=datetime(2020, 1, 1, tzinfo=UTC))
        )
        session.commit()
    own_app.extensions["enqueue"]("clean_up")
    queue = jobs.queue(own_app)
    assert tries() == ["long ago"]
    queue.execute(queue.dequeue())
    assert tries() == []


def test_many_may_ask_first_at_the_same_moment(own_app, monkeypatch):
    register = jobs.queue(own_app).__class__.periodic_task

    def slowly(*args, **kwargs):
        time.sleep(0.01)  # long enough for all to be on their way
        return register(*args, **kwargs)

    monkeypatch.setattr(jobs.queue(own_app).__class__, "periodic_task", slowly)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(jobs.tasks, [own_app] * 8))
    assert all(one is made[0] for one in made)


def test_a_queue_that_cannot_be_asked_makes_nobody_wait(own_app, tmp_path, caplog):
    (tmp_path / "queue.db").mkdir()
    own_app.extensions["enqueue"]("clean_up")
    assert "it runs by the clock" in caplog.text


def test_the_queue_keeps_the_journal_without_the_fault(own_app, tmp_path):
    own_app.extensions["enqueue"]("clean_up")
    with sqlite3.connect(tmp_path / "queue.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_a_queue_nobody_knows_is_refused_at_the_start():
    with pytest.raises(ConfigError, match="QUEUE_URL"):
        Config.from_environment({"QUEUE_URL": "redis://127.0.0.1"})
