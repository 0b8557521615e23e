"""Detects the delimiter by how evenly each candidate divides the first rows."""

import csv
import re

from pwa.intake.headings import recognise

CANDIDATES = ",;\t|"
_ANNOUNCED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


def announced_delimiter(line: str) -> str | None:
    """The delimiter that Excel's `sep=;` line names, if this is one."""
    match = _ANNOUNCED.fullmatch(line)
    return match[1] if match else "\t" if line.strip(" \r\n").lower() == "sep=\t" else None


def find_delimiter(sample: list[str]) -> str:
    """The candidate under which most rows have as many columns as the first one.

    Quoted delimiters do not count. When two divide alike (decimal commas between semicolons),
    the one whose first row holds more known headings wins, then the one with more columns.
    """
    return max(CANDIDATES, key=lambda delimiter: _score(sample, delimiter))


def _score(sample: list[str], delimiter: str) -> tuple[float, int, int]:
    try:
        rows = [
            row for row in csv.reader(sample, delimiter=delimiter, skipinitialspace=True) if row
        ]
    except csv.Error:
        rows = []
    width = len(rows[0]) if rows else 0
    if width < 2:
        return 0, 0, 0
    even = sum(len(row) == width for row in rows) / len(rows)
    return round(even, 1), sum(recognise(cell) is not None for cell in rows[0]), width
