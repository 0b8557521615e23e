"""Rules for public holidays: Christmas, New Year, Easter."""

import re
from collections.abc import Callable
from datetime import date

from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.day_ranges import DayRange, single_day
from pwa.note_parser.vocabulary.grammar import DayRule, no_day


def _yearly(of_year: Callable[[int], date]) -> DayRule:
    """A rule for the next such day; "before" resolves to the day before it, "after" likewise."""

    def rule(match: re.Match[str], today: date) -> DayRange | None:
        shift = {"before": -1, "after": 1}
        for year in (today.year, today.year + 1):
            day = day_ranges.add_days(of_year(year), shift.get(match["side"] or "", 0))
            if day >= today:
                return single_day(day)
        return None

    return rule


def _on(month: int, day: int) -> DayRule:
    return _yearly(lambda year: date(year, month, day))


def _easter(shift: int) -> DayRule:
    return _yearly(lambda year: day_ranges.add_days(day_ranges.easter(year), shift))


_SIDE = r"(?:(?P<side>before|after) )?(?:the )?"

RULES: tuple[tuple[str, DayRule], ...] = (
    (rf"{_SIDE}christmas eve", _on(12, 24)),
    (rf"{_SIDE}boxing day", _on(12, 26)),
    (rf"{_SIDE}new year(?: 's)? eve", _on(12, 31)),
    (rf"{_SIDE}christmas(?: day)?(?! (?:break|holidays?|party|rush))", _on(12, 25)),
    (r"(?<=\bin )the new year", no_day),
    (rf"{_SIDE}new year(?: 's)?(?: day)?", _on(1, 1)),
    (r"(?P<side>)(?:early in|at the (?:start|beginning) of) the (?:new )?year", _on(1, 1)),
    (rf"{_SIDE}easter monday", _easter(1)),
    (r"(?P<side>before) easter", _easter(-2)),
    (r"(?P<side>after) easter", _easter(1)),
)
