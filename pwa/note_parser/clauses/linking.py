"""Links the clauses of a note: marks and governors that follow from their neighbours."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.speech_acts import OPEN, has_their_subject, is_reporting
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import Mark

CONDITIONALS = frozenset("if unless".split())
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


def link(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, at least one, with their marks and governors."""
    previous = clauses[0]
    if previous.opener in CONDITIONALS:
        previous = _marked(previous, {Mark.UNCERTAIN})
    linked: list[Clause] = []
    for clause in clauses[1:]:
        previous = _marked(previous, _marks_from_following(previous, clause))
        linked.append(previous)
        previous = _depending_on(previous, clause)
    return [*linked, previous]


def _marked(clause: Clause, marks: Set[Mark]) -> Clause:
    return replace(clause, marks=clause.marks | marks) if marks else clause


def _marks_from_following(clause: Clause, following: Clause) -> set[Mark]:
    """The marks of a clause that its successor decides; none across a full stop."""
    marks: set[Mark] = set()
    if following.fresh:
        return marks
    if following.opener in CONDITIONALS and not _is_wondering(clause):
        marks.add(Mark.CONDITIONAL)
    ours = not has_their_subject(following) and not _THEY.match(clause.core.line)
    if ours and is_reporting(following) and not is_reporting(clause):
        marks.add(Mark.REPORTED_AFTER)  # "the parts will come on Monday, I told him"
    return marks


def _depending_on(before: Clause, clause: Clause) -> Clause:
    """The clause with the marks and the governor that the clause before it decides."""
    marks = _condition_marks(before, clause)
    governor = None if clause.fresh else _governor(before, clause)
    if governor:
        marks |= _marks_of_reported(governor)
    if not marks and governor is None:
        return clause
    return replace(clause, marks=clause.marks | marks, governor=governor)


def _condition_marks(before: Clause, clause: Clause) -> set[Mark]:
    marks: set[Mark] = set()
    if clause.opener in CONDITIONALS and (clause.fresh or not _is_wondering(before)):
        marks.add(Mark.UNCERTAIN)
    elif clause.opener in {"if", "whether"}:
        marks.add(Mark.REQUESTED)
    perhaps = _PERHAPS.search(before.core.line) and clause.opener == "that"
    hoped = _HOPING.search(before.core.line) and not (clause.fresh or clause.paused)
    if perhaps or hoped:
        marks.add(Mark.UNCERTAIN)
    if Mark.UNCERTAIN in before.marks and not is_reporting(clause) and _continues(clause):
        marks.add(Mark.CONDITIONAL)
    return marks


def _is_wondering(clause: Clause) -> bool:
    """Whether it introduces an indirect question: "she asked / if"."""
    return bool(_WONDERING.search(clause.core.line))


def _governor(before: Clause, clause: Clause) -> Clause | None:
    """The reporting clause that this one depends on."""
    if is_reporting(before) and clause.opener not in {"and", "but", "so", "because"}:
        return before
    if clause.opener in {"and", "plus", "or", "then", "also"} and before.governor:
        return before.governor
    continues = _GOES_ON.match(clause.core.line) and _TOLD_US.search(before.core.line)
    return before if continues and not has_their_subject(before) else None


def _marks_of_reported(governor: Clause) -> set[Mark]:
    """Marks of reported speech: quoted from the client, past, or never said."""
    marks = set(governor.marks & {Mark.PAST})
    line = governor.core.line
    if has_their_subject(governor):
        marks.add(Mark.QUOTED)
    if re.search(r"\b(?:did|had|was|were)\b", line):
        marks.add(Mark.PAST)
    if _DENIED.search(line):
        marks.add(Mark.UNCERTAIN)
    return marks


def _continues(clause: Clause) -> bool:
    return not clause.fresh and not re.match(rf"{OPEN}(?:told|said)\b", clause.core.line)
