"""What a rule of the calendar grammar is."""

import re
from collections.abc import Callable
from datetime import date

from pwa.note_parser.vocabulary.day_ranges import Days

# A phrase that matched, read against today. None: it is past, or says no day.
Rule = Callable[[re.Match[str], date], Days | None]


def nothing(match: re.Match[str], today: date) -> None:
    """Past, or no day at all: read, so that no smaller phrase is read in it."""
