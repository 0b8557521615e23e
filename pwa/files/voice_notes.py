"""Voice notes in a folder: complete on the disk before any row speaks of them."""

import os
import re
import stat
import uuid
from collections.abc import Iterator
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


class Refused(Exception):
    """What was sent is not a voice note that we keep. `too_long` says which of the two it is."""

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

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, stream: IO[bytes]) -> Kept:
        """Store what `stream` holds; when this returns, it survives a power cut.

        Raises Refused for anything that does not begin like a recording, or is larger than
        MOST_BYTES.
        """
        first = stream.read(_BLOCK)
        content_type = what_it_is(first)
        if content_type is None:
            raise Refused(too_long=False)
        private.folder(self.folder)
        name = uuid.uuid4().hex
        unfinished = self.folder / f"{name}.part"
        try:
            size = _write(unfinished, first, stream)
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


def what_it_is(first: bytes) -> str | None:
    """The content type by the first bytes: WebM, Ogg or MP4; None for anything else."""
    if first.startswith(b"\x1aE\xdf\xa3") and b"webm" in first[:64]:
        return "audio/webm"
    if first.startswith(b"OggS"):
        return "audio/ogg"
    if first[4:8] == b"ftyp":
        return "audio/mp4"
    return None


def _is_older(path: Path, moment: datetime) -> bool:
    with suppress(FileNotFoundError):  # it got its name, or went, meanwhile
        found = path.lstat()
        written = datetime.fromtimestamp(found.st_mtime, UTC)
        return stat.S_ISREG(found.st_mode) and written < moment
    return False


def _write(path: Path, first: bytes, rest: IO[bytes]) -> int:
    size, block = 0, first
    with open(path, "xb", opener=private.opener) as out:
        while block:
            size += len(block)
            if size > MOST_BYTES:
                raise Refused(too_long=True)
            out.write(block)
            block = rest.read(_BLOCK)
        out.flush()
        os.fsync(out.fileno())
    return size


def _make_lasting(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
