"""One suggestion for what was said twice, none for what was taken back."""

import re
from collections.abc import Iterable
from dataclasses import replace

from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.suggestion import Suggestion
from pwa.note_parser.vocabulary.verbs import DEEDS

Found = tuple[Clause, Suggestion]

_SMALL = frozenset(
    "the a an to her him them it for of and that this with over about on in by our their his my "
    "send get i we you out up back some all".split()
)
_TAKEN_BACK = compiled(r"""
    ^(?:(?:no|oh|and|but|wait|sorry|actually|so|or|well),? )*(?:scratch|forget|strike|ignore|
    cancel|delete|drop|skip) (?:that|it|what i (?:just )?said|the last (?:bit|one|1|part))\b
""")
# "... but she said don't bother", "Marc will do it actually".
_CALLED_OFF = compiled(r"""
    ^(?:(?:but|and|so|actually|then),? )*(?:(?:she|he|they) (?:said|says|told (?:me|
    us)) (?:that )?)?(?:(?:do not|not to) bother\b|(?:there 's )?no need\b(?! to (?:worry|
    call))|(?:leave|forget) it$|not necessary|(?:which )?(?:(?:i|we)(?: have)? )?(?:now |
    already |just |since )?(?:done|did)(?: (?:that|it))?(?: (?:now|already|since|while .*|
    on the spot|there and then))*$|(?!i\b|we\b|it\b)\w+ (?:will|'s going to|is going to) (?:do|
    send|handle|take) (?:it|that)(?: \w+)? (?:actually|instead|after all)$)
""")
_INSTEAD = compiled(r"""
    ^(?:(?:and|but|so|oh),? )*(?:no|sorry|or rather|i mean|wait|actually|correction),? (?:(?:no|
    sorry|i mean|wait|actually),? )*(?:(?:i|we) (?:will|am|are|would|have|need)\b|[a-z]+ (?:the|
    a|her|him|them|it)\b)
""")
_SOON = 120  # characters between what they asked for and what we said to it
_TO_HAVE = re.compile(r"^(?:to )?(?:see|have|get|receive|know) ")
_SHORTENED = {"'d": "would", "'ll": "will", "'s": "is"}
# "I'd check", "I'll come back to her": about what they asked, without naming it.
_ANSWERING = compiled(r"""
    (?i:(?:check|find out|look into|ask|see|clarify|confirm|text|email|message|(?:come|
    get) back|let \w+ know|tell)\b(?:(?: (?:and|to|with|her|him|them|back|come|get|tell|let|
    know))*)$)
""")
_OVERLAP = 20
_SHORT = 8  # words that may stand for "it"
_IT = re.compile(r"\b(?:it|them|those|these|that|one)\b(?! \w+ing\b)", re.I)
_MOST = 0.6
_KINDS_OF_DEEDS = frozenset({"promise", "booking"})


def deduplicate(note: Note, found: Iterable[Found]) -> list[Suggestion]:
    """The suggestions that stand, in the order in which they were said."""
    placed = sorted(
        _without_taken_up(list(found), note.transcript), key=lambda one: (one[0].first, one[1].kind)
    )
    kept: list[Suggestion] = []
    for one in _without_taken_back(note, placed):
        _add(kept, one)
    return sorted(kept, key=lambda one: (one.start, one.kind))


def _without_taken_up(found: list[Found], transcript: str) -> list[Found]:
    """Without what they asked for and we promised at once, and needs that are a mood as well."""
    rhythms = {clause.first for clause, one in found if one.kind == "cadence"}
    moods = {clause.first for clause, one in found if one.kind == "mood"}
    kept = [one for one in found if one[1].kind != "need" or one[0].first not in moods]
    kept = [one for one in kept if not _only_a_rhythm(*one, rhythms)]
    for asked in [one for _, one in kept if one.kind == "request" and not one.done]:
        taken = next((place for place, one in enumerate(kept) if _takes_up(one[1], asked)), None)
        if taken is None:
            continue
        clause, promise = kept[taken]
        if promise.kind == "promise" and _is_about(promise, asked):
            kept[taken] = clause, _said_in_full(promise, asked, transcript)
        kept = [one for one in kept if one[1] is not asked]
    return kept


def _only_a_rhythm(clause: Clause, one: Suggestion, rhythms: set[int]) -> bool:
    """ "We agreed to move to once a fortnight" is no deed to be done by a day."""
    return one.kind == "promise" and one.date is None and clause.first in rhythms


def _takes_up(one: Suggestion, asked: Suggestion) -> bool:
    """A promise soon after it, or a need in the same words."""
    if one.kind == "need":
        return one.start < asked.end and asked.start < one.end
    return one.kind == "promise" and -_OVERLAP < one.start - asked.end < _SOON


def _is_about(one: Suggestion, asked: Suggestion) -> bool:
    about = _IT.search(one.text) or _ANSWERING.match(one.text)
    return bool(about or _words(one.text) & _words(asked.text))


def _said_in_full(promise: Suggestion, asked: Suggestion, transcript: str) -> Suggestion:
    """ "Have it with him" of the price list: "have the price list with him"."""
    text = promise.text
    if (match := _IT.search(text)) and len(asked.text.split()) <= _SHORT:
        thing = _TO_HAVE.sub("", asked.text)
        rest = text[match.end() :]
        for short, full in _SHORTENED.items():
            rest = f" {full}{rest.removeprefix(short)}" if rest.startswith(short) else rest
        text = thing if thing.split()[0] in DEEDS else f"{text[: match.start()]}{thing}{rest}"
    elif _ANSWERING.match(text):
        text = f"{text}: {asked.text}"
    start = min(promise.start, asked.start)
    return replace(promise, text=text, start=start, words=transcript[start : promise.end])


def _without_taken_back(note: Note, placed: list[Found]) -> list[Suggestion]:
    by_clause: dict[int, list[Suggestion]] = {}
    for clause, one in placed:
        by_clause.setdefault(clause.first, []).append(one)
    said: list[int] = []  # the clauses that suggest something, so far
    for before, clause in zip([None, *note.clauses], note.clauses, strict=False):
        line = clause.line.line
        if _TAKEN_BACK.match(line) or _CALLED_OFF.match(line):
            by_clause.pop(clause.first, None)
            if said:
                by_clause.pop(said.pop(), None)
        elif before and _INSTEAD.match(line) and _deeds(by_clause, clause):
            rest = [
                one for one in by_clause.get(before.first, ()) if one.kind not in _KINDS_OF_DEEDS
            ]
            by_clause[before.first] = rest
        if clause.first in by_clause:
            said.append(clause.first)
    return [one for found in by_clause.values() for one in found]


def _deeds(by_clause: dict[int, list[Suggestion]], clause: Clause) -> bool:
    return any(one.kind in _KINDS_OF_DEEDS for one in by_clause.get(clause.first, ()))


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
    return alike(one.text, other.text)


def alike(one: str, other: str) -> bool:
    """Whether two lines tell of one thing: they share most words of the shorter."""
    mine, theirs = _words(one), _words(other)
    shared = len(mine & theirs)
    return shared > 0 and shared >= min(len(mine), len(theirs)) * _MOST


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _words(text: str) -> set[str]:
    words = set(re.findall(r"[^\W_]+", text.lower()))
    return (words - _SMALL) or words
