"""Voice notes in a folder: complete on the disk before any row speaks of them."""

import os
import re
import stat
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pwa.files import private

MOST_BYTES = 8 * 1024 * 1024
MOST_SECONDS = 180
_BLOCK = 64 * 1024
_OURS = re.compile(r"[0-9a-f]{32}(\.part)?")


class NotARecording(Exception):
    """The upload is no recording, or too large a one (`too_long`)."""

    def __init__(self, *, too_long: bool) -> None:
        super().__init__("too long" if too_long else "not a recording")
        self.too_long = too_long


@dataclass(frozen=True)
class Kept:
    """A note on the disk: its name there, what it is, and its size in bytes."""

    name: str
    content_type: str
    size: int


class VoiceNotes:
    """The folder that holds them."""

    def __init__(self, folder: Path, content_type: Callable[[Path], str | None]) -> None:
        """`content_type` says what a file is; None for anything that is no recording."""
        self.folder = folder
        self._content_type = content_type

    def keep(self, stream: IO[bytes]) -> Kept:
        """Store what `stream` holds; when this returns, it survives a power cut.

        Raises Refused for anything that is no recording, or is larger than MOST_BYTES.
        """
        private.folder(self.folder)
        name = uuid.uuid4().hex
        unfinished = self.folder / f"{name}.part"
        try:
            size = _write(unfinished, stream)
            content_type = self._content_type(unfinished)
            if content_type is None:
                raise NotARecording(too_long=False)
            unfinished.rename(self.folder / name)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _make_lasting(self.folder)
        return Kept(name, content_type, size)

    def path(self, name: str) -> Path:
        """Where a note lies."""
        return self.folder / name

    def remove(self, name: str) -> None:
        """Forget a note; one that is gone already does no harm."""
        self.path(name).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """The names of our files, unfinished ones too, that were written before `moment`.

        Whatever else lies in the folder is none of ours.
        """
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if _OURS.fullmatch(path.name) and _is_older(path, moment):
                yield path.name


def _is_older(path: Path, moment: datetime) -> bool:
    with suppress(FileNotFoundError):  # it got its name, or went, meanwhile
        status = path.lstat()
        written = datetime.fromtimestamp(status.st_mtime, UTC)
        return stat.S_ISREG(status.st_mode) and written < moment
    return False


def _write(path: Path, stream: IO[bytes]) -> int:
    size = 0
    with open(path, "xb", opener=private.opener) as out:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > MOST_BYTES:
                raise NotARecording(too_long=True)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return size


def _make_lasting(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
