"""One suggestion for what was said twice, none for what was taken back."""

import re
from collections.abc import Iterable

from pwa.speech.read.clauses import Clause
from pwa.speech.read.note import Note
from pwa.speech.read.suggestion import Suggestion
from pwa.speech.read.writing import compiled

Found = tuple[Clause, Suggestion]

_SMALL = frozenset(
    "the a an to her him them it for of and that this with over about on in by our their his my "
    "send get i we you out up back some all".split()
)
_TAKEN_BACK = compiled(r"""
    ^(?:(?:no|oh|and|but|wait|sorry|actually|so|or|well),? )*(?:scratch|forget|strike|ignore|
    cancel|delete|drop|skip) (?:that|it|what i (?:just )?said|the last (?:bit|one|1|part))\b
""")
_INSTEAD = compiled(r"""
    ^(?:(?:and|but|so|oh),? )*(?:no|sorry|or rather|i mean|wait|actually|correction),? (?:(?:no|
    sorry|i mean|wait|actually),? )*(?:(?:i|we) (?:will|am|are|would|have|need)\b|[a-z]+ (?:the|
    a|her|him|them|it)\b)
""")
_DEEDS = frozenset({"promise", "booking"})


def settle(note: Note, found: Iterable[Found]) -> list[Suggestion]:
    """The suggestions that stand, in the order in which they were said."""
    placed = sorted(found, key=lambda one: (one[0].first, one[1].kind))
    kept: list[Suggestion] = []
    for one in _without_taken_back(note, placed):
        _add(kept, one)
    return sorted(kept, key=lambda one: (one.start, one.kind))


def _without_taken_back(note: Note, placed: list[Found]) -> list[Suggestion]:
    by_clause: dict[int, list[Suggestion]] = {}
    for clause, one in placed:
        by_clause.setdefault(clause.first, []).append(one)
    said: list[int] = []  # the clauses that suggest something, so far
    for before, clause in zip([None, *note.clauses], note.clauses, strict=False):
        line = clause.line.line
        if _TAKEN_BACK.match(line):
            by_clause.pop(clause.first, None)
            if said:
                by_clause.pop(said.pop(), None)
        elif before and _INSTEAD.match(line) and _deeds(by_clause, clause):
            rest = [one for one in by_clause.get(before.first, ()) if one.kind not in _DEEDS]
            by_clause[before.first] = rest
        if clause.first in by_clause:
            said.append(clause.first)
    return [one for found in by_clause.values() for one in found]


def _deeds(by_clause: dict[int, list[Suggestion]], clause: Clause) -> bool:
    return any(one.kind in _DEEDS for one in by_clause.get(clause.first, ()))


def _add(kept: list[Suggestion], one: Suggestion) -> None:
    for place in range(len(kept) - 1, max(len(kept) - 13, -1), -1):
        if _same(kept[place], one):
            kept[place] = _fuller(kept[place], one)
            return
    kept.append(one)


def _fuller(first: Suggestion, second: Suggestion) -> Suggestion:
    told = (first.date is not None) + (first.time is not None)
    return second if (second.date is not None) + (second.time is not None) > told else first


def _same(one: Suggestion, other: Suggestion) -> bool:
    if one.kind != other.kind or one.value != other.value:
        return one.kind == other.kind == "cadence"
    if one.kind == "booking":
        return _agree(one.date, other.date) and _agree(one.time, other.time)
    if one.kind in {"cadence", "preference", "mood"}:
        return True
    if one.done != other.done or not _agree(one.date, other.date):
        return False
    mine, theirs = _words(one.text), _words(other.text)
    shared = len(mine & theirs)
    return shared > 0 and shared >= min(len(mine), len(theirs)) * 0.6


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _words(text: str) -> set[str]:
    words = set(re.findall(r"[^\W_]+", text.lower()))
    return (words - _SMALL) or words
