"""Bookings: the next contact, with a day or a time."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import (
    CALL,
    EVENT,
    VISIT,
    is_that_talk,
    kind_of_deed,
    kind_of_words,
)
from pwa.note_parser.clauses.speech_acts import OPEN, WE, Frame, bare_frame, frame_of, is_theirs
from pwa.note_parser.clauses.wishes import THEY_WANT, wished
from pwa.note_parser.dates.expressions import When, moment
from pwa.note_parser.finders import cadences, requests
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.suggestion import Suggestion
from pwa.note_parser.vocabulary.verbs import base_of

_EVENT_ALONE = compiled(rf"""
    {OPEN}(?:next (?:step|thing|up|date)(?: (?:with|for) \w+)? (?:is|'s) )?(?:(?:the|our|my|a|
    an|another|next|followup|1st|new|quick|short|proper|say|agreed|booked|1) )*(?P<event>
    (?!follow ?up on){EVENT}|(?<=next )1)(?: (?:with|at|on|to|about|for|in|over) \w+(?: (?!was|
    went)\w+){{0,3}}?)?(?: (?:is|'s|will be|has been|are))?(?: (?:then|booked|set|fixed|
    scheduled|planned|arranged|agreed|confirmed|pencilled|down|in the (?:diary|calendar)|on|in|
    for|again|now|moved|to|due))*(?: instead)?(?: (?:on|at|in|over|via|by|about|regarding|
    to (?:go|talk|discuss|look|see|walk|check|review|run|plan|agree|sort|show|start|get)|with|
    for|so)\b.*)?$
""")
_CONFIRMED = compiled(rf"""
    {OPEN}(?:is|'s|are) (?:confirmed|fixed|set|agreed|booked|good|fine|on) for (?:the|our|a|
    another) (?P<event>{EVENT})\b
""")
_ARRANGED = compiled(rf"""
    {OPEN}(?:(?:{WE}|she and i|he and i|let us|let 's|they)(?: have| 's)? )?(?:already )?
    (?:booked|scheduled|arranged|set up|set|agreed|fixed|pencilled|planned|put|made|confirmed|
    organized|settled|got|have|locked in|squeezed in|nailed down|moved|rescheduled|pushed|
    postponed|diarised|lined up|do|say|plan|arrange|book|schedule|fix|invited|promised|owe
    (?= \w+ (?:a|another) (?:call|visit|meeting)))\b(?P<rest>.*)$
""")
_A_DATE = r"(?:date|time|slot)(?= (?:with|to (?:meet|talk|speak|see))\b|,|$)"
_TOGETHER = compiled(rf"""
    {OPEN}(?:(?:we|i|let us|let 's|she and i|he and i) )?(?:(?:have |'s )?(?:agreed|arranged|
    decided|planned|said)(?: to| that we will| we will)? )?(?:will )?(?P<deed>(?:speak|talk|
    meet|catch up|touch base|chat|see each other|hear each other|hear from each other|
    see (?:her|him|them|you)|call|ring|be in touch|reconvene|regroup|do (?:a|another) )\b.*)$
""")
_AT_THEIRS = compiled(rf"""
    {OPEN}(?:i|we) (?:am|are) (?:back )?(?P<deed>(?:there|round|over there|onsite|on site|
    at (?:theirs|his|hers|their \w+)|with (?:her|him|them)|on with (?:her|him|them)|booked in|
    on)\b.*)$
""")
_AGREED = compiled(rf"""
    {OPEN}(?:(?:i|we|she and i) )?(?:have )?(?:agreed|settled|fixed|booked|are on|said|told
    (?: (?:her|him|them))?|made it|went for|go for|let 's say|pencilled|it is|(?:am|are) doing|
    (?:am|are) going (?:with|for))(?: (?:on|for|in|it|that|to|her|him|them|then))*$
