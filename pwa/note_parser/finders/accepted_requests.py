"""What they asked us to do, and whether we said yes."""

import re

from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import kind_of_deed
from pwa.note_parser.clauses.speech_acts import OPEN, is_theirs
from pwa.note_parser.dates.expressions import When
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.verbs import DEEDS

_COULD_WE = re.compile(
    rf"{OPEN}(?:i|we) (?:could|can|would|will|might) (?P<deed>(?P<verb>[a-z]+) \w.*)$"
)
_COULD_YOU = re.compile(
    rf"{OPEN}(?:could|can|would) you (?:please |maybe )?(?P<deed>(?P<verb>[a-z]+) \w.*)$"
)
_ASKED_US = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?(?:asked|wants?|wanted|needs?|would like|expects?) (?:for )?(?:me|us|
    somebody|someone) to (?P<deed>(?P<verb>[a-z]+) \w.*)$
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


def asked_deed(note: Note, place: int) -> int | None:
    """The token where the deed begins that they asked of us in this clause."""
    clause = note.clauses[place]
    before = note.clauses[place - 1] if place else None
    match = _COULD_YOU.match(clause.core.line)
    if match is None and is_theirs(clause):
        match = _ASKED_US.match(clause.core.line)
    if match is None and "asked" in clause.marks and before and is_theirs(before):
        match = _COULD_WE.match(clause.core.line)
    if match is None or match["verb"] not in DEEDS - {"do"} or kind_of_deed(match["deed"]):
        return None
    return clause.core.token_at(match.start("deed"))


def accepted(note: Note, place: int) -> bool:
    """Whether the next clauses say yes."""
    answer = _answer(note, place)
    if not answer:
        return False
    if _YES.match(answer[0].core.line):
        said_more = len(answer) > 1 and answer[1].governor is answer[0]
        return not said_more or bool(_WE_WOULD.match(answer[1].core.line))
    return False


def refused(note: Note, place: int) -> bool:
    """Whether the next clauses say no."""
    return any(_NO.search(one.core.line) for one in _answer(note, place))


def told(note: Note, place: int) -> bool:
    """Whether the next clause gives the answer: "I told her it is included"."""
    after = _answer(note, place)
    if after and _GIVEN.match(after[0].core.line):
        return True
    if (
        len(after) < 2
        or after[1].governor is not after[0]
        or not _SAID_TO.match(after[0].core.line)
    ):
        return False
    return not _YET_TO_COME.search(after[1].core.line)


def times(note: Note, place: int) -> list[When]:
    """The times that the answer says: "so I said we would, on the 20th"."""
    return next((one.times for one in _answer(note, place) if one.times), [])


def _answer(note: Note, place: int) -> list[Clause]:
    """The next two, without "she asked" and "when you are here"."""
    rest = note.clauses[place + 1 : place + 5]
    return [one for one in rest if not _ASIDE.match(one.core.line)][:2]
