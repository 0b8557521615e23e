"""A delimited list: its heading row, delimiter, columns and rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, NamedTuple

from pwa.intake.columns import Column, from_columns, from_headings, looks_like_headings
from pwa.intake.delimiter import announced_delimiter, find_delimiter
from pwa.intake.lines import first_lines, lines
from pwa.intake.messages import N_, Cell, Cells, EmptyList, Message
from pwa.intake.records import Record, records
from pwa.intake.text import clean

SAMPLE_ROWS = 5


class Entry(NamedTuple):
    """A row of the file: cells by field, and problems of the row as a whole."""

    number: int
    cells: Cells
    problems: list[Message]


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited list that can be read repeatedly; see `open_table`."""

    stream: BinaryIO
    encoding: str
    delimiter: str
    announced: bool  # a `sep=` line stands before the rows
    header: int  # number of the row with the headings, 0 without one
    columns: list[Column]
    sample: list[list[str]]

    def entries(self) -> Iterator[Entry]:
        """Every row with a value, from the first data row."""
        for number, record in self._numbered():
            yield self._entry(number, record)

    def originals(self) -> Iterator[tuple[int, list[str]]]:
        """The number and the original cells of the rows that `entries` yields."""
        for number, record in self._numbered():
            yield number, record.cells

    def _numbered(self) -> Iterator[tuple[int, Record]]:
        source = lines(self.stream, self.encoding)
        if self.announced:
            next(source)
        rows = records(source, self.delimiter, len(self.columns))
        for number, record in enumerate(rows, start=1):
            if number > self.header and not _is_blank(record):
                yield number, record

    def _entry(self, number: int, record: Record) -> Entry:
        cells: Cells = {}
        for column, text in zip(self.columns, record.cells, strict=False):
            if column.field and text:
                cells.setdefault(column.field, []).append(Cell(column.heading, text))
        problem = record.problem or self._ragged(record.cells)
        return Entry(number, cells, [problem] if problem else [])

    def _ragged(self, cells: list[str]) -> Message | None:
        count, expected = len(cells), len(self.columns)
        counts = {"found": count, "expected": expected}
        if count < expected:
            return Message(N_("This row has %(found)s cells, the list %(expected)s"), counts)
        if any(clean(cell) for cell in cells[expected:]):
            text = N_("This row has %(found)s cells, the list %(expected)s: the rest was left out")
            return Message(text, counts)
        return None


def open_table(
    stream: BinaryIO, encoding: str, columns: list[str] | None, mapping: dict[str, str] | None
) -> Table:
    """Detect delimiter and columns. Raises `EmptyList`, `ColumnsNeeded`, `WrongColumns`."""
    start = first_lines(stream, encoding)
    announced = announced_delimiter(start[0]) if start else None
    start = start[1:] if announced else start
    delimiter = announced or find_delimiter(start)
    number, rows = _first_rows(start, delimiter)
    if columns is not None:
        number = number if looks_like_headings(rows[0]) else 0
        read_columns = from_columns(columns, len(rows[0]))
    else:
        read_columns = from_headings(rows, mapping)
    sample = rows[1:] if number else rows[:SAMPLE_ROWS]
    if not sample:
        raise EmptyList(Message(N_("This list has headings but no rows. Export it again.")))
    return Table(stream, encoding, delimiter, announced is not None, number, read_columns, sample)


def _first_rows(start: list[str], delimiter: str) -> tuple[int, list[list[str]]]:
    """(number of the first row with a value, that row and the next five). Raises EmptyList."""
    numbered = enumerate(records(iter(start), delimiter, 0), start=1)
    filled = [(number, row.cells) for number, row in numbered if not _is_blank(row)]
    if not filled:
        raise EmptyList(Message(N_("This file is empty. Export the list again and choose that.")))
    return filled[0][0], [cells for _, cells in islice(filled, SAMPLE_ROWS + 1)]


def _is_blank(record: Record) -> bool:
    return record.problem is None and not any(clean(cell) for cell in record.cells)
