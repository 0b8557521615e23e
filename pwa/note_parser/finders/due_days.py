"""When a promise is due: its own times, else those that its neighbours lend it."""

import re
from dataclasses import replace

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import kind_of_deed
from pwa.note_parser.clauses.speech_acts import Frame, bare_frame, frame_of
from pwa.note_parser.dates.expressions import When
from pwa.note_parser.finders.merge_fragments import HANDED
from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.verbs import DEEDS

_ADDING = frozenset("and then".split())
# Deeds that take a moment: who says "until Friday" of them means "by Friday".
_AT_ONCE = frozenset(
    """send get give bring deliver let answer reply email provide ship finish do clarify check
    confirm make tell refund credit replace sort fix prepare write update order arrange
    organize""".split()
)
_TALKS = {"call", "visit", "video"}  # these are bookings by themselves
_BRING = re.compile(r"(?:bring|take|carry|pack)\b(?!.*\b(?:up|over|on|off|back|down)$)")
_GOING = compiled(r"""
    \b(?:visit|meeting|see(?:ing)?|meet(?:ing)?|(?:go|going|come|coming|drop|drive|driving|pop|
    swing) (?:back |out |down )?(?:over|there|by|round|in|out|to)|lunch|appointment)\b
""")
# What such a clause says belongs to the deed before it: "find out where they are".
SUBORDINATE = frozenset("where what why how whether who which that if".split())
_WE_DO = re.compile(r"before (?:i|we)\b")
_ONLY_TIME = re.compile(r"(?:and|but|so|then| )*")  # "..., end of the week, and she ..."
_NEEDS = re.compile(r"\b(?:needs?|wants?|would like|expects?|must have|has to have)\b")
_ENSURING = re.compile(r"\b(?:make|making) sure(?: that)?$|\bensure(?: that)?$")


def times(note: Note, place: int, frame: Frame | None) -> list[When]:
    """Its own times, else those that its neighbours lend it."""
    clause = note.clauses[place]
    return (
        clause.times
        or _said_with(note, place)
        or _lent(note, place)
        or _until(clause, frame)
        or _told_by(clause)
        or _begun(note, place)
        or _taken_along(note, place, frame)
        or _wanted(note, place, frame)
    )


def _taken_along(note: Note, place: int, frame: Frame | None) -> list[When]:
    """ "Visit on Thursday and I'll bring the samples": on that day."""
    if frame is None or not _BRING.match(frame.deed):
        return []
    for before in reversed(note.clauses[max(0, place - 2) : place]):
        if before.times and _GOING.search(before.core.line):
            return [one for one in before.times if one.days]
    after = note.clauses[place + 1] if place + 1 < len(note.clauses) else None
    if after and after.opener in {"when", "once"} and _GOING.search(after.core.line):
        return [one for one in after.times if one.days]  # "... when I visit on the 10th"
    return []


def _wanted(note: Note, place: int, frame: Frame | None) -> list[When]:
    """ "He needs the keys by Monday, I'll drop them off": by then."""
    before = note.clauses[place - 1] if place else None
    if before is None or frame is None or not (_NEEDS.search(before.core.line)):
        return []
    if not re.search(r"\b(?:it|them|that|those|1)\b", frame.deed):
        return []
    return [one for one in before.whens if one.lead in {"by", "before"} and one.days]


def _begun(note: Note, place: int) -> list[When]:
    """ "First thing tomorrow I need to ..."."""
    before = note.clauses[place - 1] if place else None
    alone = before is not None and before.core.line in {"", "1st thing", "so", "and"}
    return before.times if before and alone and not note.clauses[place].fresh else []


def _said_with(note: Note, place: int) -> list[When]:
    """ "Let her know what we find by Wednesday"."""
    until = tail(note, place)
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
        return [one for after in note.clauses[place + 1 : place + 2] for one in after.times]
    for after in note.clauses[place + 1 : place + 2]:
        if _ONLY_TIME.fullmatch(after.core.line):
            return after.times
        if after.opener == "before" and not after.fresh and after.times:
            ours = _WE_DO.match(after.core.line)  # "... before I leave today"
            return [one if ours else _day_before(one) for one in after.times if one.days]
        if HANDED.match(after.core.line):
            return after.times
        if suggestion_text.WANTED_BY.match(after.core.line):
            return [one for one in after.whens if one.lead in {"by", "before", "on", "for"}]
    return []


def _day_before(one: When) -> When:
    """ "... cleaned before they move in on the 19th"."""
    assert one.days
    return replace(one, days=day_ranges.one(day_ranges.ahead(one.days.first, -1)), lead="before")


def _shared(note: Note, place: int) -> list[When]:
    """The time of the deed that "and" adds to this one."""
    for at, one in enumerate(note.clauses[place + 1 : place + 4], place + 1):
        if one.opener in SUBORDINATE and not one.fresh:
            continue
        added = _added(one)
        if added is None or kind_of_deed(added.deed) in _TALKS:
            return []
        if found := one.times or _said_with(note, at):
            return found
    return []


def _added(one: Clause) -> Frame | None:
    if one.fresh or one.opener not in _ADDING or "condition" in one.marks or frame_of(one):
        return None
    found = bare_frame(one, "must")
    return found if found and found.word in DEEDS else None


def tail(note: Note, place: int) -> Clause | None:
    """The last of the clauses behind this one that only say more about its deed."""
    until = None
    if _ENSURING.search(note.clauses[place].core.line):
        return next(iter(note.clauses[place + 1 : place + 2]), None)
    for one in note.clauses[place + 1 : place + 3]:
        if one.fresh or one.opener not in SUBORDINATE or "condition" in one.marks:
            break
        until = one
    return until
