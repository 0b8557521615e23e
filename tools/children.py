"""Processes that belong together: each in a group of its own, all stopped, none left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Children:
    """Start processes by name, see which one died, stop them all.

    `urgent()` is asked while stopping; when it says yes, nobody is waited for any longer.
    """

    def __init__(self, environment: dict[str, str], urgent: Callable[[], bool]) -> None:
        self._environment = environment
        self._urgent = urgent
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start one. A session of its own keeps the terminal's Ctrl-C for us to pass on."""
        self._running[name] = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, start_new_session=True
        )

    def dead(self) -> str | None:
        """The name of one that has ended, None while all run."""
        ended = (name for name, process in self._running.items() if process.poll() is not None)
        return next(ended, None)

    def stop(self, seconds: float) -> None:
        """Ask all to end, wait up to `seconds`, then end whatever is left of their groups."""
        for process in self._running.values():
            process.terminate()
        until = time.monotonic() + seconds
        while self._any_alive() and time.monotonic() < until and not self._urgent():
            time.sleep(0.05)
        for process in self._running.values():
            # What a process started may outlive it: the group goes, not only its leader.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()

    def _any_alive(self) -> bool:
        return any(process.poll() is None for process in self._running.values())
