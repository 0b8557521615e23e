"""Analyses a transcript: tokens, time expressions and linked clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from pwa.note_parser.clauses import segmenter
from pwa.note_parser.clauses.boundary_cues import CONJUNCTIONS
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.continuations import Frames, carry
from pwa.note_parser.clauses.linking import CONDITIONALS, link
from pwa.note_parser.dates import corrections
from pwa.note_parser.dates.expressions import find as find_expressions
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.tokens.token_text import WITHOUT_STOPS, Text
from pwa.note_parser.tokens.tokens import Token, tokenise
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import Mark

_ADVERBS = frozenset(
    """definitely also just certainly personally quickly gladly obviously really simply please
    literally basically hopefully probably honestly absolutely of_course too straight happily
    quietly clearly surely shortly anyhow kindly immediately asap soonest therefore quite""".split()
)
_TIME_PREPOSITIONS = frozenset(
    "by on at before for from around about until till after in within".split()
)
# "Checking in Wednesday", "come by in two weeks": "in" and "by" are particles of the verb.
_PARTICLE_VERBS = frozenset(
    """check checking pop popping drop dropping call calling come coming nip swing duck step look
    go going""".split()
)
_PAST = compiled(r"""
    \b(?:yesterday|ago|last (?:week|month|year|time|night|spring|summer|autumn|winter)|(?<!the )
    last (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:the )?other day|
    earlier today|previous)\b
""")


@dataclass(frozen=True, slots=True)
class Note:
    """An analysed transcript, the input of the finders. `frames` are by place of their clause."""

    transcript: str
    now: datetime
    tokens: list[Token]
    clauses: list[Clause]
    frames: Frames

    def clause_before(self, place: int) -> Clause | None:
        """The clause before the one at `place`, None for the first."""
        return self.clauses[place - 1] if place else None

    def clause_after(self, place: int) -> Clause | None:
        """The clause after the one at `place`, None for the last."""
        return self.clauses[place + 1] if place + 1 < len(self.clauses) else None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets in the transcript of the tokens [first, last)."""
        part = self.tokens[first:last]
        return part[0].start, max(token.end for token in part)

    def wording(self, places: Sequence[int]) -> str:
        """The verbatim text of these tokens, separated by single spaces."""
        pieces: list[str] = []
        end = -1
        for place in places:
            token = self.tokens[place]
            piece = self.transcript[token.start : token.end]
            glued = token.start == end and bool(pieces)
            if token.start < end:  # the second half of "gonna"
                continue
            pieces.append(piece if glued or not pieces else " " + piece)
            end = token.end
        return "".join(pieces)


def analyse(transcript: str, now: datetime) -> Note:
    """The clauses of a transcript with their times, marks and governors."""
    tokens = tokenise(transcript)
    if not tokens:
        return Note(transcript, now, [], [], {})
    expressions = find_expressions(tokens, now)
    begin = segmenter.clause_starts(tokens, expressions)
    clauses = [
        _clause(tokens, first, last, expressions)
        for first, last in zip(begin, [*begin[1:], len(tokens)], strict=True)
    ]
    return Note(transcript, now, tokens, *carry(link(_merge_bare_times(clauses, tokens))))


def _clause(
    tokens: list[Token], first: int, last: int, expressions: Sequence[TimeExpression]
) -> Clause:
    own = tuple(expression for expression in expressions if first <= expression.first < last)
    line = Text(tokens, range(first, last))
    return Clause(
        first,
        last,
        own,
        line,
        core=Text(tokens, _core_places(tokens, first, last, own), WITHOUT_STOPS),
        opener=_opener([token.word for token in tokens[first : min(first + 4, last)]]),
        fresh=first == 0 or tokens[first].before == ".",
        paused=tokens[first].before == ",",
        marks=frozenset({Mark.PAST}) if _PAST.search(line.line) else frozenset(),
    )


def _opener(words: list[str]) -> str:
    """ "And if she" is opened by "if", "and so we" by "and"."""
    for word in words:
        if word in CONDITIONALS or word == "whether":
            return word
        if word not in CONJUNCTIONS:
            break
    return words[0]


def _core_places(
    tokens: list[Token], first: int, last: int, own: Sequence[TimeExpression]
) -> list[int]:
    """The tokens without times, their prepositions, corrections and adverbs; at least one."""
    dropped: set[int] = set()
    for expression in own:
        dropped.update(range(expression.first, expression.last))
        lead = expression.first - 1
        while lead >= first and _leads_to_time(tokens, lead):
            dropped.add(lead)
            if tokens[lead].word not in {"about", "around", "at"}:
                break
            lead -= 1
    for expression, following in pairwise(own):
        between = range(expression.last, following.first)
        if corrections.is_correction([tokens[place].word for place in between]):
            dropped.update(between)
    return [
        place
        for place in range(first, last)
        if place not in dropped and tokens[place].word not in _ADVERBS
    ] or [first]


def _leads_to_time(tokens: list[Token], place: int) -> bool:
    word, before = tokens[place].word, tokens[place - 1].word if place else ""
    return word in _TIME_PREPOSITIONS and not (word in {"in", "by"} and before in _PARTICLE_VERBS)


def _merge_bare_times(clauses: list[Clause], tokens: list[Token]) -> list[Clause]:
    """Merges a sentence that is only a time into the one before: "Call her. Thursday at two."."""
    kept: list[Clause] = []
    for clause in clauses:
        is_bare = (
            bool(clause.expressions)
            and len(clause.core.places) <= 1
            and clause.first in _time_places(clause, tokens)
        )
        if kept and is_bare and clause.fresh and not kept[-1].expressions:
            kept[-1] = _clause(tokens, kept[-1].first, clause.last, clause.expressions)
        else:
            kept.append(clause)
    return kept


def _time_places(clause: Clause, tokens: list[Token]) -> set[int]:
    places = {
        place
        for expression in clause.expressions
        for place in range(expression.first, expression.last)
    }
    if tokens[clause.first].word in _TIME_PREPOSITIONS and clause.first + 1 in places:
        places.add(clause.first)
    return places
