"""Finds the contact channel that the client prefers (R4)."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.speech_acts import OPEN
from pwa.note_parser.finders import cadences
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion

_WORDS = {
    "visit": phrase(r"""
        c[ao]me out|        in person|face to face|visits?|visited|visiting|c[ao]me (?:by|round|
        over|in|and see|to see)|drop (?:in|by)|see (?:me|us)|meet(?:ing)?(?: up)?|stop by|
        pop (?:in|round)|over (?:a )?coffee|sit down|on ?site
    """),
    "video": r"video(?: calls?)?|teams(?: calls?)?|zoom(?: calls?)?|on screen",
    "text": r"text(?:s|ed|ing)?(?: messages?)?|messages?|messaging|messaged",
    "email": r"emails?|emailed|emailing|in writing|written|write|writing",
    "phone": phrase(r"""
        (?:phone |telephone )?calls?|called|calling|(?:the |by |over the )?phone(?:d)?|ring|
        rung|ringing|telephone(?:d)?|(?:talk|speak|talking|speaking) (?:to (?:me|us|someone|
        somebody|a person|a human)|on the phone)|mobile|pick up the phone
    """),
}
_CHANNEL = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
_NAMELESS = "|".join(_WORDS.values())
_FILL = phrase(r"""
    (?:(?:me|us|that|if|when|to|i|we|you|it|be|have|having|get|getting|an?|the|just|only|
    everything|things|updates?|quick|short|by|over|via|on|my|our|contact|contacted|reached|hear|
    hearing|from|communicate|communicating|being|proper|always|simply|keep|in|with|came|come|
    called|nice|regular|good|old|real|actual|personal|her|his|their|do|doing|did|out|use|go|
    stick|stay|with) )*?
""")
_END = r"(?![a-z])"
_PREFERS = compiled(rf"""
    (?:would (?:much |far |still )?(?:rather|sooner|prefer)|prefers?|preferred|(?:is|are|
    's) (?:much )?happier (?:with|if)|(?:is|'s|are) more of an?|likes? it (?:better|
    best) (?:when|if|by|over|on)|favou?rs|likes) {_FILL}(?:{_CHANNEL}){_END}(?P<rest>.*)$
""")
_WANTS = compiled(rf"""
    (?:just wants|wants?|wanted|asked|asks|would like|told|said)(?: me| us)? (?:for )?{_FILL}
    (?:{_CHANNEL}){_END}(?P<rest>.*)$
""")
_LASTING = compiled(r"""
    \b(?:in future|in the future|from now on|instead|always|only|first|rather than|not (?:by|on|
    over|in|a|call|calls|email|emails|the|phone)|when it matters|everything (?:by|over|on|via|
    in|through)|every time|going forward|normally|generally|now and then|regularly|never|
    mornings?|afternoons)\b|\bno (?:calls|emails|phone)\b|just wants|\bto be (?:called|emailed|
    rung|phoned|visited)
