"""Promises without an action of ours: what the client will get, what is on its way, what we owe."""

import re
from collections.abc import Callable

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import EVENT
from pwa.note_parser.clauses.speech_acts import OPEN
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.doubt import DOUBT
from pwa.note_parser.vocabulary.marks import Mark

_DELIVERABLES = phrase(r"""
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
    is going to|'s going to|should) (?:be )?(?P<action>(?P<verb>have|get|receive|hear|see|getting|
    hearing|receiving|having)\b(?P<rest>.*))$
""")
_GETS = compiled(rf"""
    {OPEN}(?:she|he|they) (?P<action>(?:gets?|receives?|has)(?: (?:the|a|an|her|his|their|all|new|
    \w+)){{0,3}}? {_DELIVERABLES}\b(?! (?:back|to|from (?!us))).*)$
""")
_BACK_TO_US = re.compile(
    r"\b(?:to|for|with) (?:me|us)\b|^ (?:me|us)\b|\bback\b|\bready\b|\bfrom (?!me|us|our)\w+"
)
_DELIVERABLE = compiled(rf"""
    ^(?: (?:back|from|the|a|an|her|his|their|our|my|that|this|all|new|full|final|
    \w+))* {_DELIVERABLES}\b
""")
# Anything that we told them they will have by a day is for us to deliver.
_ANY_OBJECT = re.compile(r" (?:the|an?|her|his|their|our|my|all|some|[0-9]+) \w+")
_ARRIVES = compiled(rf"""
    {OPEN}(?P<action>(?:the|our|a|his|her|their|it|that|this|everything|new|corrected|revised|
    updated)(?: \w+){{0,3}}? (?:will|would|'s going to|is going to) be (?:(?:back )?with (?:her|
    him|them|you)|(?:out|over|back) to (?:her|him|them)|there|onsite|on site|sent|delivered|
    fixed|done|ready|replaced|repaired|installed|sorted|collected|picked up|taken away|shipped|
    on (?:its|the) way|(?:in|on) (?:her|his|their) \w+|credited|paid|corrected|finished)\b.*)$
""")
_ARRANGED = compiled(rf"""
    {OPEN}(?:i|we) (?:have )?(?P<action>(?:booked|arranged|organized|scheduled|ordered|
    lined up) (?:in )?(?:the|an?|our|1|another) (?!(?:\w+ )?{EVENT}\b)\w+.*)$
""")
_ON_ITS_WAY = compiled(rf"""
    {OPEN}(?P<action>(?!(?:i|we|she|he|that|this|what)\b)\w+(?: \w+){{0,2}}? (?:(?:'s|is|are|
    will be|would be) (?:going (?:back |out |over |across )?to (?:her|him|them)\b|(?:back )?
    with (?:her|him|them)\b)|(?:goes|go) (?:back |out |over |across )?to (?:her|him|them)\b).*)$
""")
_ENGINEER_BOOKED = compiled(rf"""
    {OPEN}(?P<action>(?:the |our |an? )?(?:technician|engineer|fitter|installer|driver|
    electrician|plumber|courier|delivery|collection|installation|repair|replacement)
    (?: \w+)? (?:(?:is|'s) (?:all )?(?:booked|scheduled|arranged|planned|confirmed|lined up|set|
    coming|going (?:out|over|round))|comes|goes (?:out|over|round))\b.*)$
""")
_LISTED = re.compile(
    rf"{OPEN}(?P<action>(?:(?:the|an?|her|his|their|new|revised|final|full) )*{_DELIVERABLES})$"
)
_TO_BE = compiled(rf"""
    {OPEN}(?:the |our )?(?P<action>\w+(?: \w+)?(?: is| are)? to (?:be (?:sent|delivered|fixed|
    replaced|ordered|installed|corrected|repaired|emailed|confirmed)|go out|go to (?:her|him|
    them))\b.*)$
""")
_WHAT_WE_PROMISED = compiled(rf"""
    {OPEN}what (?:i|we)(?: have)? promised(?: (?:her|him|them))? (?:is|was|'s) (?P<action>(?!to\b|
    that\b)\w.*)$
""")
_WOULD_BE = compiled(rf"""
    {OPEN}(?:the |our )?(?P<action>\w+(?: \w+)? would (?:be|arrive|come|follow|go out)(?: there)?)
    $
""")
_WILL_COME = compiled(rf"""
    {OPEN}(?P<action>(?:the|our|a|his|her|their|it|new) ?(?:\w+ ){{0,5}}?(?:(?:will|
    would) (?:arrive|come|go out|be delivered|get there|follow)|goes live|goes (?:out|off|over)|
    (?:is going|'s going|goes) (?:out|in(?:to)? the post)|ships|leaves)\b.*)$
""")
_GOES_OUT = re.compile(r"\b(?:goes|going) (?:out|off|over|in(?:to)? the post)\b|\bships\b")
_FROM_THEM = re.compile(r"\bfrom (?:their|her|his)\b")
_CONTACT = re.compile(rf"(?:a|an|another|the|my|our) (?:\w+ )?{EVENT}\b")
_TITLE = "(?:(?:mr|mrs|ms|miss|dr|herr|frau) )?"
_EVENT_FIRST = compiled(rf"""
    \b(?:promised|owe) (?:her|him|them|{_TITLE}\w+) (?:a|another) (?:\w+ )?{EVENT}(?= (?:with|
    about|on|at|to|before|for)\b|$)
""")
_OWED = re.compile(
    rf"{OPEN}(?:(?:i|we) )?(?:still )?(?P<action>owe (?:her|him|them|\w+)(?: still)? .+)$"
)
# The client expects it from us.
_EXPECTED = compiled(rf"""
    {OPEN}(?:she|he|they|(?!i\b|we\b)\w+)(?: and \w+)? (?:(?:'s|is|are) (?:expecting|getting|
    receiving|waiting for|waiting on|counting on)|expects?|counts? on) (?P<action>\w.* from (?:me|
    us)\b.*)$
""")
_COUNTS_ON = compiled(rf"""
    {OPEN}(?:she|he|they|(?!i\b|we\b)\w+) (?:can|could|may|might) (?:count on|rely on|expect)
    (?: (?:having|getting|receiving|to (?:have|get|receive)))? (?P<action>(?!(?:it|that)\b)\w.*)$
""")
_NOT_FORGET = compiled(rf"""
    {OPEN}(?:(?:i|we) )?must not forget (?P<action>(?:the|an?|her|his|their) \w.*)$
""")
_PROMISED_DELIVERABLE = compiled(rf"""
    {OPEN}(?:(?:i|we)(?: have)? )?(?:(?:promised|guaranteed)(?: to(?= (?:her|him|them)\b))?|
    committed to(?= (?:an?|the) )|shook hands on)(?: (?:her|him|them|{_TITLE}(?!to\b|the\b|a\b)
    \w+))? (?P<action>(?!(?:that|to|nothing|i|we|not|her|him|them|it)\b)\w.*)$
""")
FROM_US = re.compile(r"\bfrom (?:us|me|our)\b")
_TO_THEM = re.compile(rf"\b{_DELIVERABLES}\b.* (?:with (?:her|him|them|you)|in (?:her|his|their))")

