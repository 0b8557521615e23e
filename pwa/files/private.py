"""Folders and files that nobody else on the machine may read, whatever the umask is."""

import os
from pathlib import Path


def folder(path: Path) -> None:
    """Make it, for this user only; one that is there already stays as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def opener(path: str, flags: int) -> int:
    """For `open`: a file that it makes is for this user only."""
    return os.open(path, flags, 0o600)
