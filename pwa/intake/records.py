"""Rows of a delimited list, one at a time, surviving stray quotation marks."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from pwa.intake.messages import N_, Message

# The library's own limit (131,072 characters) would stop at a long note.
csv.field_size_limit(1 << 20)


class Record(NamedTuple):
    """One row as it stood; `problem` when it could not be read to the letter."""

    cells: list[str]
    problem: Message | None = None


class _Feed:
    """Lines that can be given back."""

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
        """What was taken is used up."""
        self.taken = []

    def give_back(self, lines: list[str]) -> None:
        """Take these lines again, first, for the next row."""
        self._waiting.extendleft(reversed(lines))
        self.taken = []


def records(source: Iterator[str], delimiter: str, width: int) -> Iterator[Record]:
    """Every row of the lines, empty ones included; a quoted line break stays inside its row.

    `width` is the number of columns expected. A row that breaks the quoting rules and runs into
    a line that is a whole row by itself has a stray quotation mark: it ends at its own line, so
    one slip never swallows the rows after it.
    """
    feed = _Feed(source)
    while True:
        feed.start()
        try:
            cells = _read(feed, delimiter, strict=True)
        except csv.Error:
            yield _mend(feed, delimiter, width)
            continue
        if cells is None:
            return
        yield Record(cells)


def _read(lines: Iterator[str], delimiter: str, *, strict: bool) -> list[str] | None:
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)
    return next(reader, None)


def _mend(feed: _Feed, delimiter: str, width: int) -> Record:
    first, rest = feed.taken[0], feed.taken[1:]
    if rest and _is_row(rest[0], delimiter, width):
        feed.give_back(rest)
        cells = first.rstrip("\r\n").split(delimiter)
        return Record(
            [cell.strip().strip('"') for cell in cells],
            Message(N_("A quotation mark is opened here and never closed")),
        )
    feed.give_back([first, *rest])
    try:
        return Record(_read(feed, delimiter, strict=False) or [])
    except csv.Error:
        return Record([], Message(N_("This row is too long to read")))


def _is_row(line: str, delimiter: str, width: int) -> bool:
    try:
        return len(_read(iter([line]), delimiter, strict=False) or []) == width
    except csv.Error:
        return False
