"""Builds suggestions: the short text that the user confirms, and the words it came from."""

from datetime import date, time

from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.suggestion import Kind, Suggestion

WANTED_BY = compiled(r"""
    ^(?:(?:and|so|because|that|which) )*(?:she|he|they|the (?:client|customer)) (?:would like|
    needs?|wants?|has|have|must have|can have|gets?|has to have|will have|needs to have|
    wants to have)(?: (?:it|them|that|1|to know))?(?: (?:there|ready|then|done))?$|^(?:(?:and|
    so|which|that|it|they) )*(?:should|will|needs to|must|has to) be (?:done|finished|there|
    ready|with (?:her|him|them)|through|in place|complete)$
""")
_TRAILING_WORDS = frozenset(
    "and but so by on at before for then because the a no sorry or to i we of about that "
    "wait actually mean rather if well yes okay in".split()
)
_LEADING_WORDS = frozenset("and but so then that yes well okay oh right plus also because".split())
_MOST_WORDS = 16


def action_text(note: Note, clause: Clause, token: int, until: Clause | None = None) -> str:
    """The action from `token` on without its time: "send the switch quote"."""
    places = [place for place in clause.core.places if place >= token]
    if until is not None:
        places += range(clause.last, until.last)
    return short_text(note, places)


def short_text(note: Note, places: list[int]) -> str:
    """The wording of these tokens, trimmed at both ends, at most 16 words."""
    while places and note.tokens[places[-1]].word in _TRAILING_WORDS:
        places = places[:-1]
    while len(places) > 1 and note.tokens[places[0]].word in _LEADING_WORDS:
        places = places[1:]
    return note.wording(places[:_MOST_WORDS])


def clause_text(note: Note, clause: Clause) -> str:
    """The wording of a clause, at most 16 words."""
    return short_text(note, list(clause.line.places))


def make_suggestion(
    note: Note,
    clause: Clause,
    kind: Kind,
    text: str,
    day: date | None = None,
    at: time | None = None,
    *,
    value: str | None = None,
    done: bool = False,
    since: Clause | None = None,
    until: Clause | None = None,
) -> Suggestion:
    """A suggestion from a clause; its words include the governor, `since` and `until`."""
    first = min(part.first for part in (clause, clause.governor, since) if part)
    last = max(clause.last, until.last) if until else clause.last
    words = [token.word for token in note.tokens[first:last]]
    while len(words) > 1 and words[0] in _LEADING_WORDS:
        words, first = words[1:], first + 1
    start, end = note.span(first, last)
    quotation = note.transcript[start:end]
    return Suggestion(kind, text or quotation, quotation, start, end, day, at, value, done)
