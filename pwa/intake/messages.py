"""Messages of intake for users; they are translated above this layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


def N_(text: str) -> str:  # noqa: N802 - the name under which Babel collects texts
    """Mark a text for translation without translating it here."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """An English text with placeholders (`%(value)s`) and their values."""

    text: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def render(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of `gettext`, filled in."""
        text = gettext(self.text)
        return text % self.params if self.params else text

    def __str__(self) -> str:
        return self.render(str)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a row; `column` is the heading in the file, empty for the whole row."""

    row: int
    column: str
    problem: Message


class Cell(NamedTuple):
    """An original value of the file with its heading; `kind` is what a card says of it besides."""

    heading: str
    text: str
    kind: str = ""


Cells = dict[str, list[Cell]]


class IntakeError(Exception):
    """The list as a whole cannot be read; `message` says what to do about it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class EmptyList(IntakeError):
    """The list has no rows."""


class NotAList(IntakeError):
    """A workbook, a picture, a PDF or other bytes that are not a list."""


class WrongColumns(IntakeError):
    """The mapping, the columns or the region that a person gave do not fit."""


class ColumnsNeeded(IntakeError):
    """The fields of the columns are unknown: ask, then open again with `columns`.

    `rows` are the first raw rows; `has_header` says whether the first of them looks like headings.
    """

    def __init__(self, message: Message, rows: list[list[str]], has_header: bool) -> None:
        super().__init__(message)
        self.rows = rows
        self.has_header = has_header