Match = re.Match[str]


def passive_promise_start(clause: Clause) -> int | None:
    """The token at which the wording of a passive promise begins, None without one."""
    line = clause.core.line
    if match := _NOT_FORGET.match(line):
        return clause.core.token_at(match.start("action"))
    if DOUBT.search(line):
        return None
    for pattern, guard in _FORMS:
        match = pattern.match(line)
        if match and guard(clause, match):
            return clause.core.token_at(match.start("action"))
    return None


def _told(clause: Clause) -> bool:
    return clause.is_told_by_us or Mark.REPORTED_AFTER in clause.marks


def _client_gets(clause: Clause, match: Match) -> bool:
    """ "He'd have it by Friday" where we told him so; "she'll have the quote" anyway."""
    rest = match["rest"]
    if _BACK_TO_US.search(rest) and not re.match(r" (?:back )?from (?:us|me)", rest):
        return False
    sure = _told(clause) or " would " not in clause.core.line
    told_when = _told(clause) and clause.has_day
    deliverable = _DELIVERABLE.match(rest) or (told_when and _ANY_OBJECT.match(rest))
    return bool(FROM_US.search(rest)) or (bool(deliverable) and sure)


def _gets_by_day(clause: Clause, match: Match) -> bool:
    """ "She gets the link tonight"; "has" only by a day."""
    has = match["action"].startswith("has")
    return any(
        expression.days and (expression.preposition == "by" or not has)
        for expression in clause.expressions
    )


def _goes_out(clause: Clause, match: Match) -> bool:
    """ "Goes out" is ours to do; "will come" is a promise only when we told them."""
    ours = _GOES_OUT.search(match["action"]) and not _FROM_THEM.search(match["action"])
    return bool(clause.expressions) and (_told(clause) or bool(ours))


def _arrives(clause: Clause, match: Match) -> bool:
    return _told(clause) or (bool(clause.expressions) and bool(_TO_THEM.search(clause.core.line)))


def _is_told_with_time(clause: Clause, match: Match) -> bool:
    return _told(clause) and bool(clause.expressions)


def _is_ours_dated(clause: Clause, match: Match) -> bool:
    """ "He can expect it by Friday" where we told him so; "our offer" anyway."""
    ours = match["action"].startswith(("our ", "my ")) or FROM_US.search(match["action"])
    return bool(clause.expressions) and (_told(clause) or bool(ours))


def _has_time(clause: Clause, match: Match) -> bool:
    return clause.has_day or clause.has_clock


def _is_ours_by_day(clause: Clause, match: Match) -> bool:
    """Dated, and not quoted from the client."""
    return clause.has_day and not clause.is_quoted


def _is_list_entry(clause: Clause, match: Match) -> bool:
    """A dictated list entry: "Quote by Friday."."""
    return clause.fresh and any(
        expression.days and expression.preposition == "by" for expression in clause.expressions
    )


def _is_expected_thing(clause: Clause, match: Match) -> bool:
    """Dated, and no call or visit, which would be a booking."""
    return _has_time(clause, match) and not _CONTACT.match(match["action"])


def _is_no_contact(clause: Clause, match: Match) -> bool:
    """No call or visit, which is a booking, or nothing without a day."""
    return not _EVENT_FIRST.search(clause.core.line)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Clause, Match], bool]], ...] = (
    (_GETTING, _client_gets),
    (_GETS, _gets_by_day),
    (_EXPECTED, _is_expected_thing),
    (_COUNTS_ON, _is_ours_dated),
    (_ARRIVES, _arrives),
    (_WOULD_BE, _is_told_with_time),
    (_WILL_COME, _goes_out),
    (_ARRANGED, _has_time),
    (_ON_ITS_WAY, _is_ours_by_day),
    (_TO_BE, _has_time),
    (_LISTED, _is_list_entry),
    (_ENGINEER_BOOKED, _is_ours_by_day),
    (_OWED, _is_no_contact),
    (_PROMISED_DELIVERABLE, _is_no_contact),
    (_WHAT_WE_PROMISED, _is_no_contact),
)
