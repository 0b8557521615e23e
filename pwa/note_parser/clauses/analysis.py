"""A whole note: its words, times and clauses, and how the clauses hang together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from pwa.note_parser.clauses import segmenter
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.speech_acts import OPEN, is_theirs, tells
from pwa.note_parser.dates import expressions
from pwa.note_parser.dates.expressions import When
from pwa.note_parser.tokens.token_text import WITHOUT_STOPS, Text
from pwa.note_parser.tokens.tokens import Token, tokenise
from pwa.note_parser.vocabulary.compile_pattern import compiled

_ADVERBS = frozenset(
    """definitely also just certainly personally quickly gladly obviously really simply please
    literally basically hopefully probably honestly absolutely of_course too straight happily
    quietly clearly surely shortly anyhow kindly immediately asap soonest therefore quite""".split()
)
_TO_A_TIME = frozenset("by on at before for from around about until till after in within".split())
# "Checking in Wednesday", "come by in two weeks": these are the verb's.
_WITH_IN = frozenset(
    """check checking pop popping drop dropping call calling come coming nip swing duck step look
    go going""".split()
)
_CONDITION = frozenset("if unless".split())
_WONDERING = compiled(r"""
    \b(?:ask|asks|asked|asking|know|knows|wonder|wonders|wondered|wondering|check|see|find out|
    sure|tell|tells|told|me|us|wanted to know|confirm|clarify|look|says?|decide|depends)$
""")
_DENIED = re.compile(
    r"\b(?:not|never|nothing|nobody)\b.*\b(?:tell|told|say|said|promised?|agreed?|commit(?:ted)?)\b"
)
_GOES_ON = re.compile(r"(?:and |but |so )?(?:i|we) would\b")
_TOLD_US = re.compile(r"\b(?:told|said|promised|assured|reassured)\b")
_PERHAPS = re.compile(r"\b(?:could be|may be|might be|maybe|perhaps|possible|not sure)$")
_HOPING = compiled(r"""
    \bi (?:guess|hope|suppose|doubt|imagine|wonder|wish)(?: that)?$|\bnot (?:think|believe|know|
    expect|see)(?: that| how| when| if)?$|\bforgot(?:ten)?(?: that)?$
""")
_THEY = re.compile(rf"{OPEN}(?:she|he|they|you)\b")
_PAST = compiled(r"""
    \b(?:yesterday|ago|last (?:week|month|year|time|night|spring|summer|autumn|winter)|(?<!the )
    last (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:the )?other day|
    earlier today|previous)\b
""")


@dataclass(slots=True)
class Note:
    """What the finders look at."""

    transcript: str
    now: datetime
    tokens: list[Token]
    clauses: list[Clause]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens [first, last) stand in the transcript."""
        part = self.tokens[first:last]
        return part[0].start, max(token.end for token in part)

    def said(self, places: Sequence[int]) -> str:
        """These tokens as they were said, one space between."""
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


def take(transcript: str, now: datetime) -> Note:
    """Read a transcript into clauses."""
    tokens = tokenise(transcript)
    if not tokens:
        return Note(transcript, now, [], [])
    whens = expressions.find(tokens, now)
    begin = segmenter.starts(tokens, whens)
    found = [
        _clause(tokens, first, last, whens)
        for first, last in zip(begin, [*begin[1:], len(tokens)], strict=True)
    ]
    found = _merged(found, tokens)
    if found[0].opener in _CONDITION:
        found[0].marks.add("condition")
    for before, one in pairwise(found):
        _hang(before, one)
    return Note(transcript, now, tokens, found)


def _clause(tokens: list[Token], first: int, last: int, whens: Sequence[When]) -> Clause:
    own = [one for one in whens if first <= one.first < last]
    core = Text(tokens, _core(tokens, first, last, own), WITHOUT_STOPS)
    line = Text(tokens, range(first, last))
    opener = _opener([token.word for token in tokens[first : min(first + 4, last)]])
    made = Clause(first, last, own, line, core, opener)
    made.fresh = first == 0 or tokens[first].before == "."
    made.paused = tokens[first].before == ","
    if _PAST.search(line.line):
        made.marks.add("past")
    return made


