"""Promises: what we said we would do for them, and by when (R17)."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.action_verbs import promised_action_start
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import refers_to_contact
from pwa.note_parser.clauses.passive_promises import passive_promise_start
from pwa.note_parser.clauses.speech_acts import (
    OPEN,
    Frame,
)
from pwa.note_parser.dates.resolution import resolve
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.finders import accepted_requests, requests
from pwa.note_parser.finders.due_days import tail, times
from pwa.note_parser.finders.merge_fragments import Made, join
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion

_THE = frozenset("the a an his her their our my its some 1 2 3".split())
_THINGS = re.compile(r"[0-9]+|things|bits|points")
_SAID_WHEN = compiled(rf"""
    {OPEN}(?:(?:i|we)(?: have)? )?(?:told (?:her|him|them)|said|promised)(?: it| that)?
    (?: for| by)?$
""")
_AWAIT = re.compile(r"\b(?:waiting for|expecting) (?:our|my|an?|the)\b")
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
_SKIPPED = HYPOTHETICAL | {Mark.PAST}


def find(note: Note) -> list[tuple[Clause, Suggestion]]:
    """Every promise of the note with the clause that makes it."""
    return join(note, _each(note))


def _each(note: Note) -> Iterator[Made]:
    for place, frame in note.frames.items():
        if not (note.clauses[place].marks & _SKIPPED or _private(note, place)):
            yield from _of_clause(note, place, frame)


def _of_clause(note: Note, place: int, frame: Frame | None) -> Iterator[Made]:
    clause, expressions = note.clauses[place], times(note, place, frame)
    context = " ".join(before.line.line for before in note.clauses[max(0, place - 2) : place])
    if clause.is_clocked and refers_to_contact(clause.core.line, context):
        return
    action = _action(note, place, frame, expressions)
    if action is not None and not expressions and accepted_requests.is_accepted(note, place):
        expressions = accepted_requests.answer_times(note, place)
    if action is None and _said_when(note, place):
        day, at = resolve(expressions, note.now, deadline=True)
        see = suggestion_text.make_suggestion(note, clause, "promise", "see to it", day, at)
        yield Made(place, clause, see, "see to it")
    if action is not None and (expressions or _OURS.search(clause.line.line) or clause.governor):
        line = frame.action if frame else clause.core.line[clause.core.offset_of(action) :]
        two = _two(note, clause, action, expressions)
        for suggestion in two or [_made(note, place, action, expressions, frame)]:
            yield Made(place, clause, suggestion, line)


def _action(
    note: Note, place: int, frame: Frame | None, expressions: list[TimeExpression]
) -> int | None:
    """The token where the words begin for what is promised here, if anything is."""
    clause = note.clauses[place]
    dated = any(expression.days or expression.clock for expression in expressions) or _soon(
        note, place
    )
    firm = any(expression.preposition in {"by", "before"} for expression in expressions)
    more = tail(note, place) is not None
    action = promised_action_start(clause, frame, dated=dated, firm=firm, more=more)
    after = note.clause_after(place)
    tells_of_it = after is not None and after.governor is clause  # "promised Tom I'd send it"
    if action is None and not tells_of_it:
        action = passive_promise_start(clause)
    if action is None and accepted_requests.is_accepted(note, place):
        action = accepted_requests.requested_action_start(note, place) or _wished_thing(note, place)
    return action


def _wished_thing(note: Note, place: int) -> int | None:
    """ "He expects the drawings by Monday, I said that's doable"."""
    request = requests.locate_request(note.clauses[place], note.clause_before(place))
    if request is None or request[1] is not None:
        return None
    return request[0] if note.tokens[request[0]].word in _THE else None


def _soon(note: Note, place: int) -> bool:
    """ "... as soon as I am back at my desk"."""
    after = note.clauses[place + 1 : place + 2]
    return any(_BACK.match(following.line.line) for following in after)


def _said_when(note: Note, place: int) -> bool:
    """ "She wants the risk assessment, told her Monday": what they want, by then."""
    clause, before = note.clauses[place], note.clause_before(place)
    if (
        before is None
        or clause.fresh
        or not any(expression.days for expression in clause.expressions)
    ):
        return False
    earlier = note.clauses[place - 2] if place > 1 else None
    if not _SAID_WHEN.match(clause.core.line):
        return False
    return (
        bool(_AWAIT.search(before.core.line))
        or requests.locate_request(before, earlier) is not None
    )


def _private(note: Note, place: int) -> bool:
    """Whether family or friends are what this sentence is about."""
    for clause in reversed(note.clauses[max(0, place - 3) : place + 1]):
        if _KIN.search(clause.line.line):
            return True
        if clause.fresh:
            return False
    return False


def _two(
    note: Note, clause: Clause, token: int, expressions: list[TimeExpression]
) -> list[Suggestion]:
    """ "Send the invoice by Tuesday and the contract by Friday" are two; else none."""
    dated = [expression for expression in expressions if expression.days]
    dated = [expression for expression in dated if expression.first > token]
    if len(dated) != 2 or dated[0].days == dated[1].days:
        return []
    first_time, second_time = dated
    gap = range(first_time.last, second_time.first)
    between = [place for place in gap if place in clause.core.places]
    words = [note.tokens[place].word for place in between]
    if words[:1] != ["and"] or len(words) < 3 or words[1] not in _THE:
        return []
    first = [place for place in clause.core.places if token <= place < first_time.first]
    verb = [token]
    while first and _THINGS.fullmatch(note.tokens[first[0]].word):  # "two things, the quote by ..."
        first, verb = first[1:], []
    suggestions = []
    for places, expression in ((first, first_time), ([*verb, *between[1:]], second_time)):
        day, at = resolve([expression], note.now, deadline=True)
        text = suggestion_text.short_text(note, places)
        suggestions.append(suggestion_text.make_suggestion(note, clause, "promise", text, day, at))
    return suggestions


def _made(
    note: Note, place: int, token: int, expressions: list[TimeExpression], frame: Frame | None
) -> Suggestion:
    clause, until = note.clauses[place], tail(note, place)
    day, at = resolve(expressions, note.now, deadline=True)
    text = suggestion_text.action_text(note, clause, token, until)
    if frame and text.lower().startswith(frame.verb_form):
        text = (
            frame.verb + text[len(frame.verb_form) :]
        )  # "sending the quote" is to be "send the quote"
    return suggestion_text.make_suggestion(note, clause, "promise", text, day, at, until=until)
