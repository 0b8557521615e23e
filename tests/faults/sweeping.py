"""Workers that are killed at a chosen step of a sweep.

    with Worker(database_url, folder, vapid_private_key) as worker:
        worker.sweep(at, kill=Kill("settle", before=True))  # killed there by SIGKILL
        worker.sweep(at + lease)                            # the next process, which is not

A worker forks for each sweep, from a process without threads: what a fork leaves half done would
look like a fault of ours.
"""

import importlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config import Testing

STEPS = ("plan", "expand", "claim", "prepare", "settle", "settlement")


@dataclass(frozen=True)
class Kill:
    """Where to kill: before or after the call number `turn` of a step, or of "commit"."""

    step: str
    before: bool
    turn: int = 1


class Worker:
    """One machine's worker, whose sweeps may be killed."""

    def __init__(self, database_url: str, folder: Path, vapid_private_key: str) -> None:
        folder.mkdir(exist_ok=True)
        context = multiprocessing.get_context("forkserver")
        self._pipe, theirs = context.Pipe()
        arguments = (theirs, database_url, str(folder), vapid_private_key)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._pipe.send(None)
        self._process.join()

    def begin(self, at: datetime, kill: Kill | None = None) -> None:
        """Start a sweep at that moment."""
        self._pipe.send((at, kill))

    def end(self) -> bool:
        """Wait for the end of the sweep; whether it was killed. Any other end is an error."""
        status = self._pipe.recv()
        if status == 0:
            return False
        assert os.WIFSIGNALED(status), f"a worker ended with {status}"
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True

    def sweep(self, at: datetime, kill: Kill | None = None) -> bool:
        """One sweep; whether it was killed."""
        self.begin(at, kill)
        return self.end()


def _serve(pipe: Connection, database_url: str, folder: str, vapid_private_key: str) -> None:
    from pwa import create_app

    app = create_app(
        replace(
            Testing,
            instance_path=Path(folder),
            database_url=database_url,
            queue_url=str(Path(folder) / "queue.db"),
            voice_notes_url=str(Path(folder) / "voice-notes"),
            vapid_private_key=vapid_private_key,
            push_allowed_hosts=frozenset({"127.0.0.1"}),
        )
    )
    _warm(app)
    while order := pipe.recv():
        pid = os.fork()
        if pid == 0:
            _sweep(app, *order)
        _, status = os.waitpid(pid, 0)
        pipe.send(status)


def _warm(app: Any) -> None:
    """Load once, before any fork, what the first sweep would load; no connection is kept."""
    importlib.import_module("pwa.push.sender")
    importlib.import_module("pywebpush")
    with app.app_context():
        importlib.import_module("pwa.operations.notices").sweep(datetime(2026, 11, 21, tzinfo=UTC))
    app.extensions["engine"].dispose()


def _sweep(app: Any, at: datetime, kill: Kill | None) -> None:
    sweeping = importlib.import_module("pwa.operations.notices.sweep")
    try:
        if kill:
            _arrange(sweeping, kill)
        with app.app_context():
            sweeping.sweep(at)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _arrange(sweeping: Any, kill: Kill) -> None:
    if kill.step == "commit":
        from sqlalchemy.orm import Session

        Session.commit = _killing(Session.commit, kill)  # type: ignore[method-assign]  # is what it is for
    else:
        setattr(sweeping, kill.step, _killing(getattr(sweeping, kill.step), kill))


def _killing(function: Callable[..., Any], kill: Kill) -> Callable[..., Any]:
    turns = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal turns
        turns += 1
        is_it = turns == kill.turn
        if is_it and kill.before:
            os.kill(os.getpid(), signal.SIGKILL)
        value = function(*args, **kwargs)
        if is_it:
            os.kill(os.getpid(), signal.SIGKILL)
        return value

    return call
