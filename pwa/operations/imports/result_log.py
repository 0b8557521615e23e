"""What was said about the rows of a run: a file of JSON lines that only ever grows at its end."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pwa.intake import Message, Problem


class ResultLog:
    """The problems of one run, row by row. Its size is kept with what was committed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, size: int) -> None:
        """Cut off what was written after the last commit."""
        self._path.touch()
        with self._path.open("r+b") as out:
            out.truncate(size)

    def add(self, problems: Sequence[Problem]) -> int:
        """Write these at the end. Returns the size of the file in bytes."""
        with self._path.open("ab") as out:
            for each in problems:
                out.write(json.dumps(self.plain(each)).encode() + b"\n")
            return out.tell()

    def all(self) -> Iterator[Problem]:
        """Every problem, from the first."""
        with self._path.open("rb") as lines:
            for line in lines:
                yield self.restored(json.loads(line))

    def forget(self) -> None:
        """Delete the file."""
        self._path.unlink(missing_ok=True)

    @staticmethod
    def plain(problem: Problem) -> list[Any]:
        """A problem as JSON: row, column, text, what goes into the text."""
        message = problem.problem
        return [problem.row, problem.column, message.text, dict(message.params)]

    @staticmethod
    def restored(plain: list[Any]) -> Problem:
        """The problem that `plain` wrote."""
        row, column, text, params = plain
        return Problem(row, column, Message(text, params))
