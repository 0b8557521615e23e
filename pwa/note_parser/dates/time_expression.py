"""The value type of a day or a time that a note mentions."""

from dataclasses import dataclass
from datetime import time

from pwa.note_parser.vocabulary.day_ranges import DayRange


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """The tokens [first, last) mean `days` or `clock`; neither when past, negated or corrected."""

    first: int
    last: int
    days: DayRange | None = None
    clock: time | None = None
    preposition: str = ""
    until_days: DayRange | None = None  # of "until Friday", for speakers who mean "by Friday"
