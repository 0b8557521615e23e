"""Rules for dates in figures: "the 23rd", "November 23rd", "23/11", "2026-11-27"."""

import re
from datetime import date

from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.calendar_words import DAYS, MONTHS
from pwa.note_parser.vocabulary.compile_pattern import phrase
from pwa.note_parser.vocabulary.day_ranges import DayRange, single_day
from pwa.note_parser.vocabulary.grammar import DayRule, no_day
from pwa.note_parser.vocabulary.patterns import AFTER, DAY, MONTH, ORD

_PREPOSITIONS = frozenset("on by for until till before after from to around about is it in".split())
_ON = rf"(?:(?P<day>{DAY}),? )?(?:on )?(?:the )?"


def _if_upcoming(day: date | None, today: date) -> DayRange | None:
    return single_day(day) if day and day >= today else None


def _iso(match: re.Match[str], today: date) -> DayRange | None:
    year, month, day = (int(part) for part in match["iso"].split("-"))
    return _if_upcoming(day_ranges.date_with_year(year, month, day), today)


def _named(match: re.Match[str], today: date) -> DayRange | None:
    day, month = _number_of(match["number"]), MONTHS.index(match["month"]) + 1
    year = match["year"]
    if year:
        return _if_upcoming(day_ranges.date_with_year(int(year), month, day), today)
    return _if_upcoming(day_ranges.next_day_and_month(today, day, month), today)


def _slashed(match: re.Match[str], today: date) -> DayRange | None:
    """Day before month, unless only month before day is a date."""
    first, second, *rest = (int(part) for part in re.split("[/.]", match["figures"]))
    day, month = (first, second) if second <= 12 else (second, first)
    if not 1 <= month <= 12:
        return None
    if rest:
        return _if_upcoming(day_ranges.date_with_year(rest[0], month, day), today)
    return _if_upcoming(day_ranges.next_day_and_month(today, day, month), today)


def _number_of(ordinal: str) -> int:
    return int(re.sub("[a-z]", "", ordinal))


def _of_month(match: re.Match[str], today: date) -> DayRange | None:
    """The next such day of a month; with a weekday, the next that falls on that weekday."""
    number, weekday = _number_of(match["number"]), match["day"]
    first = day_ranges.next_day_of_month(today, number)
    day = first
    for _ in range(4 if weekday else 0):
        if day is None or day.weekday() == DAYS.index(weekday):
            break
        day = day_ranges.next_day_of_month(day_ranges.add_days(day, 1), number)
    if day and weekday and day.weekday() != DAYS.index(weekday):
        day = first
    return _if_upcoming(day, today)


def _bare_ordinal(match: re.Match[str], today: date) -> DayRange | None:
    """ "The 23rd"; "the first" and "the second" only after a word like "on"."""
    before = match.string[max(0, match.start() - 8) : match.start()].split()
    if _number_of(match["number"]) < 10 and (not before or before[-1] not in _PREPOSITIONS):
        return None
    return _of_month(match, today)


def _of_next_month(match: re.Match[str], today: date) -> DayRange | None:
    """ "The 5th of next month"."""
    start = day_ranges.add_months(today.replace(day=1), 1 if match["which"] == "next" else 0)
    day = day_ranges.date_with_year(start.year, start.month, _number_of(match["number"]))
    return _if_upcoming(day, today)


def _week_of(match: re.Match[str], today: date) -> DayRange | None:
    day = _named(match, today) if match["month"] else _of_month(match, today)
    if day is None:
        return None
    monday = day_ranges.week_start(day.first)
    return DayRange(monday, day_ranges.add_days(monday, 4))


def _numbered_week(match: re.Match[str], today: date) -> DayRange | None:
    """An ISO calendar week ("week 50")."""
    for year in (today.year, today.year + 1):
        try:
            start = date.fromisocalendar(year, int(match["week"]), 1)
        except ValueError:
            continue
        if day_ranges.add_days(start, 4) >= today:
            return DayRange(max(start, today), day_ranges.add_days(start, 4))
    return None


def _nth_week(match: re.Match[str], today: date) -> DayRange | None:
    """The first week of a month is the week of its first Thursday."""
    start = day_ranges.next_month_named(today, MONTHS.index(match["month"]) + 1)
    if match["nth"] == "last":
        begin = day_ranges.week_start(start.last)
    else:
        thursday = day_ranges.nth_weekday(start, 1, 3) or start.first
        begin = day_ranges.add_days(thursday, 7 * (int(match["nth"][0]) - 1) - 3)
        begin = max(begin, start.first)
    end = day_ranges.add_days(day_ranges.week_start(begin), 4)
    return DayRange(max(begin, today), end) if end >= today else None


_YEAR = r"(?:,? (?P<year>20[0-9]{2}))?"
_WEEK_OF = r"(?:the )?week (?:of|commencing|starting|beginning)(?: on)? (?:monday,? )?(?:the )?"

RULES: tuple[tuple[str, DayRule], ...] = (
    (r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})", _iso),
    (
        phrase(rf"""
            {_WEEK_OF}(?P<number>{ORD}|[0-9]{{1,2}}(?= (?:of )?{MONTH}))(?: (?:of )?
            (?P<month>{MONTH}))?{_YEAR}(?P<day>)
        """),
        _week_of,
    ),
    (rf"(?:the )?(?P<nth>[1-4](?:st|nd|rd|th)|last) week (?:of|in) (?P<month>{MONTH})", _nth_week),
    (r"(?:calendar )?week (?:number )?(?P<week>[1-5]?[0-9])" + AFTER, _numbered_week),
    (rf"{_ON}(?P<number>{ORD}|[0-9]{{1,2}}) (?:of )?(?P<month>{MONTH}){_YEAR}", _named),
    (rf"{_ON}(?P<month>{MONTH}),? (?:the )?(?P<number>{ORD}){_YEAR}", _named),
    (
        rf"{_ON}(?P<month>{MONTH}) (?P<number>[0-9]{{1,2}})(?![:.0-9]| (?:am|pm|o'clock)){_YEAR}"
        + AFTER,
        _named,
    ),
    (rf"(?:{DAY},? )?(?:the )?(?P<figures>[0-9]{{1,2}}/[0-9]{{1,2}}(?:/[0-9]{{2,4}})?)", _slashed),
    (rf"(?:{DAY},? )?(?:the )?(?P<figures>[0-9]{{1,2}}[.][0-9]{{2}}[.][0-9]{{2,4}})", _slashed),
    (rf"(?:the )?{ORD} of (?:each|every) month", no_day),
    (rf"(?:the )?(?P<number>{ORD}) of (?P<which>this|next|the) month", _of_next_month),
    (rf"(?P<day>{DAY}),? (?:on )?(?:the )?(?P<number>{ORD})(?! thing)", _of_month),
    (rf"(?P<day>{DAY}),? the (?P<number>[0-9]{{1,2}})" + AFTER, _of_month),
    (rf"(?P<day>)the (?P<number>{ORD})" + AFTER, _bare_ordinal),
    (rf"(?P<day>)(?<=\b(?:on|by) )(?P<number>{ORD})" + AFTER, _of_month),
)
