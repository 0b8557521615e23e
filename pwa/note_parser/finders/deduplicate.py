"""Deduplicates suggestions: once for what was said twice, none for what was taken back."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.suggestion import Suggestion
from pwa.note_parser.vocabulary.verbs import ACTION_VERBS


class Match(NamedTuple):
    """A suggestion with the clause it was read from."""

    clause: Clause
    suggestion: Suggestion


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
_ACTION_KINDS = frozenset({"promise", "booking"})


def deduplicate(note: Note, matches: Iterable[Match]) -> list[Suggestion]:
    """The suggestions that stand, in the order of the transcript."""
    merged = _merge_requests(_without_side_effects(list(matches)), note.transcript)
    placed = sorted(merged, key=lambda match: (match.clause.first, match.suggestion.kind))
    kept: list[Suggestion] = []
    for suggestion in _without_taken_back(note, placed):
        _add(kept, suggestion)
    return sorted(kept, key=lambda suggestion: (suggestion.start, suggestion.kind))


def _without_side_effects(matches: list[Match]) -> list[Match]:
    """Without needs that are a mood as well, and promises that only agree on a cadence."""
    cadences = {match.clause.first for match in matches if match.suggestion.kind == "cadence"}
    moods = {match.clause.first for match in matches if match.suggestion.kind == "mood"}
    return [
        match
        for match in matches
        if not (match.suggestion.kind == "need" and match.clause.first in moods)
        and not _is_only_cadence(match.clause, match.suggestion, cadences)
    ]


def _merge_requests(matches: list[Match], transcript: str) -> list[Match]:
    """Without requests that we promised to meet at once; that promise then names their object."""
    kept = matches
    requests = [m.suggestion for m in kept if m.suggestion.kind == "request"]
    for request in [request for request in requests if not request.done]:
        places = (n for n, match in enumerate(kept) if _takes_up(match.suggestion, request))
        place = next(places, None)
        if place is None:
            continue
        clause, promise = kept[place]
        if promise.kind == "promise" and _is_about(promise, request):
            kept[place] = Match(clause, _with_object(promise, request, transcript))
        kept = [match for match in kept if match.suggestion is not request]
    return kept


def _is_only_cadence(clause: Clause, suggestion: Suggestion, cadences: set[int]) -> bool:
    """ "We agreed to move to once a fortnight" is no action to be done by a day."""
    return suggestion.kind == "promise" and suggestion.date is None and clause.first in cadences


def _takes_up(suggestion: Suggestion, request: Suggestion) -> bool:
    """A promise soon after it, or a need in the same words."""
    if suggestion.kind == "need":
        return suggestion.start < request.end and request.start < suggestion.end
    return suggestion.kind == "promise" and -_OVERLAP < suggestion.start - request.end < _SOON


def _is_about(suggestion: Suggestion, request: Suggestion) -> bool:
    about = _IT.search(suggestion.text) or _ANSWERING.match(suggestion.text)
    return bool(about or _words(suggestion.text) & _words(request.text))


def _with_object(promise: Suggestion, request: Suggestion, transcript: str) -> Suggestion:
    """ "Have it with him" of the price list: "have the price list with him"."""
    text = promise.text
    if (match := _IT.search(text)) and len(request.text.split()) <= _SHORT:
        thing = _TO_HAVE.sub("", request.text)
        rest = text[match.end() :]
        for short, full in _SHORTENED.items():
            rest = f" {full}{rest.removeprefix(short)}" if rest.startswith(short) else rest
        text = (
            thing if thing.split()[0] in ACTION_VERBS else f"{text[: match.start()]}{thing}{rest}"
        )
    elif _ANSWERING.match(text):
        text = f"{text}: {request.text}"
    start = min(promise.start, request.start)
    return replace(promise, text=text, start=start, words=transcript[start : promise.end])


def _without_taken_back(note: Note, placed: list[Match]) -> list[Suggestion]:
    by_clause: dict[int, list[Suggestion]] = {}
    for match in placed:
        by_clause.setdefault(match.clause.first, []).append(match.suggestion)
    suggesting: list[int] = []  # the clauses that suggest something, so far
    for before, clause in zip([None, *note.clauses], note.clauses, strict=False):
        line = clause.line.line
        if _TAKEN_BACK.match(line) or _CALLED_OFF.match(line):
            by_clause.pop(clause.first, None)
            if suggesting:
                by_clause.pop(suggesting.pop(), None)
        elif before and _INSTEAD.match(line) and _has_action(by_clause, clause):
            earlier = by_clause.get(before.first, ())
            by_clause[before.first] = [s for s in earlier if s.kind not in _ACTION_KINDS]
        if clause.first in by_clause:
            suggesting.append(clause.first)
    return [suggestion for suggestions in by_clause.values() for suggestion in suggestions]


def _has_action(by_clause: dict[int, list[Suggestion]], clause: Clause) -> bool:
    return any(suggestion.kind in _ACTION_KINDS for suggestion in by_clause.get(clause.first, ()))


def _add(kept: list[Suggestion], suggestion: Suggestion) -> None:
    for place in range(len(kept) - 1, max(len(kept) - 13, -1), -1):
        if _same(kept[place], suggestion):
            kept[place] = _fuller(kept[place], suggestion)
            return
    kept.append(suggestion)


def _fuller(first: Suggestion, second: Suggestion) -> Suggestion:
    dated = (first.date is not None) + (first.time is not None)
    return second if (second.date is not None) + (second.time is not None) > dated else first


def _same(first: Suggestion, second: Suggestion) -> bool:
    if first.kind != second.kind or first.value != second.value:
        return first.kind == second.kind == "cadence"
    if first.kind == "booking":
        return _agree(first.date, second.date) and _agree(first.time, second.time)
    if first.kind in {"cadence", "preference", "mood"}:
        return True
    if first.done != second.done or not _agree(first.date, second.date):
        return False
    return alike(first.text, second.text)


def alike(first: str, second: str) -> bool:
    """Whether two lines tell of one thing: they share most words of the shorter."""
    mine, theirs = _words(first), _words(second)
    shared = len(mine & theirs)
    return shared > 0 and shared >= min(len(mine), len(theirs)) * _MOST


def _agree(first: object, second: object) -> bool:
    return first is None or second is None or first == second


def _words(text: str) -> set[str]:
    words = set(re.findall(r"[^\W_]+", text.lower()))
    return (words - _SMALL) or words
