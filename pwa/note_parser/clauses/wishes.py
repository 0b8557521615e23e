"""Calls and visits that the client wishes for."""

import re

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import EVENT, contact_kind, named_contact_kind
from pwa.note_parser.clauses.speech_acts import OPEN, has_their_subject
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.marks import Mark

_WISH = phrase(r"""
    (?:would (?:like|love|prefer|rather)|wants?|wanted|asked(?: for)?|needs?|expects?|prefers?|
    is expecting|'s expecting|are expecting|suggested|proposed|invited|offered|is happy for|
    's happy for|are happy for|'s asked(?: for)?|has asked(?: for)?|is asking for|'s asking for|
    is okay for|said|told)
""")
_THEY_WISH = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?{_WISH} (?:for )?(?:me|us|somebody|someone)
    (?: to| that i| i| we)? (?P<action>\w.*)$
""")
THEY_WANT = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?{_WISH} (?:(?:me|us) (?:on|in|for) )?(?:to (?:have |do |move |change |
    push |shift |postpone )?)?(?:for )?(?:(?:a|another|the|our|my|1|next|followup|new|quick|
    short|proper|video|teams|site|phone) )*(?P<event>{EVENT})\b(?! (?:report|quote))
""")
_THEY_MEET = compiled(rf"""
    {OPEN}(?:\w+ ){{0,3}}?{_WISH} (?:to )?(?P<action>(?:speak|talk|meet|catch up|see|hear from)
    \b.*)$
""")
_ASKED_IF = re.compile(rf"{OPEN}(?:i|we) (?:could|can|would|might) (?P<action>\w.*)$")


def wished_contact(clause: Clause, before: Clause | None) -> str | None:
    """The kind of contact that the client wishes for in this clause, None without a wish."""
    line = clause.core.line
    match = _THEY_WISH.match(line)
    if match is None and Mark.REQUESTED in clause.marks and before and has_their_subject(before):
        match = _ASKED_IF.match(line)
    if match:
        action = re.sub(r"^(?:to|would|could|can) ", "", match["action"])
        if kind := contact_kind(action):
            return kind
    if (match := THEY_WANT.match(line)) and has_their_subject(clause):
        return named_contact_kind(
            line[match.start("event") :] + " " + line, named_contact_kind(match["event"])
        )
    if (match := _THEY_MEET.match(line)) and has_their_subject(clause):
        return named_contact_kind(
            line, "visit" if match["action"].startswith(("meet", "see")) else "call"
        )
    return None