def _opener(words: list[str]) -> str:
    """ "And if she" is opened by "if", "and so we" by "and"."""
    for word in words:
        if word in _CONDITION or word == "whether":
            return word
        if word not in segmenter.JOINING:
            break
    return words[0]


def _core(tokens: list[Token], first: int, last: int, own: Sequence[When]) -> list[int]:
    dropped: set[int] = set()
    for one in own:
        dropped.update(range(one.first, one.last))
        lead = one.first - 1
        while lead >= first and _leads(tokens, lead):
            dropped.add(lead)
            if tokens[lead].word not in {"about", "around", "at"}:
                break
            lead -= 1
    for one, two in pairwise(own):
        between = range(one.last, two.first)
        if expressions.corrects([tokens[place].word for place in between]):
            dropped.update(between)
    return [
        place
        for place in range(first, last)
        if place not in dropped and tokens[place].word not in _ADVERBS
    ] or [first]


def _leads(tokens: list[Token], place: int) -> bool:
    word, before = tokens[place].word, tokens[place - 1].word if place else ""
    return word in _TO_A_TIME and not (word in {"in", "by"} and before in _WITH_IN)


def _merged(found: list[Clause], tokens: list[Token]) -> list[Clause]:
    """A full stop in the middle ("Call her. Thursday at two.") divides nothing."""
    kept: list[Clause] = []
    for one in found:
        words = [tokens[place].word for place in one.core.places]
        alone = bool(one.whens) and len(words) <= 1 and one.first in _covered(one, tokens)
        if kept and alone and not kept[-1].whens and one.fresh:
            whens = [*kept[-1].whens, *one.whens]
            kept[-1] = _clause(tokens, kept[-1].first, one.last, whens)
        else:
            kept.append(one)
    return kept


def _covered(one: Clause, tokens: list[Token]) -> set[int]:
    places = {place for found in one.whens for place in range(found.first, found.last)}
    if tokens[one.first].word in _TO_A_TIME and one.first + 1 in places:
        places.add(one.first)
    return places


def _hang(before: Clause, one: Clause) -> None:
    """What the clause before means for this one."""
    _conditions(before, one)
    if one.fresh:
        return
    ours = not is_theirs(one) and not _THEY.match(before.core.line)
    if ours and tells(one) and not tells(before):
        before.marks.add("told after")  # "the parts will come on Monday, I told him"
    one.governor = _governor(before, one)
    if one.governor:
        one.marks |= _told_how(one.governor)


def _conditions(before: Clause, one: Clause) -> None:
    wondering = bool(_WONDERING.search(before.core.line)) and not one.fresh
    if one.opener in _CONDITION and not wondering:
        one.marks.add("condition")
        if not one.fresh:
            before.marks.add("conditional")
    elif one.opener in {"if", "whether"}:
        one.marks.add("asked")
    perhaps = _PERHAPS.search(before.core.line) and one.opener == "that"
    hoped = _HOPING.search(before.core.line) and not (one.fresh or one.paused)
    if perhaps or hoped:
        one.marks.add("condition")
    if "condition" in before.marks and not tells(one) and _follows(one):
        one.marks.add("conditional")


def _governor(before: Clause, one: Clause) -> Clause | None:
    if tells(before) and one.opener not in {"and", "but", "so", "because"}:
        return before
    if one.opener in {"and", "plus", "or", "then", "also"} and before.governor:
        return before.governor
    goes_on = _GOES_ON.match(one.core.line) and _TOLD_US.search(before.core.line)
    return before if goes_on and not is_theirs(before) else None


def _told_how(governor: Clause) -> set[str]:
    """Marks for what was told: by them, long ago, or never."""
    marks = governor.marks & {"past"}
    line = governor.core.line
    if is_theirs(governor):
        marks.add("their words")
    if re.search(r"\b(?:did|had|was|were)\b", line):
        marks.add("past")
    if _DENIED.search(line):
        marks.add("condition")
    return marks


def _follows(one: Clause) -> bool:
    return not one.fresh and not re.match(rf"{OPEN}(?:told|said)\b", one.core.line)
