"""A talk or a visit that they wish for."""

import re

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import EVENT, kind_of_deed, kind_of_words
from pwa.note_parser.clauses.speech_acts import OPEN, is_theirs
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase

_WISH = phrase(r"""
    (?:would (?:like|love|prefer|rather)|wants?|wanted|asked(?: for)?|needs?|expects?|prefers?|
    is expecting|'s expecting|are expecting|suggested|proposed|invited|offered|is happy for|
    's happy for|are happy for|'s asked(?: for)?|has asked(?: for)?|is asking for|'s asking for|
    is okay for|said|told)
""")
_THEY_WISH = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?{_WISH} (?:for )?(?:me|us|somebody|someone)
    (?: to| that i| i| we)? (?P<deed>\w.*)$
""")
THEY_WANT = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?{_WISH} (?:(?:me|us) (?:on|in|for) )?(?:to (?:have |do |move |change |
    push |shift |postpone )?)?(?:for )?(?:(?:a|another|the|our|my|1|next|followup|new|quick|
    short|proper|video|teams|site|phone) )*(?P<event>{EVENT})\b(?! (?:report|quote))
""")
_THEY_MEET = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?{_WISH} (?:to )?(?P<deed>(?:speak|talk|meet|catch up|see|hear from)
    \b.*)$
""")
_ASKED_IF = re.compile(rf"{OPEN}(?:i|we) (?:could|can|would|might) (?P<deed>\w.*)$")


def wished(clause: Clause, before: Clause | None) -> str | None:
    line = clause.core.line
    match = _THEY_WISH.match(line)
    if match is None and "asked" in clause.marks and before and is_theirs(before):
        match = _ASKED_IF.match(line)
    if match:
        deed = re.sub(r"^(?:to|would|could|can) ", "", match["deed"])
        if kind := kind_of_deed(deed):
            return kind
    if (match := THEY_WANT.match(line)) and is_theirs(clause):
        return kind_of_words(
            line[match.start("event") :] + " " + line, kind_of_words(match["event"])
        )
    if (match := _THEY_MEET.match(line)) and is_theirs(clause):
        return kind_of_words(line, "visit" if match["deed"].startswith(("meet", "see")) else "call")
    return None