""")
_BEST = compiled(rf"""
    (?:(?:best|easiest|quickest|fastest|only|surest|preferred) (?:way |channel |thing |bet |
    route )?(?:(?:to|of) (?:\w+ ){{1,3}}?)?(?:(?:is|'s|by|via|on|with|over|through) )+|
    (?:easier|easiest|best|better)(?: reached| off| to reach)?(?: (?:her|him|them))? (?:by|on|
    over|via|through|with) |reach(?:es)? (?:her|him|them) (?:best )?(?:by|on|via|over|through) |
    (?:stick|keep|go) (?:it )?(?:to|with) |(?:best|better|easier) to (?:just )?|only (?:ever )?
    (?:answers|reads|reacts to|responds to|replies to|answers to|uses|picks up) ){_FILL}
    (?:{_CHANNEL}){_END}(?P<rest>.*)$
""")
_THEY_SAY = r"(?:(?:she|he|they|\w+) (?:says?|said|reckons?|told me|wants?|prefers?)(?: that)? )?"
_SUITS = compiled(rf"""
    {OPEN}{_THEY_SAY}(?:an? |the |by |for (?:her|him|them) )*(?:quick |short )?
    (?:{_CHANNEL}) (?:is|works|are|'s|suits|work) (?:always |much )?(?:best|the best|the go|
    the way|better|easier|easiest|preferred|her|him|them|what)\b(?P<rest>.*)$
""")
_ONLY = compiled(rf"""
    {OPEN}(?:please )?(?P<mark>just|only|always|better|better to|to|can you|
    rather) (?:{_CHANNEL}) (?:her|him|them)(?P<rest>.*)$
""")
_DROP = compiled(rf"""
    \b(?:just|better|says?|said|rather)(?: to)? (?:drop|send|give|shoot|fire|ping|flick|
    pop) (?:her|him|them|me) an? (?:quick |short )?(?:{_CHANNEL})(?P<rest>.*)$
""")
_ORDER = compiled(rf"""
    {OPEN}(?:please )?(?:just )?(?:{_CHANNEL})(?: (?:her|him|them|only|please|instead|first|
    is (?:okay|fine)))*(?P<rest>)$
""")
_AGAINST = compiled(rf"""
    {OPEN}(?:please )?(?:do not|never|no|no more|not|stop|rather not|better not)(?: to)?
    (?: by| the)? (?P<against>{_NAMELESS})(?: (?:her|him|them|please|any more|anymore|(?:about|
    with|for) \w+))*$
""")
_ONLY_LAST = compiled(rf"""
    \b(?:no|not|never|any more|instead of)\b.* (?:only|just) (?:by )?(?:{_CHANNEL})(?: please)?
    (?P<rest>)(?=$|,| and )
""")
_RATHER = compiled(rf"""
    {OPEN}{_THEY_SAY}(?:by |an? |it 's |always )?(?:{_CHANNEL})(?: me| her| him| us| them)?
    ,? (?:do not|rather than|instead of|not|over|and not|never) (?:by |on |the |an? )*
    (?:{_NAMELESS})(?:,? (?:please|always|ever|thanks|any more))*(?P<rest>)$
""")
# A day makes it a single call ("she'd prefer a call on Thursday"), unless channels are compared.
_CONTRAST = compiled(r"""
    \b(?:than|rather than|instead of|in person|face to face|not (?:by|the|an?) |no (?:calls|
    emails))\b
""")
_NOT_BUT = compiled(rf"""
    \b(?:do not|never|no more|rather than|instead of)\b.*\b(?:just|rather|
    but) (?:{_CHANNEL}) (?:her|him|them)\b(?P<rest>.*)$
""")
_POSTED = compiled(rf"""
    \b(?:kept|keep) (?:her |him |them )?(?:posted|updated|informed|in the loop)
    \b.* by (?:{_CHANNEL}){_END}(?P<rest>.*)$
""")
_ANY_TIME = compiled(rf"""
    \b(?:said|says)(?: to)?(?: just)? (?:{_CHANNEL})(?: (?:her|him|them|me))? (?:any ?time|
    whenever)\b(?P<rest>.*)$
""")
_CHANNEL_ONLY = compiled(rf"""
    (?<![a-z])(?:{_CHANNEL}) only(?:,? (?:please|from now on|thanks|(?:she|he|they) said))*
    (?P<rest>)$
""")
_TYPE = compiled(rf"""
    {OPEN}(?:she|he|they) (?:'s|is|are) (?:very much |really |more of |strictly |all |an? )*
    (?:{_CHANNEL}) (?:all the way|persons?|people|only|type|guy|man|woman|girl)\b(?P<rest>.*)$
""")
_WISHES = re.compile(
    r"\b(?:prefers?|preferred|asked|rather|likes? it(?: better| best| more)?)(?: that)?$"
)
_NO = re.compile(r"\b(?:not|never|used to|mind|neither|either|whether|wonder|asked whether)\b")
_OURS = re.compile(rf"{OPEN}(?:i|we|our|my)\b")
_SKIPPED = HYPOTHETICAL | {Mark.PAST, Mark.REQUESTED}


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The preferences of the note, each with its clause."""
    for place, clause in enumerate(note.clauses):
        before = note.clause_before(place)
        wish = before if before and not clause.fresh and _WISHES.search(before.line.line) else None
        if clause.marks & _SKIPPED and not wish:
            continue
        if clause.has_day and not _CONTRAST.search(clause.line.line):
            continue
        after = note.clause_after(place)
        channel = _stated_channel(clause, wish) or _contrasted(clause, before, after)
        if channel:
            yield (
                clause,
                suggestion_text.make_suggestion(
                    note, clause, "preference", channel, value=channel, since=wish
                ),
            )


def _stated_channel(clause: Clause, wish: Clause | None) -> str | None:
    line = f"{wish.line.line} {clause.line.line}" if wish else clause.line.line
    if _OURS.match(line):
        return None
    for pattern in (_ONLY_LAST, _CHANNEL_ONLY, _ANY_TIME):
        if match := pattern.search(line):
            return next(name for name in _WORDS if match[name])
    has_cadence = cadences.stage_of(clause.line.line)  # "asked to be called once a week"
    wants = () if has_cadence else (_WANTS,)
    for pattern in (_PREFERS, *wants, _BEST, _DROP, _NOT_BUT, _POSTED):
        if match := pattern.search(line):
            return _channel(match, line, lasting=pattern is _WANTS)
    for pattern in (_SUITS, _ONLY, _RATHER, _TYPE):
        if match := pattern.match(line):
            return _channel(match, line, lasting=False)
    return None


def _channel(match: re.Match[str], line: str, *, lasting: bool) -> str | None:
    if _NO.search(line[: match.start()]) or _NO.search(match.group()[:12]):
        return None
    if lasting and not (_LASTING.search(line) and _is_wish(line)):
        return None
    if re.match(r" (?:the|a|an|my|our|her the|him the|them the) ", match["rest"]):
        return None  # "text her the address" is a task
    return next((name for name in _WORDS if match[name]), None)


def _is_wish(line: str) -> bool:
    """Whether no object makes it a task, as in "wants me to email the quote"."""
    return not re.search(
        r"\b(?:quote|list|invoice|drawings?|numbers|figures|contract|it over)\b", line
    )


def _contrasted(clause: Clause, before: Clause | None, after: Clause | None) -> str | None:
    """ "Don't mail him, ring him", in either order."""
    match = _ORDER.match(clause.line.line)
    if not match:
        return None
    channel = next((name for name in _WORDS if match[name]), None)
    for neighbour in (before, after):
        rejected = _AGAINST.match(neighbour.line.line) if neighbour else None
        if rejected and channel and not re.fullmatch(_WORDS[channel], rejected["against"]):
            return channel
    return None
