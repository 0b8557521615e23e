"""Promises: what we said we would do for them, and by when (R17)."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.action_verbs import promised
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import is_that_talk
from pwa.note_parser.clauses.passive_promises import FROM_US, owed
from pwa.note_parser.clauses.speech_acts import (
    OPEN,
    Frame,
    bare_frame,
    frame_of,
    is_theirs,
    named_frame,
    tells,
)
from pwa.note_parser.dates.expressions import When, moment
from pwa.note_parser.finders import accepted_requests, requests
from pwa.note_parser.finders.due_days import SUBORDINATE, tail, times
from pwa.note_parser.finders.merge_fragments import Made, join
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.suggestion import Suggestion
from pwa.note_parser.vocabulary.verbs import DEEDS

_COUNTING = frozenset("1 2 3 4 1st 2nd 3rd 4th next then also finally lastly".split())
_THE = frozenset("the a an his her their our my its some 1 2 3".split())
_THINGS = re.compile(r"[0-9]+|things|bits|points")
_SAID_WHEN = compiled(rf"""
    {OPEN}(?:(?:i|we)(?: have)? )?(?:told (?:her|him|them)|said|promised)(?: it| that)?
    (?: for| by)?$
""")
_AWAIT = re.compile(r"\b(?:waiting for|expecting) (?:our|my|an?|the)\b")
_TO_THEM = re.compile(r"[a-z]+ (?:her|him|them) \w")
# Without a day it takes somebody who says so: "no answer at the clinic" is an order to nobody.
_OURS = compiled(r"""
    \b(?:i|we|me|us|my|our|owes?|promised?|told|said|asap)\b|^(?:and )?(?:need|have|got) to\b
    (?! look)
