"""Rules for weekdays: "Friday", "next Friday", "Friday week", "the first Tuesday of May"."""

import re
from datetime import date

from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.calendar_words import DAYS, MONTHS
from pwa.note_parser.vocabulary.compile_pattern import phrase
from pwa.note_parser.vocabulary.day_ranges import DayRange, single_day
from pwa.note_parser.vocabulary.grammar import DayRule, no_day
from pwa.note_parser.vocabulary.patterns import AFTER, DAY, MONTH

_NAMED = rf"(?P<day>{DAY})(?! 's\b)"
_FREE = re.compile(AFTER)
_THIS_MONTH = r"(?:the|this|next|each|every) (?:new )?(?:month|year)"


# "Call her Monday": "her" is the object, not the owner of the Monday.
_CONTACT_VERBS = "call ring phone see meet visit text email tell told give send".split()
_NO_CONTACT_VERB = "".join(rf"(?<!{verb} )" for verb in _CONTACT_VERBS)


def _weekday(match: re.Match[str]) -> int:
    return DAYS.index(match["day"])


def _plain(match: re.Match[str], today: date) -> DayRange | None:
    """The next such weekday; "the Tuesday delivery" names no day."""
    described = match.group().startswith(("the ", "our ", "their ", "her ", "his "))
    if described and not _FREE.match(match.string, match.end()):
        return None
    return single_day(day_ranges.next_weekday(today, _weekday(match)))


def _this(match: re.Match[str], today: date) -> DayRange:
    """ "This Friday": today on a Friday, else the next."""
    ahead = (_weekday(match) - today.weekday()) % 7
    return single_day(day_ranges.add_days(today, ahead))


def _next(match: re.Match[str], today: date) -> DayRange:
    """The weekday of next week, on any day of this week."""
    return single_day(day_ranges.weekday_in_week(today, _weekday(match), 1))


def _after_next(match: re.Match[str], today: date) -> DayRange:
    return single_day(day_ranges.weekday_in_week(today, _weekday(match), 2))


def _weeks_after(weeks: int) -> DayRule:
    def rule(match: re.Match[str], today: date) -> DayRange:
        day = day_ranges.next_weekday(today, _weekday(match))
        return single_day(day_ranges.add_days(day, 7 * weeks))

    return rule


def _in_a_week(match: re.Match[str], today: date) -> DayRange:
    """Seven days after "this Friday"."""
    return single_day(day_ranges.add_days(_this(match, today).first, 7))


def _nth(match: re.Match[str], today: date) -> DayRange | None:
    nth = -1 if match["nth"] == "last" else int(match["nth"][0])
    weekday = _weekday(match)
    of = match["of"]
    if "each" in of or "every" in of:
        return None
    if of in MONTHS:
        start = day_ranges.next_month_named(today, MONTHS.index(of) + 1)
    elif "year" in of:
        start = day_ranges.month_range(today.year + 1, 1)
    else:
        start = day_ranges.month_range(today.year, today.month)
        if "next" in of:
            start = _month_after(start)
    day = day_ranges.nth_weekday(start, nth, weekday)
    if day and day < today:
        day = day_ranges.nth_weekday(_month_after(start), nth, weekday)
    return single_day(day) if day else None


def _month_after(start: DayRange) -> DayRange:
    day = day_ranges.add_days(start.last, 1)
    return day_ranges.month_range(day.year, day.month)


RULES: tuple[tuple[str, DayRule], ...] = (
    (
        phrase(rf"""
            (?:the )?(?P<nth>[1-5](?:st|nd|rd|th)|last) {_NAMED} (?:of|in) (?P<of>{MONTH}|
            {_THIS_MONTH})
        """),
        _nth,
    ),
    (rf"(?:the )?{_NAMED},? after next", _after_next),
    (rf"{_NAMED},? (?:the week )?after next", _after_next),
    (rf"{_NAMED},? (?:of |in )?(?:the )?(?:next|following|coming) week", _next),
    (rf"(?:next|following) week,? (?:on )?{_NAMED}", _next),
    (rf"{_NAMED},? (?:of )?this week", _this),
    (rf"this week,? (?:on )?{_NAMED}", _this),
    (rf"(?:a |1 )?week (?:on|from|this|next) {_NAMED}", _weeks_after(1)),
    (rf"{_NAMED} week(?! after| before)", _weeks_after(1)),
    (rf"{_NAMED},? in (?:a|1) week", _in_a_week),
    (rf"(?:a fortnight|2 weeks|fortnight) (?:on|from) {_NAMED}", _weeks_after(2)),
    (rf"{_NAMED}(?: fortnight|,? in 2 weeks)", _weeks_after(2)),
    (rf"(?:next|the following) {_NAMED}", _next),
    (rf"(?:(?:this |the )?(?<!'s )(?<!is )(?<!are ))coming {_NAMED}", _plain),
    (rf"this {_NAMED}", _this),
    (rf"(?:every|each) (?:other|2nd|3rd|single|1st) {_NAMED}|alternate {DAY}s?", no_day),
    (rf"(?:since|last|past|every|each|any|a|most|usual|late) {_NAMED}", no_day),
    (rf"{_NAMED},? (?:of )?last(?: week)?", no_day),
    (rf"{DAY} 's", no_day),
    (rf"(?:{_NO_CONTACT_VERB}(?:the |our |their |her |his ))?{_NAMED}(?! week\b)", _plain),
)
