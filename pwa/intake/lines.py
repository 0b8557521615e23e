"""Lines of a stream, decoded as they are needed."""

import io
from collections.abc import Generator
from typing import BinaryIO

from pwa.intake.encoding import ODD_BYTES

LONGEST_LINE = 1 << 20


def lines(stream: BinaryIO, encoding: str) -> Generator[str, None, None]:
    """Every line from the start, its ending (LF, CRLF or a bare CR) kept.

    Only one line is held at a time; one over a million characters loses its tail, so that a
    file without line ends cannot fill the memory.
    """
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, errors=ODD_BYTES, newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            yield line
            while line and len(line) >= LONGEST_LINE and not line.endswith(("\r", "\n")):
                line = text.readline(LONGEST_LINE)
    finally:
        text.detach()


def first_lines(stream: BinaryIO, encoding: str, characters: int = 65536) -> list[str]:
    """The lines at the start, at least one, together about so many characters."""
    kept, length = [], 0
    source = lines(stream, encoding)
    for line in source:
        kept.append(line)
        length += len(line)
        if length > characters:
            break
    source.close()
    return kept
