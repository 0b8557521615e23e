"""The type of a rule in the calendar grammar."""

import re
from collections.abc import Callable
from datetime import date

from pwa.note_parser.vocabulary.day_ranges import DayRange

# Resolves a match against today. None: the phrase is past, or names no day.
DayRule = Callable[[re.Match[str], date], DayRange | None]


def no_day(match: re.Match[str], today: date) -> None:
    """Consumes a phrase that names no day, so that no shorter phrase matches inside it."""
