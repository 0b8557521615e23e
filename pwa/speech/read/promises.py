"""Promises: what we said we would do for them, and by when (R17)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pwa.speech.read import answers, texts
from pwa.speech.read.clauses import Clause
from pwa.speech.read.contact import EVENT, kind_of_deed
from pwa.speech.read.frames import OPEN, Frame, bare_frame, frame_of, is_theirs, tells
from pwa.speech.read.note import Note
from pwa.speech.read.suggestion import Suggestion
from pwa.speech.read.verbs import DEEDS, NO_DEEDS
from pwa.speech.read.when import When, moment

THINGS = (
    r"(?:quote|quotation|offer|proposal|contract|agreement|invoice|credit note|credit|refund|"
    r"figures|numbers|report|drawing|drawings|update|answer|price|prices|price list|list|plan|"
    r"schedule|summary|details|information|info|documents|documentation|paperwork|manual|spec|"
    r"specs|specification|data sheet|sample|samples|parts?|replacement|switch|switches|engineer|"
    r"technician|delivery|order|shipment|estimate|draft|file|files|link|access|login|slides|"
    r"presentation|certificate|minutes|recap|feedback|response|date|dates|it|them|something|one|1|"
    r"everything|confirmation|new \w+|[0-9]+ \w+)"
)
_GETTING = re.compile(
    rf"{OPEN}(?:she|he|they|you|\w+)(?: and \w+)? (?:will|would|can|are going to|is going to|'s "
    rf"going to|should) (?:be )?(?P<deed>(?P<verb>have|get|receive|hear|see|getting|hearing|"
    rf"receiving|having)\b(?P<rest>.*))$"
)
_GETS = re.compile(
    rf"{OPEN}(?:she|he|they) (?P<deed>(?:gets?|receives?|has)(?: (?:the|a|an|her|his|their|all|new|\w+))"
    rf"{{0,3}}? {THINGS}\b(?! (?:back|to|from (?!us))).*)$"
)
_BACK_TO_US = re.compile(
    r"\b(?:to|for|with) (?:me|us)\b|^ (?:me|us)\b|\bback\b|\bready\b|\bfrom (?!me|us|our)\w+"
)
_THING = re.compile(
    rf"^(?: (?:back|from|the|a|an|her|his|their|our|my|that|this|all|new|full|final|\w+))* {THINGS}\b"
)
_ARRIVES = re.compile(
    rf"{OPEN}(?P<deed>(?:the|our|a|his|her|their|it|that|this|everything)(?: \w+){{0,3}}? "
    rf"(?:will|would|'s going to|is going to) be (?:with (?:her|him|them|you)|there|sent|delivered|"
    rf"fixed|done|ready|replaced|repaired|installed|sorted|shipped|on (?:its|the) way|(?:in|on) (?:her|his|"
    rf"their) \w+|credited|paid|corrected|finished)\b.*)$"
)
_ARRANGED = re.compile(
    rf"{OPEN}(?:i|we) (?:have )?(?P<deed>(?:booked|arranged|organized|scheduled|ordered) (?:the|an?|"
    r"our|1|another|in the) (?:\w+ )?(?:engineer|technician|fitter|installer|delivery|courier|electrician|"
    r"driver|replacement|pick ?up|collection|van|crew|team)\b.*)$"
)
_TO_BE = re.compile(
    rf"{OPEN}(?:the |our )?(?P<deed>\w+(?: \w+)?(?: is| are)? to (?:be (?:sent|delivered|fixed|replaced|"
    r"ordered|installed|corrected|repaired|emailed|confirmed)|go out|go to (?:her|him|them))\b.*)$"
)
_WHAT_WE_PROMISED = re.compile(
    rf"{OPEN}what (?:i|we)(?: have)? promised(?: (?:her|him|them))? (?:is|was|'s) (?P<deed>(?!to\b|that\b)\w.*)$"
)
_WOULD_BE = re.compile(
    rf"{OPEN}(?:the |our )?(?P<deed>\w+(?: \w+)? would (?:be|arrive|come|follow|go out)(?: there)?)$"
)
_WILL_COME = re.compile(
    rf"{OPEN}(?P<deed>(?:the|our|a|his|her|their|it|new) ?(?:\w+ ){{0,3}}?(?:(?:will|would) (?:arrive|come|go out|"
    rf"be delivered|get there|follow)|goes out|is going out|ships|leaves)\b.*)$"
)
_EVENT_FIRST = re.compile(rf"\bpromised (?:her|him|them|\w+) (?:a|another) (?:\w+ )?{EVENT}$")
_OWED = re.compile(
    rf"{OPEN}(?:(?:i|we) )?(?:still )?(?P<deed>owe (?:her|him|them|\w+)(?: still)? .+)$"
)
_PROMISED_THING = re.compile(
    rf"{OPEN}(?:(?:i|we)(?: have)? )?(?:(?:promised|guaranteed)(?: to(?= (?:her|him|them)\b))?|"
    rf"committed to(?= (?:an?|the) ))(?: (?:her|him|them|(?!to\b|the\b|a\b)"
    rf"\w+))? (?P<deed>(?!that\b|to\b|nothing\b|i\b|we\b|not\b)\w.*)$"
)
_DOUBT = re.compile(
    r"\b(?:maybe|perhaps|might|possibly|not|never|nothing|wonder|in theory|theoretically|no longer|"
    r"if (?:possible|needed|necessary|all)|supposedly|either way|if)\b"
)
_MAYBE = re.compile(r"\b(?:maybe|perhaps|might|possibly|in theory|theoretically)\b")
_LOOKING = re.compile(
    r"^(?:check|find out|ask|clarify|look|test|confirm|verify|investigate|let|tell|see|work out)\b.*?"
    r"\b(?:if|whether)\b.*$"
)
_NOW = re.compile(r"\b(?:right now|right away|straight away|immediately|at once|now)\b")
_LET_KNOW = re.compile(r"let (?!you\b|me\b|us\b)(?:her|him|them|\w+) know\b")
# Verbs that need no object.
_ALONE = frozenset("deliver install ship reply answer start apologise apologize chase".split())
_ADDING = frozenset("and then".split())
# Deeds that take a moment: who says "until Friday" of them means "by Friday".
_AT_ONCE = frozenset(
    """send get give bring deliver let answer reply email provide ship finish do clarify check confirm sort
    fix prepare write update order arrange""".split()
)
# What such a clause says belongs to the deed before it: "find out where they are".
SUBORDINATE = frozenset("where what why how whether who which that if".split())
_TO_THEM = re.compile(r"[a-z]+ (?:her|him|them) \w")
_ONLY_WRITE = re.compile(r"(?:text|email|message|write)(?: to)? (?:her|him|them)$")
_COMES = re.compile(
    r"(?:be (?:there|with|on|out|round)|come|arrive|turn up|visit|drive|stop|drop|go)\b"
)


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """Every promise of the note with the clause that makes it."""
    frame: Frame | None = None
    told: Clause | None = None
    for place, clause in enumerate(note.clauses):
        before = note.clauses[place - 1] if place else None
        said_of = clause.opener in SUBORDINATE and not clause.fresh and not clause.governor
        if said_of and "asked" not in clause.marks:
            continue
        frame = _frame(clause, before, frame, told)
        told = clause.governor
        if {"condition", "conditional", "past"} & clause.marks:
            continue
        whens = _times(note, place, frame)
        until = _tail(note, place)
        deed = _deed(clause, frame, whens, more=until is not None)
        if deed is None:
            deed = _other(clause, before)
        if deed is None and answers.accepted(note, place):
            deed = answers.asked_deed(note, place)
        if deed is not None:
            yield clause, _made(note, clause, until, deed, whens)


def _tail(note: Note, place: int) -> Clause | None:
    """The last of the clauses behind this one that only say more about its deed."""
    until = None
    for one in note.clauses[place + 1 : place + 3]:
        if one.fresh or one.opener not in SUBORDINATE or "condition" in one.marks:
            break
        until = one
    return until


def _made(
    note: Note, clause: Clause, until: Clause | None, token: int, whens: list[When]
) -> Suggestion:
    day, at = moment(whens, note.now, deadline=True)
    text = texts.deed(note, clause, token, until)
    return texts.suggestion(note, clause, "promise", text, day, at, until=until)


def _frame(
    clause: Clause, before: Clause | None, last: Frame | None, told: Clause | None
) -> Frame | None:
    """The frame of this clause; a bare verb goes on as the clause before began."""
    if found := frame_of(clause):
        theirs = not found.who and before and not clause.fresh and is_theirs(before)
        return None if theirs and found.way in {"will", "must", "promised"} else found
    found = bare_frame(clause, "must")
    if not found or found.word not in DEEDS or _ONLY_WRITE.match(found.deed):
        return None
    if clause.fresh or (before is not None and tells(before)):
        return found if texts.has_object(found.deed) else None
    if clause.opener == found.word and _TO_THEM.match(found.deed):
        return found  # ", send her the plan": to ourselves
    if last and texts.has_object(found.deed):
        clause.governor = clause.governor or told
        return bare_frame(clause, last.way)
    return None


def _times(note: Note, place: int, frame: Frame | None) -> list[When]:
    """Its own; else those of "and get back to her by Friday" or "so she has it by Friday", of what
    told it, and "until Friday" with a deed that takes a moment."""
    clause = note.clauses[place]
    after = note.clauses[place + 1] if place + 1 < len(note.clauses) else None
    whens = [one for one in clause.whens if one.days or one.clock]
    if not whens:
        whens = _shared(note, place)
    if not whens and after is not None and texts.WANTED_BY.match(after.core.line):
        whens = [one for one in after.whens if one.lead in {"by", "before", "on", "for"}]
    if not whens and frame and frame.verb in _AT_ONCE:
        whens = [replace(one, days=one.held, lead="by") for one in clause.whens if one.held]
    if not whens and frame is None and "promised" in clause.core.line:
        whens = [replace(one, days=one.held, lead="by") for one in clause.whens if one.held]
    if not whens and clause.governor:
        whens = [one for one in clause.governor.whens if one.lead == "by"]
    return whens


def _shared(note: Note, place: int) -> list[When]:
    """ "I'll find out where they are and get back to her by noon": both by noon."""
    for one in note.clauses[place + 1 : place + 4]:
        if one.opener in SUBORDINATE and not one.fresh:
            continue
        if one.fresh or frame_of(one) or {"condition"} & one.marks:
            return []
        found = bare_frame(one, "must")
        if found and kind_of_deed(found.deed):
            return []
        if found and found.word in DEEDS and one.opener in _ADDING:
            if whens := [when for when in one.whens if when.days or when.clock]:
                return whens
        elif one.whens:
            return []
    return []


def _deed(clause: Clause, frame: Frame | None, whens: list[When], *, more: bool) -> int | None:
    """The token where the deed begins, when this frame is a promise."""
    if (
        frame is None
        or "asked" in clause.marks
        or not _is_deed(frame, more)
        or _doubtful(frame.deed)
    ):
        return None
    if _MAYBE.search(clause.core.line):
        return None
    dated = any(one.days or one.clock for one in whens)
    told = clause.governor is not None and "their words" not in clause.marks
    means = {
        "will": "their words" not in clause.marks,
        "must": "their words" not in clause.marks,
        "promised": True,
        "would": told,
        "can": told and dated,
        "should": dated,
        "doing": dated or bool(_NOW.search(clause.line.line)),
    }
    return frame.token if means.get(frame.way) else None


def _doubtful(deed: str) -> bool:
    """Negated or hedged; "check if it fits" is neither."""
    return bool(_DOUBT.search(_LOOKING.sub("", deed)))


def _is_deed(frame: Frame, more: bool) -> bool:
    """`more`: a clause follows that says what, as in "check whether it fits"."""
    if frame.who not in {"", "i", "we"} and re.search(r"\b(?:me|us)\b", frame.deed):
        return False
    if frame.who not in {"", "i", "we"} and (_COMES.match(frame.deed) or kind_of_deed(frame.deed)):
        return True
    if frame.verb in NO_DEEDS or kind_of_deed(frame.deed):
        return False
    if frame.verb in {"be", "have"}:
        return frame.verb == "have" and bool(
            re.match(
                r"have .*\b(?:to|for|with|ready|done|over|out|there|sent|fixed|replaced|someone|somebody|an engineer|a technician|\w+ed|\w+ing|running|live)\b",
                frame.deed,
            )
        )
    if frame.verb == "see":
        return frame.deed.startswith("see to ")
    if frame.verb == "let":
        return bool(_LET_KNOW.match(frame.deed))
    if frame.verb in _ALONE:
        return True
    return more or texts.has_object(frame.deed) or len(frame.deed.split()) > 1


def _other(clause: Clause, before: Clause | None) -> int | None:
    """What they will get from us, what is on its way, what we owe, what was promised."""
    line = clause.core.line
    told = clause.governor is not None and "their words" not in clause.marks
    told = told or "told after" in clause.marks
    if _DOUBT.search(line):
        return None
    if match := _GETTING.match(line):
        rest = match["rest"]
        if _BACK_TO_US.search(rest) and not re.match(r" (?:from|back from) (?:us|me)", rest):
            return None
        from_us = re.search(r"\bfrom (?:us|me|our)\b", rest)
        if from_us or (_THING.match(rest) and (told or not re.search(r" would ", line))):
            return clause.core.token_at(match.start("deed"))
        return None
    if (match := _GETS.match(line)) and any(
        one.days and (one.lead == "by" or match["deed"][0] != "h") for one in clause.whens
    ):
        return clause.core.token_at(match.start("deed"))
    if (match := _ARRIVES.match(line)) and (told or clause.whens):
        return clause.core.token_at(match.start("deed")) if told or _ours(line) else None
    if told and clause.whens and (match := _WOULD_BE.match(line) or _WILL_COME.match(line)):
        return clause.core.token_at(match.start("deed"))
    if clause.whens and (match := _ARRANGED.match(line)):
        return clause.core.token_at(match.start("deed"))
    if any(one.days for one in clause.whens) and (match := _TO_BE.match(line)):
        return clause.core.token_at(match.start("deed"))
    for pattern in (_OWED, _PROMISED_THING, _WHAT_WE_PROMISED):
        if _EVENT_FIRST.search(line):
            continue
        if match := pattern.match(line):
            return clause.core.token_at(match.start("deed"))
    return None


def _ours(line: str) -> bool:
    return bool(
        re.search(rf"\b{THINGS}\b.* (?:with (?:her|him|them|you)|in (?:her|his|their))", line)
    )
