"""Rows with problems as a CSV file: their original cells and their problems."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import groupby
from operator import attrgetter

from pwa.intake import Problem
from pwa.models import ImportRun
from pwa.operations.imports.runs import opened_list, result_log_of

MARK = "\ufeff"  # tells a spreadsheet that this is UTF-8


def failed_rows(run: ImportRun, gettext: Callable[[str], str]) -> Iterator[str]:
    """Yields CSV lines: the columns of the list, then the row's number and its problems."""
    with opened_list(run) as clients, closing(clients.originals()) as originals:
        headings = [column.heading for column in clients.columns]
        yield MARK + _line([*headings, gettext("Row"), gettext("Problem")])
        for number, problems in groupby(result_log_of(run).all(), key=attrgetter("row")):
            messages = [_message(problem, gettext) for problem in problems]
            cells = next((cells for row, cells in originals if row == number), [])
            filled = cells[: len(headings)] + [""] * (len(headings) - len(cells))
            yield _line([*filled, str(number), "; ".join(messages)])


def _message(problem: Problem, gettext: Callable[[str], str]) -> str:
    text = problem.problem.render(gettext)
    return f"{problem.column}: {text}" if problem.column else text


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
