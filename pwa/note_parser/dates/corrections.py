"""Applies what speakers correct, move or count from another day: "Tuesday, no, Wednesday"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from pwa.note_parser.dates import clock_times
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.tokens.token_text import Text
from pwa.note_parser.tokens.tokens import Token
from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.patterns import AFTER

_DAY_AFTER = re.compile(
    r"\b(?:(?:the )?(?:day (?:after|(?P<back>before))(?: that)?|following day)|"
    r"(?P<same>(?:(?:that|the) )?(?:very )?same day))" + AFTER
)
_BARE_HOUR = re.compile(
    rf"\b(?:no|sorry|mean|rather|actually|wait|that|it),? (?:at )?(?P<hour>[1-9]|1[0-2]){AFTER}"
)
_CORRECTION_WORDS = frozenset(
    "no sorry mean rather wait actually correction nope apologies".split()
)
_CORRECTION_PAIRS = frozenset(
    {("make", "that"), ("make", "it"), ("better", "say"), ("or", "rather")}
)
_BETWEEN = _CORRECTION_WORDS | frozenset(
    "i it that on by at the or for to let 's say well oh in excuse me make better hang one 1 "
    "actually of be is was should not".split()
)
_RESCHEDULING = frozenset(
    """push pushing shift change postpone bring moved move moving rescheduled reschedule postponed
    pushed changed shifted""".split()
)


def apply(
    expressions: list[TimeExpression], tokens: Sequence[Token], text: Text, now: datetime
) -> list[TimeExpression]:
    """The expressions with corrected ones emptied and those relative to another one resolved."""
    expressions = _resolve_later_ordinals(expressions, tokens)
    expressions = _drop_superseded(expressions, tokens)
    expressions = _add_anchored_days(expressions, text)
    expressions = _add_restated_hours(expressions, text, now)
    return _drop_corrected(expressions, tokens)


def _resolve_later_ordinals(
    expressions: list[TimeExpression], tokens: Sequence[Token]
) -> list[TimeExpression]:
    """ "After Christmas, the 28th": the next 28th after Christmas."""
    for place in range(1, len(expressions)):
        current, previous = expressions[place], expressions[place - 1]
        number = tokens[current.last - 1].word
        is_ordinal = number[0].isdigit() and not number[-1].isdigit()
        alone = current.last - current.first <= 2 and is_ordinal
        if not (alone and current.days and previous.days and current.first - previous.last <= 1):
            continue
        day = day_ranges.next_day_of_month(previous.days.first, int(number[:-2]))
        if day and day > current.days.first:
            expressions[place] = replace(current, days=day_ranges.single_day(day))
            expressions[place - 1] = replace(previous, days=None)
    return expressions


def _drop_superseded(
    expressions: list[TimeExpression], tokens: Sequence[Token]
) -> list[TimeExpression]:
    """ "Tomorrow, first thing" is tomorrow; "moved from Tuesday to Thursday" is Thursday."""
    for place, current in enumerate(expressions):
        neighbours = expressions[max(0, place - 1) : place + 2]
        near_day = any(
            neighbour.days and abs(neighbour.first - current.first) < 7
            for neighbour in neighbours
            if neighbour is not current
        )
        words = [token.word for token in tokens[max(0, current.first - 9) : current.first]]
        has_target = place + 1 < len(expressions) and expressions[place + 1].preposition == "to"
        moved = (
            current.preposition == "from"
            and has_target
            and any(word in _RESCHEDULING for word in words)
        )
        if (_is_first_thing(tokens, current) and near_day) or moved:
            expressions[place] = replace(current, days=None, clock=None)
    return expressions


def _is_first_thing(tokens: Sequence[Token], expression: TimeExpression) -> bool:
    first, following = tokens[expression.first], tokens[expression.first + 1 :][:1]
    return first.word == "1st" and any("thing" in token.word for token in following)


def _add_anchored_days(expressions: list[TimeExpression], text: Text) -> list[TimeExpression]:
    """ "The day after" counts from the day mentioned before it."""
    dated = [expression for expression in expressions if expression.days]
    anchored: list[TimeExpression] = []
    for match in _DAY_AFTER.finditer(text.line):
        first, last = text.tokens_of(match)
        place = bisect_right(dated, first, key=lambda expression: expression.last)
        if not place or _overlaps(expressions, first, last):
            continue
        anchor = dated[place - 1].days
        assert anchor
        shift = -1 if match["back"] else 0 if match["same"] else 1
        day = day_ranges.add_days(anchor.last, shift)
        anchored.append(TimeExpression(first, last, days=day_ranges.single_day(day)))
    return sorted([*expressions, *anchored], key=lambda expression: expression.first)


def _overlaps(expressions: list[TimeExpression], first: int, last: int) -> bool:
    """Whether an expression, of a sorted list, covers any of the tokens [first, last)."""
    place = bisect_left(expressions, last, key=lambda expression: expression.first)
    return place > 0 and expressions[place - 1].last > first


def _add_restated_hours(
    expressions: list[TimeExpression], text: Text, now: datetime
) -> list[TimeExpression]:
    """ "At two, no, three": a bare number is a time where it corrects a time."""
    timed = [expression for expression in expressions if expression.clock]
    restated: list[TimeExpression] = []
    for match in _BARE_HOUR.finditer(text.line):
        first, last = text.tokens_of(match, "hour")
        place = bisect_right(timed, first, key=lambda expression: expression.last)
        near = place > 0 and first < timed[place - 1].last + 6
        if not near or _overlaps(expressions, first, last):
            continue
        if reading := clock_times.full_hour(match, now):
            restated.append(TimeExpression(first, last, clock=reading[0]))
    return sorted([*expressions, *restated], key=lambda expression: expression.first)


def _drop_corrected(
    expressions: list[TimeExpression], tokens: Sequence[Token]
) -> list[TimeExpression]:
    """ "By Tuesday, no, by Wednesday" means Wednesday."""
    for place in range(1, len(expressions)):
        current, gap = expressions[place], expressions[place - 1].last
        between = [token.word for token in tokens[gap : min(current.first, gap + 9)]]
        if current.first - gap > 8 or not is_correction(between):
            continue
        for earlier in range(place - 1, max(place - 4, -1), -1):
            previous = expressions[earlier]
            both_days = previous.days and current.days
            same_kind = both_days or (previous.clock and current.clock)
            if same_kind and current.first - previous.last < 12:
                expressions[earlier] = replace(previous, days=None, clock=None)
    return expressions


def is_correction(between: list[str]) -> bool:
    """Whether the words between two times replace the first by the second."""
    if not all(word in _BETWEEN for word in between):
        return False
    pairs = set(pairwise(between))
    return bool(_CORRECTION_WORDS.intersection(between)) or bool(_CORRECTION_PAIRS & pairs)
