"""Requests of the client for an action, and our answer to them."""

import re

from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import contact_kind
from pwa.note_parser.clauses.speech_acts import OPEN, has_their_subject
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import Mark
from pwa.note_parser.vocabulary.verbs import ACTION_VERBS

_COULD_WE = re.compile(
    rf"{OPEN}(?:i|we) (?:could|can|would|will|might) (?P<action>(?P<verb>[a-z]+) \w.*)$"
)
_COULD_YOU = re.compile(
    rf"{OPEN}(?:could|can|would) you (?:please |maybe )?(?P<action>(?P<verb>[a-z]+) \w.*)$"
)
_ASKED_US = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?(?:asked|wants?|wanted|needs?|would like|expects?) (?:for )?(?:me|us|
    somebody|someone) to (?P<action>(?P<verb>[a-z]+) \w.*)$
""")
_YES = compiled(rf"""
    {OPEN}(?:(?:i|we)(?: have)? (?:said|told (?:her|him|them)|answered|agreed|promised|
    confirmed)(?: (?:her|him|them))?(?: that| to that| to do (?:that|so|it))?(?: (?:yes|sure|
    of course|no problem|okay|fine|absolutely|certainly|gladly|will do|it is fine|
    that 's (?:fine|okay|no problem|doable|possible)|that (?:works|is fine|should be (?:fine|
    okay|possible))|(?:i|we) (?:will|would|can)(?: do (?:it|that|so))?|yes.*))*|(?:i|
    we) (?:will|would|can|am happy to)(?: (?:do|get) (?:it|that|so)(?: done)?)?|(?:said )?
    (?:yes|sure|no (?:problem|worries)|(?:will|can) do|of course|done deal|happy to|gladly|
    leave it with me|consider it done)|(?:i|we) (?:said|told (?:her|him|them))(?: that)?)$
""")
_WE_WOULD = re.compile(rf"{OPEN}(?:i|we) (?:will|would|can)(?: (?:do )?(?:it|that|so))?$")
_SAID_TO = re.compile(
    rf"{OPEN}(?:i|we) (?:said|told (?:her|him|them|\w+)|explained|answered)(?: to \w+)?(?: that)?$"
)
_ASIDE = re.compile(r"(?:\w+ )?(?:she|he|they) (?:asked|said|wondered)$|(?:when|while|if) you\b")
_GIVEN = compiled(rf"""
    {OPEN}(?:(?:i|we)(?: have)? )?(?:already )?(?:gave|sent|handed|given|showed) (?:her|him|
    them)\b|{OPEN}(?:(?:i|we)(?: have)? )?(?:did|done) (?:that|it|so)\b
""")
_YET_TO_COME = compiled(rf"""
    {OPEN}(?:(?:i|we)\b|that 's|it 's (?:above|not)|no idea|not\b|let me)|\b(?:will|would|
    going to)\b
""")
_NO = compiled(rf"""
    {OPEN}(?:(?:i|we)(?: have)? )?(?:said no|said that 's not|refused|declined|told (?:her|him|
    them) (?:no|that 's not)|(?:said )?(?:i|we) (?:can|could|will|would) not|said not)\b|\b(?:i|
    we) (?:can|could|will|would) not\b
""")


def requested_action_start(note: Note, place: int) -> int | None:
    """The token at which the action begins that the client requests in this clause, else None."""
    clause = note.clauses[place]
    before = note.clause_before(place)
    match = _COULD_YOU.match(clause.core.line)
    if match is None and has_their_subject(clause):
        match = _ASKED_US.match(clause.core.line)
    if match is None and Mark.REQUESTED in clause.marks and before and has_their_subject(before):
        match = _COULD_WE.match(clause.core.line)
    if match is None or match["verb"] not in ACTION_VERBS - {"do"} or contact_kind(match["action"]):
        return None
    return clause.core.token_at(match.start("action"))


def is_accepted(note: Note, place: int) -> bool:
    """Whether the next clauses accept the request."""
    answer = _answer(note, place)
    if not answer:
        return False
    if _YES.match(answer[0].core.line):
        has_reported_speech = len(answer) > 1 and answer[1].governor is answer[0]
        return not has_reported_speech or bool(_WE_WOULD.match(answer[1].core.line))
    return False


def is_refused(note: Note, place: int) -> bool:
    """Whether the next clauses refuse the request."""
    return any(_NO.search(clause.core.line) for clause in _answer(note, place))


def is_answered(note: Note, place: int) -> bool:
    """Whether the next clauses answer the question: "I told her it is included"."""
    answer = _answer(note, place)
    if answer and _GIVEN.match(answer[0].core.line):
        return True
    if (
        len(answer) < 2
        or answer[1].governor is not answer[0]
        or not _SAID_TO.match(answer[0].core.line)
    ):
        return False
    return not _YET_TO_COME.search(answer[1].core.line)


def answer_times(note: Note, place: int) -> list[TimeExpression]:
    """The times in the answer: "so I said we would, on the 20th"."""
    return next((clause.times for clause in _answer(note, place) if clause.times), [])


def _answer(note: Note, place: int) -> list[Clause]:
    """The next two clauses, without "she asked" and "when you are here"."""
    following = note.clauses[place + 1 : place + 5]
    return [clause for clause in following if not _ASIDE.match(clause.core.line)][:2]
