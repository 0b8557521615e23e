"""A promise said in two goes: "I'll send it, she'll have it by Friday"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.speech_acts import OPEN
from pwa.note_parser.dates.resolution import resolve
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion

_NEAR = 3
# They get what was spoken of before: nothing new, but often the day.
HANDED = compiled(rf"""
    {OPEN}(?:(?:she|he|they|you|(?!i\b|we\b)\w+) (?:(?:will|would|can|should|must|wants? to|
    needs? to|has to|is going to|are going to|'s|is|are) )?(?:be )?(?:has|have|having|gets?|
    getting|receives?|sees?|hears?|hearing)(?: (?:it|them|that|those|these|this|1|everything|
    both|back|an answer|in (?:writing|hand|time)|from (?:me|us)|there|ready|then))+|(?:it|they|
    that|those|these|this|everything|both) (?:(?:will|would|should|must|needs to|has to) be|'s|
    is|are|'s going|is going|are going|will go|goes?)(?: (?:all|back|out|over|up|round|across|
    there|done|ready|sent|delivered|fixed|sorted|onsite|to (?:her|him|them)|with (?:her|him|
    them|you)|on (?:his|her|their|site|the)(?: \w+)?|in (?:his|her|their|the) \w+|from (?:me|
    us)|by \w+))+)$
""")
_TOLD = re.compile(
    rf"{OPEN}(?:i|we)(?: have)? (?:told|promised|said)(?: (?:her|him|them|it|to \w+|\w+))?$"
)
# Asking somebody, which is only half of it, and coming back with the answer.
_ENQUIRY = compiled(r"""
    (?:find out|look|check|ask|ring|call|phone|speak|talk|chase|investigate|see|clarify|follow|
    take|raise|have a (?:word|look|chat|dig)|dig|run|go through|work out|sort|get|price|cost)\b
""")
_BACK = compiled(r"""
    (?:(?:ring|call|phone) (?:her|him|them|\w+) back\b|(?:come|get|go|report|revert|write|ring|
    call|phone) back (?:to|with)\b|(?:come|get|report) back\b|let \w+ know\b|tell (?:her|him|
    them)\b|give (?:her|him|them) (?:an answer|a date|a price|an update|the answer)\b|confirm
    (?: (?:to|with|it|that|this)\b.*)?$|(?:update|show) (?:her|him|them)\b|answer(?: (?:her|him|
    them))?$|drop (?:her|him|them|\w+) (?:a|an|another) (?:line|text|message|note|mail|email)\b|
    (?:email|text|message|write)(?: to)? (?:her|him|them)\b)
""")
_COMING = re.compile(
    r"(?:come|go|pop|drop|swing|call|nip|get)(?: (?:in|by|over|out|round|down|up|back))*"
)
_THAT = re.compile(r"do (?:that|it|so)\b|(?:get|have) (?:(?:that|it) )?(?:done|sorted)\b")
_CARRY = compiled(r"""
    (?:get|send|bring|give|drop|hand|pass|put|forward|email|take|deliver|post|have|ship|run)
    (?: (?:her|him|them))? (?:it|them|that|those|1|the lot)\b
""")
_SKIPPED = HYPOTHETICAL | {Mark.PAST, Mark.REQUESTED}


@dataclass(slots=True)
class Made:
    """A promise of the clause at `place`; `action` begins with the verb in its base form."""

    place: int
    clause: Clause
    suggestion: Suggestion
    action: str = ""


def join(note: Note, made: Iterable[Made]) -> list[tuple[Clause, Suggestion]]:
    """The promises, each once, with the day that was said a breath later."""
    own: dict[int, list[Made]] = {}
    for promise in made:
        own.setdefault(promise.place, []).append(promise)
    kept: list[Made] = []
    for place, clause in enumerate(note.clauses):
        here = own.get(place, [])
        now = here[0] if here else None
        last = kept[-1] if kept and place - kept[-1].place <= _NEAR else None
        joined = _joined(note, last, now, place, clause) if last and len(here) < 2 else None
        if joined:
            kept[-1] = joined
        else:
            kept += here
    return [(promise.clause, promise.suggestion) for promise in kept]


def _joined(note: Note, last: Made, now: Made | None, place: int, clause: Clause) -> Made | None:
    if clause.marks & _SKIPPED:
        return None
    told = now is None and _TOLD.match(clause.core.line)
    later = told or HANDED.match(clause.core.line) or (now and _THAT.match(now.action))
    day, at = resolve(clause.times, note.now, deadline=True)
    if not later:
        return _both(note, last, now) if now and _completes(last.action, now.action) else None
    if not (day or now):
        return None
    before = last.suggestion
    if before.date and day and day < before.date:
        return None
    end = max(before.end, note.span(clause.first, clause.last)[1])
    longer = replace(
        before,
        end=end,
        words=note.transcript[before.start : end],
        date=day or before.date,  # of "draft it on Sunday, she gets it Monday" they know the Monday
        time=before.time or at,
    )
    return replace(last, place=place, suggestion=longer)


def _completes(action: str, more: str) -> bool:
    return bool(
        _COMING.fullmatch(action)
        or (_ENQUIRY.match(action) and _BACK.match(more))
        or _CARRY.match(more)
    )


def _both(note: Note, last: Made, now: Made) -> Made | None:
    first, second = last.suggestion, now.suggestion
    if first.date and second.date and first.date != second.date:
        return None
    whole = replace(
        first,
        text=f"{first.text} and {second.text}",
        end=max(first.end, second.end),
        words=note.transcript[first.start : max(first.end, second.end)],
        date=first.date or second.date,
        time=first.time or second.time,
    )
    return Made(now.place, last.clause, whole, now.action)
