"""Promises: what we said we would do for them, and by when (R17)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pwa.speech.read import answers, texts
from pwa.speech.read.clauses import Clause
from pwa.speech.read.contact import kind_of_deed
from pwa.speech.read.deeds import promised
from pwa.speech.read.frames import Frame, bare_frame, frame_of, is_theirs, named_frame, tells
from pwa.speech.read.joined import Made, join
from pwa.speech.read.note import Note
from pwa.speech.read.owed import owed
from pwa.speech.read.suggestion import Suggestion
from pwa.speech.read.verbs import DEEDS
from pwa.speech.read.when import When, moment
from pwa.speech.read.writing import compiled

_ADDING = frozenset("and then".split())
# Deeds that take a moment: who says "until Friday" of them means "by Friday".
_AT_ONCE = frozenset(
    """send get give bring deliver let answer reply email provide ship finish do clarify check
    confirm make tell refund credit replace sort fix prepare write update order arrange organize""".split()
)
# What such a clause says belongs to the deed before it: "find out where they are".
_SUBORDINATE = frozenset("where what why how whether who which that if".split())
_TO_THEM = re.compile(r"[a-z]+ (?:her|him|them) \w")
_ENSURING = re.compile(r"\b(?:make|making) sure(?: that)?$|\bensure(?: that)?$")
# Without a day it takes somebody who says so: "no answer at the clinic" is an order to nobody.
_OURS = re.compile(r"\b(?:i|we|me|us|my|our|owes?|promised?|told|said)\b")
_KIN = compiled(r"""
    \b(?:my (?:own )?(?:wife|husband|partner|mum|mom|dad|mother|father|brother|sister|son|
    daughter|kids?|lad|girl|mate|friend|neighbou?r|landlord)|(?:the|a|his|her|my) (?:wife|missus|
    nephew|niece|cousin|mate)|in law|mate 's|godson|grandkids)\b
""")
_ONLY_WRITE = re.compile(r"(?:text|email|message|write)(?: to)? (?:her|him|them)$")


def find(note: Note) -> list[tuple[Clause, Suggestion]]:
    """Every promise of the note with the clause that makes it."""
    return join(note, _each(note))


def _each(note: Note) -> Iterator[Made]:
    frame: Frame | None = None
    told: Clause | None = None
    for place, clause in enumerate(note.clauses):
        before = note.clauses[place - 1] if place else None
        said_of = clause.opener in _SUBORDINATE and not clause.fresh and not clause.governor
        if said_of and "asked" not in clause.marks:
            continue
        frame = _frame(clause, before, frame, told)
        told = clause.governor
        if {"condition", "conditional", "past"} & clause.marks or _private(note, place):
            continue
        whens = _times(note, place, frame)
        until = _tail(note, place)
        dated = any(one.days or one.clock for one in whens)
        firm = any(one.lead in {"by", "before"} for one in whens)
        deed = promised(clause, frame, dated=dated, firm=firm, more=until is not None)
        if deed is None:
            deed = owed(clause)
        if deed is None and answers.accepted(note, place):
            deed = answers.asked_deed(note, place)
        if deed is not None and (whens or _OURS.search(clause.line.line) or clause.governor):
            line = clause.core.line[clause.core.place_of(deed) :]
            yield Made(
                place, clause, _made(note, clause, until, deed, whens), frame.deed if frame else line
            )


def _private(note: Note, place: int) -> bool:
    """Whether family or friends are what this sentence is about."""
    for one in reversed(note.clauses[max(0, place - 3) : place + 1]):
        if _KIN.search(one.line.line):
            return True
        if one.fresh:
            return False
    return False


def _tail(note: Note, place: int) -> Clause | None:
    """The last of the clauses behind this one that only say more about its deed."""
    until = None
    if _ENSURING.search(note.clauses[place].core.line):
        return next(iter(note.clauses[place + 1 : place + 2]), None)
    for one in note.clauses[place + 1 : place + 3]:
        if one.fresh or one.opener not in _SUBORDINATE or "condition" in one.marks:
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
    if clause.governor and "their words" not in clause.marks and (by := named_frame(clause)):
        return by
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
    """Its own times, else those that its neighbours lend it."""
    clause = note.clauses[place]
    return (
        _own(clause)
        or _said_with(note, place)
        or _lent(note, place)
        or _until(clause, frame)
        or _told_by(clause)
        or _begun(note, place)
    )


def _begun(note: Note, place: int) -> list[When]:
    """ "First thing tomorrow I need to ..."."""
    before = note.clauses[place - 1] if place else None
    alone = before is not None and before.core.line in {"", "1st thing", "so", "and"}
    return _own(before) if before and alone and not note.clauses[place].fresh else []


def _own(clause: Clause) -> list[When]:
    return [one for one in clause.whens if one.days or one.clock]


def _said_with(note: Note, place: int) -> list[When]:
    """ "Let her know what we find by Wednesday"."""
    until = _tail(note, place)
    return [one for one in until.whens if one.lead in {"by", "before"}] if until else []


def _told_by(clause: Clause) -> list[When]:
    """ "Told him by Friday he'd have it"."""
    return [one for one in clause.governor.whens if one.lead == "by"] if clause.governor else []


def _until(clause: Clause, frame: Frame | None) -> list[When]:
    """ "I'll send it until Friday", as many say who mean "by"."""
    meant = frame.verb in _AT_ONCE if frame else "promised" in clause.core.line
    return [replace(one, days=one.held, lead="by") for one in clause.whens if meant and one.held]


def _lent(note: Note, place: int) -> list[When]:
    """ "I'll find out and get back to her by noon", "I'll send it so she has it by Friday"."""
    if found := _shared(note, place):
        return found
    if _ENSURING.search(note.clauses[place].core.line):
        return [one for after in note.clauses[place + 1 : place + 2] for one in _own(after)]
    for after in note.clauses[place + 1 : place + 2]:
        if texts.WANTED_BY.match(after.core.line):
            return [one for one in after.whens if one.lead in {"by", "before", "on", "for"}]
    return []


def _shared(note: Note, place: int) -> list[When]:
    """The time of the deed that "and" adds to this one."""
    for at, one in enumerate(note.clauses[place + 1 : place + 4], place + 1):
        if one.opener in _SUBORDINATE and not one.fresh:
            continue
        added = _added(one)
        if added is None or kind_of_deed(added.deed):
            return []
        if found := _own(one) or _said_with(note, at):
            return found
    return []


def _added(one: Clause) -> Frame | None:
    if one.fresh or one.opener not in _ADDING or "condition" in one.marks or frame_of(one):
        return None
    found = bare_frame(one, "must")
    return found if found and found.word in DEEDS else None
