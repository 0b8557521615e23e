"""The problems of an import run: an append-only file of JSON lines."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pwa.intake import Message, Problem


class ResultLog:
    """The problems of a run in the order of its rows.

    The committed size is stored with the run; after a crash the file is truncated to it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def truncate(self, size: int) -> None:
        """Cut the file to `size` bytes; creates it if it is missing."""
        self._path.touch()
        with self._path.open("r+b") as out:
            out.truncate(size)

    def add(self, problems: Sequence[Problem]) -> int:
        """Append problems. Returns the size of the file in bytes."""
        with self._path.open("ab") as out:
            for problem in problems:
                out.write(json.dumps(self.to_json(problem)).encode() + b"\n")
            return out.tell()

    def all(self) -> Iterator[Problem]:
        """Every problem, from the first."""
        with self._path.open("rb") as lines:
            for line in lines:
                yield self.from_json(json.loads(line))

    def delete(self) -> None:
        """Delete the file."""
        self._path.unlink(missing_ok=True)

    @staticmethod
    def to_json(problem: Problem) -> list[Any]:
        """A problem as a JSON list: row, column, text, params of the text."""
        message = problem.problem
        return [problem.row, problem.column, message.text, dict(message.params)]

    @staticmethod
    def from_json(values: list[Any]) -> Problem:
        """The problem of a list that `to_json` returned."""
        row, column, text, params = values
        return Problem(row, column, Message(text, params))
