"""Calls and visits that are arranged: "next call Tuesday", "we said the fifth at ten"."""

import re

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import EVENT, contact_kind, named_contact_kind
from pwa.note_parser.clauses.speech_acts import OPEN, WE
from pwa.note_parser.vocabulary.compile_pattern import compiled

_EVENT_ALONE = compiled(rf"""
    {OPEN}(?:next (?:step|thing|up|date)(?: (?:with|for) \w+)? (?:is|'s) )?(?:(?:the|our|my|a|
    an|another|next|followup|1st|new|quick|short|proper|say|agreed|booked|1) )*(?P<event>
    (?!follow ?up on){EVENT}|(?<=next )1)(?: (?:with|at|on|to|about|for|in|over) \w+(?: (?!was|
    went)\w+){{0,3}}?)?(?: (?:is|'s|will be|has been|are))?(?: (?:then|booked|set|fixed|
    scheduled|planned|arranged|agreed|confirmed|pencilled|down|in the (?:diary|calendar)|on|in|
    for|again|now|moved|to|due))*(?: instead)?(?: (?:on|at|in|over|via|by|about|regarding|
    to (?:go|talk|discuss|look|see|walk|check|review|run|plan|agree|sort|show|start|get)|with|
    for|so)\b.*)?$
""")
_CONFIRMED = compiled(rf"""
    {OPEN}(?:is|'s|are) (?:confirmed|fixed|set|agreed|booked|good|fine|on) for (?:the|our|a|
    another) (?P<event>{EVENT})\b
""")
_ARRANGED = compiled(rf"""
    {OPEN}(?:(?:{WE}|she and i|he and i|let us|let 's|they)(?: have| 's)? )?(?:already )?
    (?:booked|scheduled|arranged|set up|set|agreed|fixed|pencilled|planned|put|made|confirmed|
    organized|settled|got|have|locked in|squeezed in|nailed down|moved|rescheduled|pushed|
    postponed|diarised|lined up|do|say|plan|arrange|book|schedule|fix|invited|promised|owe
    (?= \w+ (?:a|another) (?:call|visit|meeting)))\b(?P<rest>.*)$
""")
_A_DATE = r"(?:date|time|slot)(?= (?:with|to (?:meet|talk|speak|see))\b|,|$)"
_TOGETHER = compiled(rf"""
    {OPEN}(?:(?:we|i|let us|let 's|she and i|he and i) )?(?:(?:have |'s )?(?:agreed|arranged|
    decided|planned|said)(?: to| that we will| we will)? )?(?:will )?(?P<action>(?:speak|talk|
    meet|catch up|touch base|chat|see each other|hear each other|hear from each other|
    see (?:her|him|them|you)|call|ring|be in touch|reconvene|regroup|do (?:a|another) )\b.*)$
""")
_AT_THEIRS = compiled(rf"""
    {OPEN}(?:i|we) (?:am|are) (?:back )?(?P<action>(?:there|round|over there|onsite|on site|
    at (?:theirs|his|hers|their \w+)|with (?:her|him|them)|on with (?:her|him|them)|booked in|
    on)\b.*)$
""")
_IN_DIARY = compiled(r"""
    \b(?:in|into) (?:the|my|our|both our|his|her|their) (?:diary|diaries|calendars?)\b|\b(?:is|
    's) (?:in|down) (?:for|to) (?:see|meet|visit|call)\b
""")
_SUITS = compiled(rf"""
    {OPEN}(?:works|suits|is (?:good|fine|okay)|'s (?:good|fine|okay)) (?:for )?(?:both
    (?: of us)?|us both|(?:her|him|them) and me|me and (?:her|him|them)|all of us|everyone|
    everybody|(?:her|him|them) too|(?:her|him|them|us|me))$
""")
_BOOKED_IN = compiled(rf"""
    {OPEN}(?:(?:i|we) (?:am|are|'s) )?(?:booked in|pencilled in|down)(?: (?:with|to see|for) \w+
    (?: \w+)?)?$
""")
_NEXT_IS = re.compile(
    rf"{OPEN}(?:the |our )?next(?: 1| time)?(?: (?:is|'s|will be|we do|i do))?(?: then)?$"
)
_MAKE_IT = compiled(rf"""
    {OPEN}(?:she|he|they)(?: has| have| 's)? (?:asked|wants?|wanted|would like|prefers?|
    suggested|said)(?: (?:to|we))? make it\b
""")
AGREED = compiled(rf"""
    {OPEN}(?:(?:i|we|she and i) )?(?:have )?(?:agreed|settled|fixed|booked|are on|said|told
    (?: (?:her|him|them))?|made it|went for|go for|let 's say|pencilled|it is|(?:am|are) doing|
    (?:am|are) going (?:with|for))(?: (?:on|for|in|it|that|to|her|him|them|then))*$
""")


def arranged_contact(clause: Clause) -> str | None:
    """The kind of contact that this clause arranges, None without one."""
    line = clause.core.line
    if match := _EVENT_ALONE.match(line) or _CONFIRMED.match(line):
        return named_contact_kind(line, named_contact_kind(match["event"]))
    if (match := _TOGETHER.match(line)) and (
        contact_kind(match["action"]) or re.match("do|hear|reconvene|regroup", match["action"])
    ):
        visit = match["action"].startswith(("meet", "see"))
        return named_contact_kind(line, "visit" if visit else "call")
    if match := _AT_THEIRS.match(line):
        return named_contact_kind(
            line, "call" if match["action"].startswith(("on with", "booked")) else "visit"
        )
    if (match := _ARRANGED.match(line)) and (
        event := re.search(rf"\b(?:{EVENT}\b(?! rooms?\b)|{_A_DATE})", match["rest"])
    ):
        return named_contact_kind(line, named_contact_kind(event.group()))
    if _IN_DIARY.search(line) or _BOOKED_IN.match(line):
        return named_contact_kind(line)
    if _MAKE_IT.match(line) or _NEXT_IS.match(line):
        return named_contact_kind(line, "call")
    agreed = AGREED.match(line) and (clause.has_clock or "agreed" in line)
    if agreed or (clause.is_clocked and _SUITS.match(line)):
        return named_contact_kind(line, "call")
    return None
