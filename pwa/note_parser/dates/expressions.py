"""Finds the expressions of days and times in a note, corrections applied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from pwa.note_parser.dates import clock_times, corrections, dates, holidays, relative, weekdays
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.tokens.token_text import Text
from pwa.note_parser.tokens.tokens import Token
from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.day_ranges import DayRange

_DAY_RULES = [
    (re.compile(rf"\b(?:{pattern})(?![^ ,])"), rule)
    for pattern, rule in (*dates.RULES, *relative.RULES, *holidays.RULES, *weekdays.RULES)
]
_CLOCK_RULES = [
    (re.compile(rf"(?<![^ ])(?:{pattern})"), rule) for pattern, rule in clock_times.RULES
]
_PREPOSITIONS = frozenset(
    "by before after on at from for until till since to about around in than of not through".split()
)
_PARTS_OF_DAY = frozenset("morning afternoon evening lunchtime night".split())
_TAILS = (
    ["at", "the", "latest"], ["at", "the", "very"], ["the", "latest"], ["latest"],
    ["or", "so"], ["or", "earlier"], ["sharp"], ["ish"],
)  # fmt: skip
_APPROXIMATIONS = frozenset("the about around just like".split())
_EXCLUDING = frozenset("until till since than not through".split())


def find(tokens: Sequence[Token], now: datetime) -> list[TimeExpression]:
    """All time expressions, in order, without overlaps. `now` is aware; its day is today."""
    if not tokens:
        return []
    text = Text(tokens)
    expressions = _without_overlaps([*_day_matches(text, now.date()), *_clock_matches(text, now)])
    expressions = [
        _with_tail(_with_preposition(expression, tokens, now.date()), tokens)
        for expression in expressions
    ]
    return corrections.apply(expressions, tokens, text, now)


def _day_matches(text: Text, today: date) -> Iterator[tuple[int, TimeExpression]]:
    for priority, (pattern, rule) in enumerate(_DAY_RULES):
        for match in pattern.finditer(text.line):
            try:
                days = rule(match, today)
            except (OverflowError, ValueError):  # a day after the year 9999
                days = None
            first, last = text.tokens_of(match)
            yield priority, TimeExpression(first, last, days=days)


def _clock_matches(text: Text, now: datetime) -> Iterator[tuple[int, TimeExpression]]:
    for priority, (pattern, rule) in enumerate(_CLOCK_RULES):
        for match in pattern.finditer(text.line):
            try:
                reading = rule(match, now)
            except OverflowError:
                reading = None
            if reading is None:
                continue
            clock, moment = reading
            groups = match.groupdict()
            start = next((name for name in ("off", "hour", "time") if groups.get(name)), 0)
            first = text.tokens_of(match, start)[0]
            last = text.tokens_of(match)[1]
            days = day_ranges.single_day(moment.date()) if moment else None
            yield priority, TimeExpression(first, last, clock=clock, days=days)


def _without_overlaps(candidates: list[tuple[int, TimeExpression]]) -> list[TimeExpression]:
    """Of overlapping candidates the first to begin, then the longest, then the earliest rule."""
    candidates.sort(key=lambda candidate: (candidate[1].first, -candidate[1].last, candidate[0]))
    kept: list[TimeExpression] = []
    for _, expression in candidates:
        if not kept or expression.first >= kept[-1].last:
            kept.append(expression)
    return kept


def _with_preposition(
    expression: TimeExpression, tokens: Sequence[Token], today: date
) -> TimeExpression:
    """Applies its preposition: "before Friday" is Thursday, "until Friday" names no day."""
    before = _words_before(expression, tokens)
    preposition = before[-1] if before and before[-1] in _PREPOSITIONS else ""
    if expression.clock and before[-2:] in (["not", "before"], ["not", "until"], ["not", "till"]):
        # "Monday, not before ten"
        return replace(expression, first=expression.first - 2, preposition="from")
    excluded = preposition in _EXCLUDING or "not" in before[-2:] or before[-2:] == ["instead", "of"]
    if preposition == "of":
        preposition = ""
    if excluded and before[-3:-1] != ["no", "later"]:
        is_until = preposition in {"until", "till"} and "not" not in before
        until_days = expression.days if is_until else None
        return replace(
            expression, days=None, clock=None, preposition=preposition, until_days=until_days
        )
    return replace(
        expression,
        days=_shifted_days(expression, tokens, preposition, today),
        preposition=preposition,
    )


def _shifted_days(
    expression: TimeExpression, tokens: Sequence[Token], preposition: str, today: date
) -> DayRange | None:
    """The days after "before" or "after" has moved them."""
    days = expression.days
    if days is None or expression.clock is not None:
        return days
    if preposition == "before" and not _names_an_end(tokens, expression) and days.first > today:
        return day_ranges.single_day(day_ranges.add_days(days.first, -1))
    if preposition == "after" and tokens[expression.first].word not in {"before", "after"}:
        return _days_after(tokens, expression)
    return days


def _words_before(expression: TimeExpression, tokens: Sequence[Token]) -> list[str]:
    """Up to three words before an expression, approximations after the preposition left out."""
    start = max(0, expression.first - 3)
    before = [token.word for token in tokens[start : expression.first]]
    while len(before) > 1 and before[-1] in _APPROXIMATIONS and before[-2] in _PREPOSITIONS:
        before.pop()
    return before


def _with_tail(expression: TimeExpression, tokens: Sequence[Token]) -> TimeExpression:
    """Includes the part of the day that follows: "Monday morning", "two in the afternoon"."""
    words = [token.word for token in tokens[expression.last : expression.last + 3]]
    for tail in _TAILS:
        if words[: len(tail)] == tail:
            return replace(expression, last=expression.last + len(tail))
    last = expression.last
    while last < min(len(tokens), expression.last + 2) and tokens[last].word in {"in", "the"}:
        last += 1
    is_part = last < len(tokens) and tokens[last].word in _PARTS_OF_DAY
    if is_part and not tokens[expression.last].before:
        return replace(expression, last=last + 1)
    return expression


def _names_an_end(tokens: Sequence[Token], expression: TimeExpression) -> bool:
    words = tokens[expression.first : expression.last]
    return any(token.word in {"end", "noon", "out", "over"} for token in words)


def _days_after(tokens: Sequence[Token], expression: TimeExpression) -> DayRange | None:
    """ "After the weekend" is Monday; "after Friday" names no day."""
    if expression.days and tokens[expression.last - 1].word == "weekend":
        return day_ranges.single_day(day_ranges.add_days(expression.days.last, 1))
    return None