""")
_KIN = compiled(r"""
    \b(?:my (?:own )?(?:wife|husband|partner|mum|mom|dad|mother|father|brother|sister|son|
    daughter|kids?|lad|girl|mate|friend|neighbou?r|landlord)|(?:the|a|his|her|my) (?:wife|
    missus|nephew|niece|cousin|mate)|in law|mate 's|godson|grandkids)\b
""")
_BACK = re.compile(r"(?:as|once|when) i (?:am|get) (?:back|home|in|off)\b")
# "He said, send me the offer and I'll sign it"; "I'm not sure we can".
_NOT_SAID = compiled(r"""
    \b(?:said|says) (?:just )?(?:send|give|bring|call|ring|get|show|tell) me\b|\b(?:not (?:so )?
    sure|unsure|doubt(?:ful)?|no idea|do not know)(?: if| whether| that)?$
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
        said_of = clause.opener in SUBORDINATE and not clause.fresh and not clause.governor
        said_of = said_of and not FROM_US.search(clause.core.line)  # "which she'll get from me"
        if said_of and "asked" not in clause.marks:
            continue
        if before and not clause.fresh and _NOT_SAID.search(before.core.line):
            continue
        frame = _frame(clause, before, frame, told)
        told = clause.governor
        if not ({"condition", "conditional", "past"} & clause.marks or _private(note, place)):
            yield from _of_clause(note, place, frame)


def _of_clause(note: Note, place: int, frame: Frame | None) -> Iterator[Made]:
    clause, whens = note.clauses[place], times(note, place, frame)
    spoken = " ".join(one.line.line for one in note.clauses[max(0, place - 2) : place])
    if clause.is_clocked and is_that_talk(clause.core.line, spoken):
        return
    deed = _deed(note, place, frame, whens)
    if deed is not None and not whens and accepted_requests.accepted(note, place):
        whens = accepted_requests.times(note, place)
    if deed is None and _said_when(note, place):
        day, at = moment(whens, note.now, deadline=True)
        see = suggestion_text.suggestion(note, clause, "promise", "see to it", day, at)
        yield Made(place, clause, see, "see to it")
    if deed is not None and (whens or _OURS.search(clause.line.line) or clause.governor):
        line = frame.deed if frame else clause.core.line[clause.core.place_of(deed) :]
        two = _two(note, clause, deed, whens)
        for one in two or [_made(note, place, deed, whens, frame)]:
            yield Made(place, clause, one, line)


def _deed(note: Note, place: int, frame: Frame | None, whens: list[When]) -> int | None:
    """The token where the words begin for what is promised here, if anything is."""
    clause = note.clauses[place]
    dated = any(one.days or one.clock for one in whens) or _soon(note, place)
    firm = any(one.lead in {"by", "before"} for one in whens)
    more = tail(note, place) is not None
    deed = promised(clause, frame, dated=dated, firm=firm, more=more)
    after = note.clauses[place + 1] if place + 1 < len(note.clauses) else None
    tells_of_it = after is not None and after.governor is clause  # "promised Tom I'd send it"
    if deed is None and not tells_of_it:
        deed = owed(clause)
    if deed is None and accepted_requests.accepted(note, place):
        deed = accepted_requests.asked_deed(note, place) or _wished_thing(note, place)
    return deed


def _wished_thing(note: Note, place: int) -> int | None:
    """ "He expects the drawings by Monday, I said that's doable"."""
    found = requests.wish(note.clauses[place], note.clauses[place - 1] if place else None)
    if found is None or found[1] is not None:
        return None
    return found[0] if note.tokens[found[0]].word in _THE else None


def _soon(note: Note, place: int) -> bool:
    """ "... as soon as I am back at my desk"."""
    after = note.clauses[place + 1 : place + 2]
    return any(_BACK.match(one.line.line) for one in after)


def _said_when(note: Note, place: int) -> bool:
    """ "She wants the risk assessment, told her Monday": what they want, by then."""
    clause, before = note.clauses[place], note.clauses[place - 1] if place else None
    if before is None or clause.fresh or not any(one.days for one in clause.whens):
        return False
    earlier = note.clauses[place - 2] if place > 1 else None
    if not _SAID_WHEN.match(clause.core.line):
        return False
    return bool(_AWAIT.search(before.core.line)) or requests.wish(before, earlier) is not None


def _private(note: Note, place: int) -> bool:
    """Whether family or friends are what this sentence is about."""
    for one in reversed(note.clauses[max(0, place - 3) : place + 1]):
        if _KIN.search(one.line.line):
            return True
        if one.fresh:
            return False
    return False


def _two(note: Note, clause: Clause, token: int, whens: list[When]) -> list[Suggestion]:
    """ "Send the invoice by Tuesday and the contract by Friday" are two; else none."""
    dated = [one for one in whens if one.days and one.first > token]
    if len(dated) != 2 or dated[0].days == dated[1].days:
        return []
    one, two = dated
    between = [place for place in range(one.last, two.first) if place in clause.core.places]
    words = [note.tokens[place].word for place in between]
    if words[:1] != ["and"] or len(words) < 3 or words[1] not in _THE:
        return []
    first = [place for place in clause.core.places if token <= place < one.first]
    verb = [token]
    while first and _THINGS.fullmatch(note.tokens[first[0]].word):  # "two things, the quote by ..."
        first, verb = first[1:], []
    found = []
    for places, said in ((first, one), ([*verb, *between[1:]], two)):
        day, at = moment([said], note.now, deadline=True)
        text = suggestion_text.line(note, places)
        found.append(suggestion_text.suggestion(note, clause, "promise", text, day, at))
    return found


def _made(note: Note, place: int, token: int, whens: list[When], frame: Frame | None) -> Suggestion:
    clause, until = note.clauses[place], tail(note, place)
    day, at = moment(whens, note.now, deadline=True)
    text = suggestion_text.deed(note, clause, token, until)
    if frame and text.lower().startswith(frame.word):
        text = frame.verb + text[len(frame.word) :]  # "sending the quote" is to be "send the quote"
    return suggestion_text.suggestion(note, clause, "promise", text, day, at, until=until)


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
    counted = before is not None and before.core.line in _COUNTING
    if clause.fresh or counted or (before is not None and tells(before)):
        return found if suggestion_text.has_object(found.deed) else None
    if clause.opener == found.word and _TO_THEM.match(found.deed):
        return found  # ", send her the plan": to ourselves
    if last and suggestion_text.has_object(found.deed):
        clause.governor = clause.governor or told
        return bare_frame(clause, last.way)
    return None
