"""What they will get from us, what is on its way, what we owe, what was promised by name."""

import re
from collections.abc import Callable

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import EVENT
from pwa.note_parser.clauses.speech_acts import OPEN
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.doubt import DOUBT

_THINGS = phrase(r"""
    (?:quote|quotation|offer|proposal|contract|agreement|invoice|credit note|credit|refund|
    figures|numbers|report|drawing|drawings|update|answer|price|prices|price list|list|plan|
    schedule|summary|details|those|these|this|that|information|info|documents|documentation|
    paperwork|manual|spec|specs|specification|data sheet|sample|samples|parts?|replacement|
    switch|switches|engineer|technician|delivery|order|shipment|estimate|draft|file|files|link|
    access|login|slides|presentation|certificate|minutes|recap|feedback|response|date|dates|it|
    them|something|one|1|everything|confirmation|new \w+|[0-9]+ \w+)
""")
_GETTING = compiled(rf"""
    {OPEN}(?:she|he|they|you|(?!i\b|we\b)\w+)(?: and \w+)? (?:will|would|can|are going to|
    is going to|'s going to|should) (?:be )?(?P<deed>(?P<verb>have|get|receive|hear|see|getting|
    hearing|receiving|having)\b(?P<rest>.*))$
""")
_GETS = compiled(rf"""
    {OPEN}(?:she|he|they) (?P<deed>(?:gets?|receives?|has)(?: (?:the|a|an|her|his|their|all|new|
    \w+)){{0,3}}? {_THINGS}\b(?! (?:back|to|from (?!us))).*)$
""")
_BACK_TO_US = re.compile(
    r"\b(?:to|for|with) (?:me|us)\b|^ (?:me|us)\b|\bback\b|\bready\b|\bfrom (?!me|us|our)\w+"
)
_THING = compiled(rf"""
    ^(?: (?:back|from|the|a|an|her|his|their|our|my|that|this|all|new|full|final|
    \w+))* {_THINGS}\b
""")
# What we told them they will have by a day is ours to bring, whatever it is.
_ANY_THING = re.compile(r" (?:the|an?|her|his|their|our|my|all|some|[0-9]+) \w+")
_ARRIVES = compiled(rf"""
    {OPEN}(?P<deed>(?:the|our|a|his|her|their|it|that|this|everything|new|corrected|revised|
    updated)(?: \w+){{0,3}}? (?:will|would|'s going to|is going to) be (?:(?:back )?with (?:her|
    him|them|you)|(?:out|over|back) to (?:her|him|them)|there|onsite|on site|sent|delivered|
    fixed|done|ready|replaced|repaired|installed|sorted|collected|picked up|taken away|shipped|
    on (?:its|the) way|(?:in|on) (?:her|his|their) \w+|credited|paid|corrected|finished)\b.*)$
""")
_ARRANGED = compiled(rf"""
    {OPEN}(?:i|we) (?:have )?(?P<deed>(?:booked|arranged|organized|scheduled|ordered|
    lined up) (?:in )?(?:the|an?|our|1|another) (?!(?:\w+ )?{EVENT}\b)\w+.*)$
""")
_ON_ITS_WAY = compiled(rf"""
    {OPEN}(?P<deed>(?!(?:i|we|she|he|that|this|what)\b)\w+(?: \w+){{0,2}}? (?:(?:'s|is|are|
    will be|would be) (?:going (?:back |out |over |across )?to (?:her|him|them)\b|(?:back )?
    with (?:her|him|them)\b)|(?:goes|go) (?:back |out |over |across )?to (?:her|him|them)\b).*)$
""")
_SOMEBODY_BOOKED = compiled(rf"""
    {OPEN}(?P<deed>(?:the |our |an? )?(?:technician|engineer|fitter|installer|driver|
    electrician|plumber|courier|delivery|collection|installation|repair|replacement)
    (?: \w+)? (?:(?:is|'s) (?:all )?(?:booked|scheduled|arranged|planned|confirmed|lined up|set|
    coming|going (?:out|over|round))|comes|goes (?:out|over|round))\b.*)$
""")
_LISTED = re.compile(
    rf"{OPEN}(?P<deed>(?:(?:the|an?|her|his|their|new|revised|final|full) )*{_THINGS})$"
)
_TO_BE = compiled(rf"""
    {OPEN}(?:the |our )?(?P<deed>\w+(?: \w+)?(?: is| are)? to (?:be (?:sent|delivered|fixed|
    replaced|ordered|installed|corrected|repaired|emailed|confirmed)|go out|go to (?:her|him|
    them))\b.*)$
""")
_WHAT_WE_PROMISED = compiled(rf"""
    {OPEN}what (?:i|we)(?: have)? promised(?: (?:her|him|them))? (?:is|was|'s) (?P<deed>(?!to\b|
    that\b)\w.*)$
""")
_WOULD_BE = compiled(rf"""
    {OPEN}(?:the |our )?(?P<deed>\w+(?: \w+)? would (?:be|arrive|come|follow|go out)(?: there)?)
    $
""")
_WILL_COME = compiled(rf"""
    {OPEN}(?P<deed>(?:the|our|a|his|her|their|it|new) ?(?:\w+ ){{0,5}}?(?:(?:will|
    would) (?:arrive|come|go out|be delivered|get there|follow)|goes live|goes (?:out|off|over)|
    (?:is going|'s going|goes) (?:out|in(?:to)? the post)|ships|leaves)\b.*)$
""")
_GOES_OUT = re.compile(r"\b(?:goes|going) (?:out|off|over|in(?:to)? the post)\b|\bships\b")
_FROM_THEM = re.compile(r"\bfrom (?:their|her|his)\b")
_A_TALK = re.compile(rf"(?:a|an|another|the|my|our) (?:\w+ )?{EVENT}\b")
_TITLE = "(?:(?:mr|mrs|ms|miss|dr|herr|frau) )?"
_EVENT_FIRST = compiled(rf"""
    \b(?:promised|owe) (?:her|him|them|{_TITLE}\w+) (?:a|another) (?:\w+ )?{EVENT}(?= (?:with|
    about|on|at|to|before|for)\b|$)
""")
_OWED = re.compile(
    rf"{OPEN}(?:(?:i|we) )?(?:still )?(?P<deed>owe (?:her|him|them|\w+)(?: still)? .+)$"
)
# They count on it that it comes from us.
_EXPECTED = compiled(rf"""
    {OPEN}(?:she|he|they|(?!i\b|we\b)\w+)(?: and \w+)? (?:(?:'s|is|are) (?:expecting|getting|
    receiving|waiting for|waiting on|counting on)|expects?|counts? on) (?P<deed>\w.* from (?:me|
    us)\b.*)$
""")
_COUNTS_ON = compiled(rf"""
    {OPEN}(?:she|he|they|(?!i\b|we\b)\w+) (?:can|could|may|might) (?:count on|rely on|expect)
    (?: (?:having|getting|receiving|to (?:have|get|receive)))? (?P<deed>(?!(?:it|that)\b)\w.*)$
""")
_NOT_FORGET = compiled(rf"""
    {OPEN}(?:(?:i|we) )?must not forget (?P<deed>(?:the|an?|her|his|their) \w.*)$
""")
_PROMISED_THING = compiled(rf"""
    {OPEN}(?:(?:i|we)(?: have)? )?(?:(?:promised|guaranteed)(?: to(?= (?:her|him|them)\b))?|
    committed to(?= (?:an?|the) )|shook hands on)(?: (?:her|him|them|{_TITLE}(?!to\b|the\b|a\b)
    \w+))? (?P<deed>(?!(?:that|to|nothing|i|we|not|her|him|them|it)\b)\w.*)$
""")
FROM_US = re.compile(r"\bfrom (?:us|me|our)\b")
_TO_THEM = re.compile(rf"\b{_THINGS}\b.* (?:with (?:her|him|them|you)|in (?:her|his|their))")

