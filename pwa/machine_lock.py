"""Locks of this machine: one process at a time hears a note, or sends what is due."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(tempfile.gettempdir())


@contextlib.contextmanager
def acquire(name: str, *, wait: bool, folder: Path | None = None) -> Iterator[bool]:
    """Whether it is our turn, kept until the end; False only for who would not `wait`.

    The lock is a file in `folder`, by default one for this user of the machine.

    The system takes it back from whoever dies with it.
    """
    path = (folder or FOLDER) / f"rounds-{name}-{os.getuid()}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield _locked(descriptor, wait)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, wait: bool) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
