"""Days said by their name: "Friday", "next Friday", "Friday week", "the first Tuesday of May"."""

import re
from datetime import date

from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.calendar_words import DAYS, MONTHS
from pwa.note_parser.vocabulary.compile_pattern import phrase
from pwa.note_parser.vocabulary.day_ranges import Days, one
from pwa.note_parser.vocabulary.grammar import Rule, nothing
from pwa.note_parser.vocabulary.patterns import AFTER, DAY, MONTH

_NAMED = rf"(?P<day>{DAY})(?! 's\b)"
_FREE = re.compile(AFTER)
_THIS_MONTH = r"(?:the|this|next|each|every) (?:new )?(?:month|year)"


# "Call her Monday": not her Monday.
_TO_THEM = "call ring phone see meet visit text email tell told give send".split()
_NOT_TO_THEM = "".join(rf"(?<!{verb} )" for verb in _TO_THEM)


def _weekday(match: re.Match[str]) -> int:
    return DAYS.index(match["day"])


def _plain(match: re.Match[str], today: date) -> Days | None:
    """The next one; "the Tuesday delivery" is no day."""
    described = match.group().startswith(("the ", "our ", "their ", "her ", "his "))
    if described and not _FREE.match(match.string, match.end()):
        return None
    return one(day_ranges.next_weekday(today, _weekday(match)))


def _this(match: re.Match[str], today: date) -> Days:
    """ "This Friday" on a Friday is today; after it, the one to come."""
    ahead = (_weekday(match) - today.weekday()) % 7
    return one(day_ranges.ahead(today, ahead))


def _next(match: re.Match[str], today: date) -> Days:
    """The day of next week, whatever today is."""
    return one(day_ranges.in_week(today, _weekday(match), 1))


def _after_next(match: re.Match[str], today: date) -> Days:
    return one(day_ranges.in_week(today, _weekday(match), 2))


def _weeks_after(weeks: int) -> Rule:
    def found(match: re.Match[str], today: date) -> Days:
        return one(day_ranges.ahead(day_ranges.next_weekday(today, _weekday(match)), 7 * weeks))

    return found


def _in_a_week(match: re.Match[str], today: date) -> Days:
    """Seven days after the one to come; after today, if today is one."""
    return one(day_ranges.ahead(_this(match, today).first, 7))


def _nth(match: re.Match[str], today: date) -> Days | None:
    nth = -1 if match["nth"] == "last" else int(match["nth"][0])
    weekday = _weekday(match)
    of = match["of"]
    if "each" in of or "every" in of:
        return None
    if of in MONTHS:
        start = day_ranges.month_ahead(today, MONTHS.index(of) + 1)
    elif "year" in of:
        start = day_ranges.month(today.year + 1, 1)
    else:
        start = day_ranges.month(today.year, today.month)
        if "next" in of:
            start = _following(start)
    found = day_ranges.nth_weekday(start, nth, weekday)
    if found and found < today:
        found = day_ranges.nth_weekday(_following(start), nth, weekday)
    return one(found) if found else None


def _following(start: Days) -> Days:
    day = day_ranges.ahead(start.last, 1)
    return day_ranges.month(day.year, day.month)


RULES: tuple[tuple[str, Rule], ...] = (
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
    (rf"(?:every|each) (?:other|2nd|3rd|single|1st) {_NAMED}|alternate {DAY}s?", nothing),
    (rf"(?:since|last|past|every|each|any|a|most|usual|late) {_NAMED}", nothing),
    (rf"{_NAMED},? (?:of )?last(?: week)?", nothing),
    (rf"{DAY} 's", nothing),
    (rf"(?:{_NOT_TO_THEM}(?:the |our |their |her |his ))?{_NAMED}(?! week\b)", _plain),
)