Match = re.Match[str]


def owed(clause: Clause) -> int | None:
    """The token where the words begin for what they get, when this clause promises it."""
    line = clause.core.line
    if match := _NOT_FORGET.match(line):
        return clause.core.token_at(match.start("deed"))
    if DOUBT.search(line):
        return None
    for pattern, holds in _FORMS:
        match = pattern.match(line)
        if match and holds(clause, match):
            return clause.core.token_at(match.start("deed"))
    return None


def _told(clause: Clause) -> bool:
    governed = clause.governor is not None and "their words" not in clause.marks
    return governed or "told after" in clause.marks


def _they_get(clause: Clause, match: Match) -> bool:
    """ "He'd have it by Friday" where we told him so; "she'll have the quote" anyway."""
    rest = match["rest"]
    if _BACK_TO_US.search(rest) and not re.match(r" (?:back )?from (?:us|me)", rest):
        return False
    sure = _told(clause) or " would " not in clause.core.line
    told_when = _told(clause) and any(one.days for one in clause.whens)
    given = _THING.match(rest) or (told_when and _ANY_THING.match(rest))
    return bool(FROM_US.search(rest)) or (bool(given) and sure)


def _gets(clause: Clause, match: Match) -> bool:
    """ "She gets the link tonight"; "has" only by a day."""
    has = match["deed"].startswith("has")
    return any(one.days and (one.lead == "by" or not has) for one in clause.whens)


