"""Splits a note into clauses, mostly without punctuation to go by."""

from collections.abc import Sequence

from pwa.note_parser.clauses.boundary_cues import (
    CONJUNCTIONS,
    OPENING_WORDS,
    begins_clause,
    is_action,
    is_next_event,
    is_only_opening,
)
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.tokens.tokens import Token

_TIME_PREPOSITIONS = frozenset("on by at before from".split())
_CORRECTION_WORDS = frozenset("no sorry wait rather".split())
_MAKE_IT = (["make", "that"], ["make", "it"], ["made", "it"])
_TIME_CONJUNCTIONS = frozenset("before after until till when".split())


def clause_starts(tokens: Sequence[Token], expressions: Sequence[TimeExpression]) -> list[int]:
    """The tokens at which a clause begins."""
    time_starts = {expression.first for expression in expressions}
    start_of_time = {expression.last: expression.first for expression in expressions}
    resolved_ends = {
        expression.last for expression in expressions if expression.days or expression.clock
    }
    inside_time = {
        place
        for expression in expressions
        for place in range(expression.first + 1, expression.last)
    }
    starts = [0]
    for place in range(1, len(tokens)):
        after_time = place in resolved_ends and (
            is_action(tokens, place) or is_next_event(tokens, place)
        )
        if place in inside_time or not (after_time or begins_clause(tokens, place, starts[-1])):
            continue
        if tokens[place].word in _TIME_CONJUNCTIONS and place + 1 in time_starts:
            continue  # "before the week is out"
        if tokens[place].word == "i" and place + 2 in time_starts and tokens[place].before != ".":
            continue  # "next week, I think Thursday"
        place = _include_time(tokens, place, start_of_time, starts[-1])
        if place > starts[-1] and not is_only_opening(tokens, starts[-1], place):
            starts.append(place)
    return starts


def _include_time(
    tokens: Sequence[Token], place: int, start_of_time: dict[int, int], since: int
) -> int:
    """The start moved before a time that leads in: "..., and on Thursday I'll call"."""
    begin = _time_start(tokens, place, start_of_time, since)
    if [token.word for token in tokens[begin - 2 : begin]] in _MAKE_IT:
        return place  # "by Friday, no, make that Monday, he ...": the time belongs before
    if begin == place:
        return place
    if all(token.word in OPENING_WORDS for token in tokens[since:begin]):
        return since
    if tokens[begin].before:
        return begin
    return begin - 1 if tokens[begin - 1].word in CONJUNCTIONS | {"that", "if"} else place


def _time_start(
    tokens: Sequence[Token], place: int, start_of_time: dict[int, int], since: int
) -> int:
    """The start of the times that end at `place`, with prepositions and corrections."""
    begin = place
    while begin in start_of_time and tokens[place].before != ".":
        begin = start_of_time[begin]
        while begin - 1 > since and tokens[begin - 1].word in _CORRECTION_WORDS:
            begin -= 1
        while begin > since and _is_time_preposition(tokens, begin - 1):
            begin -= 1
    return begin


def _is_time_preposition(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].word in _TIME_PREPOSITIONS and not tokens[place + 1].before
