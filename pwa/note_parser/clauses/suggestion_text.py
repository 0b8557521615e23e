"""The short line that somebody confirms, and the words it came from."""

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
_OBJECT = compiled(r"""
    ^[a-z]+ (?:the|a|an|her|him|them|it|this|that|these|those|their|his|our|my|you|back|out|up|
    over|some|with|for|about|if|whether|in|on|into|again|more|another|everything|all|what|how|
    through|round|around|to|[0-9]|\w+ing\b|\w+)
""")
_TAIL = frozenset(
    "and but so by on at before for then because the a no sorry or to i we of about that "
    "wait actually mean rather if well yes okay in".split()
)
_HEAD = frozenset("and but so then that yes well okay oh right plus also because".split())
_LONGEST = 16


def has_object(deed: str) -> bool:
    """Whether a verb says whom or what: "send" alone is a restart."""
    return bool(_OBJECT.match(deed))


def deed(note: Note, clause: Clause, token: int, until: Clause | None = None) -> str:
    """The deed without its time: "send the switch quote"."""
    places = [place for place in clause.core.places if place >= token]
    if until is not None:
        places += range(clause.last, until.last)
    return line(note, places)


def line(note: Note, places: list[int]) -> str:
    """A short line of these tokens, without what leads in and trails off."""
    while places and note.tokens[places[-1]].word in _TAIL:
        places = places[:-1]
    while len(places) > 1 and note.tokens[places[0]].word in _HEAD:
        places = places[1:]
    return note.said(places[:_LONGEST])


def whole(note: Note, clause: Clause) -> str:
    """The clause as a line."""
    return line(note, list(clause.line.places))


def suggestion(
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
    """A suggestion from a clause; its words begin where the telling of it does."""
    first = min(one.first for one in (clause, clause.governor, since) if one)
    last = max(clause.last, until.last) if until else clause.last
    words = [token.word for token in note.tokens[first:last]]
    while len(words) > 1 and words[0] in _HEAD:
        words, first = words[1:], first + 1
    start, end = note.span(first, last)
    said = note.transcript[start:end]
    return Suggestion(kind, text or said, said, start, end, day, at, value, done)