def _goes(clause: Clause, match: Match) -> bool:
    """What goes out is ours to send; what will come is promised only when we told them."""
    ours = _GOES_OUT.search(match["deed"]) and not _FROM_THEM.search(match["deed"])
    return bool(clause.whens) and (_told(clause) or bool(ours))


def _arrives(clause: Clause, match: Match) -> bool:
    return _told(clause) or (bool(clause.whens) and bool(_TO_THEM.search(clause.core.line)))


def _told_when(clause: Clause, match: Match) -> bool:
    return _told(clause) and bool(clause.whens)


def _ours_when(clause: Clause, match: Match) -> bool:
    """ "He can expect it by Friday" where we told him so; "our offer" anyway."""
    ours = match["deed"].startswith(("our ", "my ")) or FROM_US.search(match["deed"])
    return bool(clause.whens) and (_told(clause) or bool(ours))


def _when(clause: Clause, match: Match) -> bool:
    return any(one.days or one.clock for one in clause.whens)


def _dated(clause: Clause, match: Match) -> bool:
    """What is on its way to them by a day is ours to bring, unless they told us so."""
    return any(one.days for one in clause.whens) and "their words" not in clause.marks


def _alone_by(clause: Clause, match: Match) -> bool:
    """ "Quote by Friday." as one dictates a list."""
    return clause.fresh and any(one.days and one.lead == "by" for one in clause.whens)


def _thing_when(clause: Clause, match: Match) -> bool:
    """What they expect of us by a day; a call that they expect is a booking."""
    return _when(clause, match) and not _A_TALK.match(match["deed"])


def _no_talk(clause: Clause, match: Match) -> bool:
    """A call that was promised is a booking, or nothing without a day."""
    return not _EVENT_FIRST.search(clause.core.line)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Clause, Match], bool]], ...] = (
    (_GETTING, _they_get),
    (_GETS, _gets),
    (_EXPECTED, _thing_when),
    (_COUNTS_ON, _ours_when),
    (_ARRIVES, _arrives),
    (_WOULD_BE, _told_when),
    (_WILL_COME, _goes),
    (_ARRANGED, _when),
    (_ON_ITS_WAY, _dated),
    (_TO_BE, _when),
    (_LISTED, _alone_by),
    (_SOMEBODY_BOOKED, _dated),
    (_OWED, _no_talk),
    (_PROMISED_THING, _no_talk),
    (_WHAT_WE_PROMISED, _no_talk),
)
