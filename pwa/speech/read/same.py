"""One suggestion for what was said twice, none for what was taken back."""

import re
from collections.abc import Iterable

from pwa.speech.read.clauses import Clause
from pwa.speech.read.note import Note
from pwa.speech.read.suggestion import Suggestion

Found = tuple[Clause, Suggestion]

_SMALL = frozenset(
    "the a an to her him them it for of and that this with over about on in by our their his my "
    "send get i we you out up back some all".split()
)
_TAKEN_BACK = re.compile(
    r"^(?:(?:no|oh|and|but|wait|sorry|actually|so|or|well),? )*(?:scratch|forget|strike|ignore|cancel|"
    r"delete|drop|skip) (?:that|it|what i (?:just )?said|the last (?:bit|one|1|part))\b"
)
_INSTEAD = re.compile(
    r"^(?:(?:and|but|so|oh),? )*(?:no|sorry|or rather|i mean|wait|actually|correction),? "
    r"(?:(?:no|sorry|i mean|wait|actually),? )*(?:(?:i|we) (?:will|am|are|would|have|need)\b|[a-z]+ (?:the|a|her|him|them|it)\b)"
)
_DEEDS = frozenset({"promise", "booking"})


def settle(note: Note, found: Iterable[Found]) -> list[Suggestion]:
    """The suggestions that stand, in the order in which they were said."""
    placed = sorted(found, key=lambda one: (one[0].first, one[1].kind))
    kept: list[Suggestion] = []
    for one in _without_taken_back(note, placed):
        _add(kept, one)
    return sorted(kept, key=lambda one: (one.start, one.kind))


def _without_taken_back(note: Note, placed: list[Found]) -> list[Suggestion]:
    gone: set[int] = set()
    order = {id(clause): place for place, clause in enumerate(note.clauses)}
    for place, clause in enumerate(note.clauses):
        if _TAKEN_BACK.match(clause.line.line):
            earlier = [order[id(c)] for c, _ in placed if order[id(c)] < place]
            gone.update({max(earlier), place} if earlier else {place})
        elif _INSTEAD.match(clause.line.line) and place:
            gone.update(
                order[id(c)]
                for c, s in placed
                if order[id(c)] == place - 1 and s.kind in _DEEDS and _redone(clause, placed)
            )
    return [one for clause, one in placed if order[id(clause)] not in gone]


def _redone(clause: Clause, placed: list[Found]) -> bool:
    return any(other is clause and one.kind in _DEEDS for other, one in placed)


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
