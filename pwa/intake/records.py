"""Streams the rows of a delimited list; recovers from stray quotation marks."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from pwa.intake.messages import N_, Message

# The library's own limit (131,072 characters) would stop at a long note.
csv.field_size_limit(1 << 20)


class Record(NamedTuple):
    """The original cells of a row; `problem` if its quoting had to be repaired."""

    cells: list[str]
    problem: Message | None = None


class _LineBuffer:
    """Iterates over lines; lines that were taken can be put back."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._source)
        self.taken.append(line)
        return line

    def start(self) -> None:
        """Begin a new row: lines taken so far are consumed."""
        self.taken = []

    def put_back(self, lines: list[str]) -> None:
        """Yield these lines again before any other."""
        self._waiting.extendleft(reversed(lines))
        self.taken = []


def records(source: Iterator[str], delimiter: str, width: int) -> Iterator[Record]:
    """Every row of the lines, empty ones included; a quoted line break stays inside its row.

    `width` is the number of columns expected. A row that breaks the quoting rules and runs into
    a line that is a whole row by itself has a stray quotation mark: it ends at its own line, so
    one slip never swallows the rows after it.
    """
    buffer = _LineBuffer(source)
    while True:
        buffer.start()
        try:
            cells = _read(buffer, delimiter, strict=True)
        except csv.Error:
            yield _repair(buffer, delimiter, width)
            continue
        if cells is None:
            return
        yield Record(cells)


def _read(lines: Iterator[str], delimiter: str, *, strict: bool) -> list[str] | None:
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)
    return next(reader, None)


def _repair(buffer: _LineBuffer, delimiter: str, width: int) -> Record:
    first, rest = buffer.taken[0], buffer.taken[1:]
    if rest and _is_row(rest[0], delimiter, width):
        buffer.put_back(rest)
        cells = first.rstrip("\r\n").split(delimiter)
        return Record(
            [cell.strip().strip('"') for cell in cells],
            Message(N_("A quotation mark is opened here and never closed")),
        )
    buffer.put_back([first, *rest])
    try:
        return Record(_read(buffer, delimiter, strict=False) or [])
    except csv.Error:
        return Record([], Message(N_("This row is too long to read")))


def _is_row(line: str, delimiter: str, width: int) -> bool:
    try:
        return len(_read(iter([line]), delimiter, strict=False) or []) == width
    except csv.Error:
        return False
