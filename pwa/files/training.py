"""Rejected suggestions as training cases: one line of JSON each, on this server only."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pwa.files import private

CASES = "not-so.jsonl"

Case = dict[str, Any]


def read(file: Path) -> list[Case]:
    """All of them, the oldest first."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rewrite(file: Path, standing: Callable[[list[Case]], list[Case]], *new: Case) -> int:
    """Keep those that are `standing` of the cases, and `new` ones; how many went.

    It is asked while nobody else writes. When this returns it survives a power cut.
    """
    private.folder(file.parent)
    with _alone(file.parent) as folder:
        before = read(file)
        kept = standing(before) if before else []
        gone = len(before) - len(kept)
        if gone or new:
            _write(file, [*kept, *new])
            os.fsync(folder)
        return gone


def _write(file: Path, cases: list[Case]) -> None:
    unfinished = file.with_suffix(".part")
    with open(unfinished, "w", encoding="utf-8", opener=private.opener) as out:
        for case in cases:
            out.write(json.dumps(case, ensure_ascii=False, default=str) + "\n")
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(file)


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Wait for the turn. The system takes the lock back from whoever dies with it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