""")
_IS_TIME = compiled(rf"""
    {OPEN}(?:(?:that|it)(?: (?:'s|is|will be|suits (?:her|him|them)))?|(?:she|he|they|
    we) (?:said|says|suggested|meant|thought|agreed(?: on)?|settled on))$
""")
_IN_DIARY = compiled(r"""
    \b(?:in|into) (?:the|my|our|both our|his|her|their) (?:diary|diaries|calendars?)\b|\b(?:is|
    's) (?:in|down) (?:for|to) (?:see|meet|visit|call)\b
""")
# "Weekly from now on, starting this Monday at nine."
_STARTS = re.compile(
    rf"{OPEN}(?:starting|beginning|kicking off|(?:the )?1st (?:1|call|1 is|call is|visit|meeting))"
    r"(?: (?:on|from|is|'s|over|by|at|in) ?(?:\w+(?: \w+)?)?)?$"
)
# "I'm in Leeds on the 23rd, so I'll drop in at two."
# "I'll check in every morning this week" is a rhythm.
_EVERY = re.compile(r"\b(?:every|each) (?:morning|afternoon|evening|day)\b")
_THERE = re.compile(
    rf"{OPEN}i (?:will be|am(?: going to be)?) (?:in|at|near|around|over|up|down)\b"
)
_THEN = re.compile(r"\b(?:then|that day|that morning|that afternoon)$")
_SUGGESTED = compiled(rf"""
    {OPEN}(?:she|he|they) (?:suggested|proposed|offered|said|asked for|can do)$
""")
_SUITS = compiled(rf"""
    {OPEN}(?:works|suits|is (?:good|fine|okay)|'s (?:good|fine|okay)) (?:for )?(?:both
    (?: of us)?|us both|(?:her|him|them) and me|me and (?:her|him|them)|all of us|everyone|
    everybody|(?:her|him|them) too|(?:her|him|them|us|me))$
""")
_WORKS = re.compile(
    r"\b(?:works|suits|fine|great|perfect|accepted|agreed|said (?:yes|sure|okay|great|fine))\b"
)
_BOOKED_IN = compiled(rf"""
    {OPEN}(?:(?:i|we) (?:am|are|'s) )?(?:booked in|pencilled in|down)(?: (?:with|to see|for) \w+
    (?: \w+)?)?$
""")
_STILL_TIMED = re.compile(
    rf"{OPEN}(?:it|that) (?:'s|is|will be) ?(?:now|then|again|set|on|back)?"
    r"(?: (?:on|over|via|by|at|same|with|to)\b.*)?$"
)
_MEETING = re.compile(rf"\b(?:{EVENT}|speak|meet|see|make it|make today|time|today 's)\b")
_NEXT_IS = re.compile(
    rf"{OPEN}(?:the |our )?next(?: 1| time)?(?: (?:is|'s|will be|we do|i do))?(?: then)?$"
)
_MAKE_IT = compiled(rf"""
    {OPEN}(?:she|he|they)(?: has| have| 's)? (?:asked|wants?|wanted|would like|prefers?|
    suggested|said)(?: (?:to|we))? make it\b
""")
_OFF = compiled(r"""
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


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """Every booking of the note with the clause that says it."""
    last: Frame | None = None
    for place, clause in enumerate(note.clauses):
        frame = last = _frame(clause, note.clauses[place - 1] if place else None, last)
        if {"condition", "conditional", "past"} & clause.marks or _beside(clause):
            continue
        kind = _kind_at(note, place, frame)
        if not kind:
            continue
        whens, until = _times(note, place)
        day, at = moment(whens, note.now, deadline=False)
        if _EVERY.search(clause.line.line):
            continue
        today = day == note.now.date() and not at
        if (day or at) and _says_when(clause, whens) and not _just_now(frame, today):
            yield (
                clause,
                suggestion_text.suggestion(note, clause, "booking", kind, day, at, until=until),
            )


def _kind_at(note: Note, place: int, frame: Frame | None) -> str | None:
    clause, before = note.clauses[place], note.clauses[max(0, place - 2) : place]
    kind = _kind(clause, before[-1] if before else None, frame) or _timed(clause, before)
    after = note.clauses[place + 1] if place + 1 < len(note.clauses) else None
    if kind or after is None or not (_SUGGESTED.match(clause.core.line) and clause.is_clocked):
        return kind
    return "call" if _WORKS.search(after.core.line) else None


def _times(note: Note, place: int) -> tuple[list[When], Clause | None]:
    """When it is, and the next clause where that says it."""
    clause = note.clauses[place]
    whens = clause.times
    before = note.clauses[place - 1] if place else None
    if not whens and before and _THEN.search(clause.core.line):
        whens = before.times
    if before and whens and not any(one.days for one in whens) and _THERE.match(before.core.line):
        whens = [*(one for one in before.times if one.days), *whens]
    for after in note.clauses[place + 1 : place + 2]:
        if after.whens and _only_time(after, whens):
            return after.times, after
    return whens, None


def _says_when(clause: Clause, whens: list[When]) -> bool:
    """A time without a day is no booking of a wish ("a call at eight") nor of a rhythm."""
    if any(one.days for one in whens):
        return True
    return not (THEY_WANT.match(clause.core.line) or cadences.stage_of(clause.line.line))


def _just_now(frame: Frame | None, today: bool) -> bool:
    """ "Call with Dana today": the call that this note is about."""
    return today and frame is None


def _beside(clause: Clause) -> bool:
    """ "... when I visit on the tenth": said beside something else."""
    return (
        clause.opener in {"when", "once", "after", "before", "until", "while"} and not clause.fresh
    )


def _only_time(after: Clause, whens: list[When]) -> bool:
    """ "... and that'll be Thursday at two", "..., she said the fifth at ten"."""
    said = _IS_TIME.match(after.core.line)
    return bool(said) and (not whens or any(one.days for one in after.whens))


def _frame(clause: Clause, before: Clause | None, last: Frame | None) -> Frame | None:
    found = frame_of(clause)
    if found:
        theirs = not found.who and before and not clause.fresh and is_theirs(before)
        return None if theirs and found.way in {"will", "must", "promised"} else found
    found = bare_frame(clause, "must")
    if (
        not found
        or found.word != found.verb
        or not (CALL.match(found.deed) or VISIT.match(found.deed))
    ):
        return None
    if re.match(
        r"(?:meet|call|visit|talk|chat|lunch)ing|(?:call|visit|talk|chat) (?:with|from|went|was)",
        found.deed,
    ):
        return None
    told = clause.opener == found.word  # ", call her back": to ourselves
    return found if clause.fresh or last or told or (before and not is_theirs(before)) else None


def _kind(clause: Clause, before: Clause | None, frame: Frame | None) -> str | None:
    line = clause.core.line
    if _OFF.search(line) or _INTERNAL.search(line):
        return None
    vague = frame and frame.way == "wish" and any(one.lead == "before" for one in clause.whens)
    if vague:
        return None  # "I want to see her before Christmas"
    if frame and frame.way != "present" and frame.deed != "do":
        ours = frame.who in {"", "i", "we"} and "asked" not in clause.marks
        told = clause.governor is not None and "their words" not in clause.marks
        allowed = told or frame.way != "would"
        return kind_of_deed(frame.deed) if ours and allowed else None
    if frame is None and clause.fresh and (begun := _BEGUN.match(line)):
        return kind_of_deed(base_of(begun["verb"]) + begun["rest"])  # "Calling her on Monday"
    present = frame is not None and "asked" not in clause.marks and kind_of_deed(frame.deed)
    wanted = before is not None and not clause.fresh and requests.wish(before, None)
    if wanted and _AGREED.match(line):
        return None  # "she wants the list, told her Monday at five"
    return present or wished(clause, before) or _arranged(clause)


def _timed(clause: Clause, before: list[Clause]) -> str | None:
    """ "So it's now Tuesday at ten", "starting this Monday": of a talk spoken of just before."""
    line, spoken = clause.core.line, " ".join(one.line.line for one in before)
    if not any(one.days for one in clause.whens) or _OFF.search(line):
        return None
    rhythm = any(cadences.stage_of(one.line.line) for one in before)
    if clause.is_clocked and is_that_talk(line, spoken):
        return kind_of_words(line, kind_of_words(spoken))
    starts = _STARTS.match(line) and (rhythm or " 1st " in f" {line}")
    if starts or (clause.is_clocked and _STILL_TIMED.match(line) and _MEETING.search(spoken)):
        return kind_of_words(line, kind_of_words(spoken))
    return None


def _arranged(clause: Clause) -> str | None:
    line = clause.core.line
    if match := _EVENT_ALONE.match(line) or _CONFIRMED.match(line):
        return kind_of_words(line, kind_of_words(match["event"]))
    if (match := _TOGETHER.match(line)) and (
        kind_of_deed(match["deed"]) or re.match("do|hear|reconvene|regroup", match["deed"])
    ):
        visit = match["deed"].startswith(("meet", "see"))
        return kind_of_words(line, "visit" if visit else "call")
    if match := _AT_THEIRS.match(line):
        return kind_of_words(
            line, "call" if match["deed"].startswith(("on with", "booked")) else "visit"
        )
    if (match := _ARRANGED.match(line)) and (
        event := re.search(rf"\b(?:{EVENT}\b(?! rooms?\b)|{_A_DATE})", match["rest"])
    ):
        return kind_of_words(line, kind_of_words(event.group()))
    if _IN_DIARY.search(line) or _BOOKED_IN.match(line):
        return kind_of_words(line)
    if _MAKE_IT.match(line) or _NEXT_IS.match(line):
        return kind_of_words(line, "call")
    clocked = any(one.clock for one in clause.whens)
    agreed = _AGREED.match(line) and (clocked or "agreed" in line)
    if agreed or (clause.is_clocked and _SUITS.match(line)):
        return kind_of_words(line, "call")
    return None
