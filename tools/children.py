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
        self._commands: dict[str, list[str]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start one. A session of its own keeps the terminal's Ctrl-C for us to pass on."""
        self._commands[name] = command
        self._running[name] = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, start_new_session=True
        )

    def restart(self, name: str, seconds: float) -> None:
        """Stop one as `stop` does, and start its command again."""
        self._end([self._running[name]], seconds)
        self.start(name, self._commands[name])

    def dead(self) -> str | None:
        """The name of one that has ended, None while all run."""
        return next((name for name in self._running if self.ended(name)), None)

    def ended(self, name: str) -> bool:
        """Whether the process of that name has ended by itself."""
        return self._running[name].poll() is not None

    def stop(self, seconds: float) -> None:
        """Ask all to end, wait up to `seconds`, then end whatever is left of their groups."""
        self._end(list(self._running.values()), seconds)
        self._running.clear()

    def _end(self, processes: list[subprocess.Popen[bytes]], seconds: float) -> None:
        for process in processes:
            process.terminate()
        until = time.monotonic() + seconds
        while _any_alive(processes) and time.monotonic() < until and not self._urgent():
            time.sleep(0.05)
        for process in processes:
            # What a process started may outlive it: the group goes, not only its leader.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _any_alive(processes: list[subprocess.Popen[bytes]]) -> bool:
    return any(process.poll() is None for process in processes)
