"""Finds bookings: the next contact, with a day or a time."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.arrangements import AGREED, arranged_contact
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import (
    CALL,
    EVENT,
    VISIT,
    contact_kind,
    named_contact_kind,
    refers_to_contact,
)
from pwa.note_parser.clauses.speech_acts import (
    OPEN,
    Frame,
    bare_frame,
    frame_of,
    has_their_subject,
)
from pwa.note_parser.clauses.wishes import THEY_WANT, wished_contact
from pwa.note_parser.dates.resolution import resolve
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.finders import cadences, requests
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion
from pwa.note_parser.vocabulary.verbs import base_of

_IS_TIME = compiled(rf"""
    {OPEN}(?:(?:that|it)(?: (?:'s|is|will be|suits (?:her|him|them)))?|(?:she|he|they|
    we) (?:said|says|suggested|meant|thought|agreed(?: on)?|settled on))$
""")
# "Weekly from now on, starting this Monday at nine."
_STARTS = re.compile(
    rf"{OPEN}(?:starting|beginning|kicking off|(?:the )?1st (?:1|call|1 is|call is|visit|meeting))"
    r"(?: (?:on|from|is|'s|over|by|at|in) ?(?:\w+(?: \w+)?)?)?$"
)
# "I'm in Leeds on the 23rd, so I'll drop in at two."
# "I'll check in every morning this week" is a cadence.
_EVERY = re.compile(r"\b(?:every|each) (?:morning|afternoon|evening|day)\b")
_THERE = re.compile(
    rf"{OPEN}i (?:will be|am(?: going to be)?) (?:in|at|near|around|over|up|down)\b"
)
_THEN = re.compile(r"\b(?:then|that day|that morning|that afternoon)$")
_SUGGESTED = compiled(rf"""
    {OPEN}(?:she|he|they) (?:suggested|proposed|offered|said|asked for|can do)$
""")
_WORKS = re.compile(
    r"\b(?:works|suits|fine|great|perfect|accepted|agreed|said (?:yes|sure|okay|great|fine))\b"
)
_STILL_TIMED = re.compile(
    rf"{OPEN}(?:it|that) (?:'s|is|will be) ?(?:now|then|again|set|on|back)?"
    r"(?: (?:on|over|via|by|at|same|with|to)\b.*)?$"
)
_MEETING = re.compile(rf"\b(?:{EVENT}|speak|meet|see|make it|make today|time|today 's)\b")
_NOT_BOOKED = compiled(r"""
    \b(?:not|never|no|cancelled|canceled|(?<!kick )off|was|were|had|went|spoke|met|rang|been|
    missed|saw|might|maybe|perhaps|internal|board|cancel|called|visited|would have (?!an?\b|
    another\b|our\b|the\b)|discussed|unavailable|busy)\b
""")
_INTERNAL = compiled(rf"""
    \b(?:their|her|his|board|internal|staff) (?:(?!an? |another )\w+ ){{0,2}}?{EVENT}\b|
    \bwith (?:his|her|their) (?!again|then|about|at|on|in|to|over|for|and|next|back|via|there)
    \w+
""")


_BEGUN = compiled(r"""
    ^(?:(?:and|so|then|also|okay|now|right) )*(?P<verb>calling|ringing|phoning|speaking|talking|
    seeing|visiting|meeting|catching|checking|touching|popping|dropping|going|driving)\b
    (?P<rest>.*)$
""")
# "Calling", "call from": no verb in its base form.
_IS_NOUN = re.compile(
    r"(?:meet|call|visit|talk|chat|lunch)ing|(?:call|visit|talk|chat) (?:with|from|went|was)"
)
_SKIPPED = HYPOTHETICAL | {Mark.PAST}


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The bookings of the note, each with its clause."""
    last: Frame | None = None
    for place, clause in enumerate(note.clauses):
        frame = last = _frame(clause, note.clause_before(place), last)
        if clause.marks & _SKIPPED or _is_subordinate(clause):
            continue
        kind = _contact_kind_at(note, place, frame)
        if not kind:
            continue
        expressions, until = _times(note, place)
        day, at = resolve(expressions, note.now, deadline=False)
        if _EVERY.search(clause.line.line):
            continue
        today = day == note.now.date() and not at
        if (day or at) and _is_dated(clause, expressions) and not _is_this_call(frame, today):
            yield (
                clause,
                suggestion_text.make_suggestion(
                    note, clause, "booking", kind, day, at, until=until
                ),
            )


def _contact_kind_at(note: Note, place: int, frame: Frame | None) -> str | None:
    clause, before = note.clauses[place], note.clauses[max(0, place - 2) : place]
    kind = _booked_kind(clause, before[-1] if before else None, frame) or _restated_kind(
        clause, before
    )
    after = note.clause_after(place)
    if kind or after is None or not (_SUGGESTED.match(clause.core.line) and clause.is_clocked):
        return kind
    return "call" if _WORKS.search(after.core.line) else None


def _times(note: Note, place: int) -> tuple[list[TimeExpression], Clause | None]:
    """The times of the booking, and the next clause where they come from that clause."""
    clause = note.clauses[place]
    expressions = clause.times
    before = note.clause_before(place)
    if not expressions and before and _THEN.search(clause.core.line):
        expressions = before.times
    if (
        before
        and expressions
        and not any(expression.days for expression in expressions)
        and _THERE.match(before.core.line)
    ):
        days_before = [expression for expression in before.times if expression.days]
        expressions = [*days_before, *expressions]
    for after in note.clauses[place + 1 : place + 2]:
        if after.expressions and _states_time(after, expressions):
            return after.times, after
    return expressions, None


def _is_dated(clause: Clause, expressions: list[TimeExpression]) -> bool:
    """Whether the times make a booking; a clock time alone does not for a wish or a cadence."""
    if any(expression.days for expression in expressions):
        return True
    return not (THEY_WANT.match(clause.core.line) or cadences.stage_of(clause.line.line))


def _is_this_call(frame: Frame | None, today: bool) -> bool:
    """Whether it is the call that the note is about: "call with Dana today"."""
    return today and frame is None


def _is_subordinate(clause: Clause) -> bool:
    """Whether another statement is the main clause: "... when I visit on the tenth"."""
    return (
        clause.opener in {"when", "once", "after", "before", "until", "while"} and not clause.fresh
    )


def _states_time(after: Clause, expressions: list[TimeExpression]) -> bool:
    """Whether it adds only the time: "... and that'll be Thursday at two"."""
    is_time = _IS_TIME.match(after.core.line)
    return bool(is_time) and (not expressions or after.has_day)


def _frame(clause: Clause, before: Clause | None, last: Frame | None) -> Frame | None:
    """The frame of this clause, where its subject is not the client."""
    if frame := frame_of(clause):
        theirs = not frame.subject and before and not clause.fresh and has_their_subject(before)
        return None if theirs and frame.modality in {"will", "must", "promised"} else frame
    frame = bare_frame(clause, "must")
    if (
        not frame
        or frame.verb_form != frame.verb
        or not (CALL.match(frame.action) or VISIT.match(frame.action))
        or _IS_NOUN.match(frame.action)
    ):
        return None
    to_ourselves = clause.opener == frame.verb_form  # ", call her back"
    ours = clause.fresh or last or to_ourselves or (before and not has_their_subject(before))
    return frame if ours else None


def _booked_kind(clause: Clause, before: Clause | None, frame: Frame | None) -> str | None:
    line = clause.core.line
    if _NOT_BOOKED.search(line) or _INTERNAL.search(line):
        return None
    vague = (
        frame
        and frame.modality == "wish"
        and any(expression.preposition == "before" for expression in clause.expressions)
    )
    if vague:
        return None  # "I want to see her before Christmas"
    if frame and frame.modality != "present" and frame.action != "do":
        ours = frame.subject in {"", "i", "we"} and Mark.REQUESTED not in clause.marks
        told = clause.is_told_by_us
        allowed = told or frame.modality != "would"
        return contact_kind(frame.action) if ours and allowed else None
    if frame is None and clause.fresh and (begun := _BEGUN.match(line)):
        return contact_kind(base_of(begun["verb"]) + begun["rest"])  # "Calling her on Monday"
    present = (
        frame is not None and Mark.REQUESTED not in clause.marks and contact_kind(frame.action)
    )
    wanted = before is not None and not clause.fresh and requests.locate_request(before, None)
    if wanted and AGREED.match(line):
        return None  # "she wants the list, told her Monday at five"
    return present or wished_contact(clause, before) or arranged_contact(clause)


def _restated_kind(clause: Clause, before: list[Clause]) -> str | None:
    """The contact mentioned before, for a clause with only its time: "so now Tuesday at ten"."""
    line, context = clause.core.line, " ".join(previous.line.line for previous in before)
    if not clause.has_day or _NOT_BOOKED.search(line):
        return None
    has_cadence = any(cadences.stage_of(previous.line.line) for previous in before)
    if clause.is_clocked and refers_to_contact(line, context):
        return named_contact_kind(line, named_contact_kind(context))
    starts = _STARTS.match(line) and (has_cadence or " 1st " in f" {line}")
    if starts or (clause.is_clocked and _STILL_TIMED.match(line) and _MEETING.search(context)):
        return named_contact_kind(line, named_contact_kind(context))
    return None
