"""Finds needs, worries and opinions of the client, to be kept with the contact (R24)."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion

_NEEDS = re.compile(
    "|".join(
        (
            phrase(r"""
                \bbudgets? (?:is|'s|are|was|has been|have been|will be|got) (?:\w+ )?(?:frozen|
                cut|tight|gone|approved|limited|used up|spent|blocked|small|signed off|on hold|
                halved)\b
            """),
            r"\bno budget\b|\bbudget (?:freeze|for|until|of)\b|\bunder (?:a lot of )?pressure\b",
            phrase(r"""
                \bmatters (?:most |a lot |the most )?to (?:her|him|them)\b|\bwhat matters\b|
                \bcares? (?:most |a lot |mostly |mainly )?about\b|\b(?:really |very )?
                important (?:to|for) (?:her|him|them)\b|\bthe main thing (?:for|is)\b|
                \bvalues?\b (?:that|the|when|our|honesty|speed|quick|being)\b|\b(?:top |main |
                first |biggest |number 1 )?priority (?:\w+ ){0,3}?(?:is|'s|for)\b
            """),
            phrase(r"""
                (?<!\w)(?:'s|is|are|was|seems?|sounded|got) (?:\w+ ){0,2}?(?:worried|nervous|
                anxious|concerned|afraid|scared|uneasy) (?:about|that|of|because|by|the|they|it|
                we|he|she)\b|^(?:\w+ )?(?:worried|nervous|anxious|concerned) (?:about|that)\b|
                \bworries about\b|\bafraid of\b
            """),
            phrase(r"""
                \b(?:biggest|main|real) (?:problem|headache|worry|concern|issue|challenge|pain|
                fear)\b
            """),
            phrase(r"""
                \b(?:what (?:she|he|they) (?:really |most )?(?:needs?|wants?)(?: most)? (?:is|
                from us))\b
            """),
            phrase(r"""
                \b(?:thinks?|thought|feels?|finds?|found|said) (?:that )?(?:we|our \w+|us)
                (?: (?:are|'s|is|was|were))? (?:too |very |a bit |really |rather )?(?:slow|
                expensive|quick|reliable|good|great|better|cheap|pricey|fast|helpful|
                hard to reach|easy|fair|honest|professional|unreliable)\b
            """),
            phrase(r"""
                (?<!\w)(?:are|is|'s|they|he|she) (?:\w+ )?(?:opening|moving to|expanding|hiring|
                growing|taking over|merging|relocating|closing|building|renovating|
                restructuring|laying off|short of staff|short staffed|understaffed|recruiting)\b
            """),
            phrase(r"""
                \b(?:busiest|quietest) (?:time|season|period|month|week|day)\b|\bpeak season\b|
                \bhigh season\b
            """),
            phrase(r"""
                \b(?:under|on) (?:a )?(?:tight|strict) (?:budget|deadline)\b|\bcannot afford\b|
                \bcan not afford\b|\bhas to (?:cut|save|justify)\b|\bneeds to (?:cut|save|
                justify)\b
            """),
            phrase(r"""
                \bneeds? (?:somebody|someone|people|a person|us|1 person) (?:who|that|to be)\b|
                \bwants? (?:somebody|someone|1 person|a person|us) (?:who|that|to be)\b
            """),
        )
    )
)
# Upcoming changes at the client: an opening for us before any request.
_COMING = compiled(r"""
    \b(?:will|going to|would|is gonna) (?:be |also |probably |then )*(?:need|want|needing|
    wanting) (?!to (?:call|talk|speak|see|meet|know|think|go|come)\b|me\b|us to\b|it\b|them\b)
    \w+|\b(?:opens?|opened|opening|fitting out|taking on|takes on|switching|changing|bringing|
    moving to|moves to|getting|starting) (?:\w+ ){0,3}?(?:2nd|3rd|second|new|another|more|extra|
    bigger|in house|over to|premises|[0-9]+ (?:more|new)|warehouse|offices?|sites?|branch|depot|
    carriers?|suppliers?|providers?)\b|\b(?:contract|policy|lease|deal|agreement|licen[cs]e|
    warranty) (?:\w+ ){0,6}?(?:runs out|is up|ends|expires|expiring|ending|up for renewal|
    comes to an end|finishes)\b|\b(?:out to tender|up for renewal|short of (?:staff|\w+)|
    [0-9]+ (?:more|extra|new) (?:\w+ )?(?:people|staff|drivers|pupils|beds|vans|desks|heads|
    seats|users|starters|hygienists|nurses))\b|\badd(?:ing)? (?:\w+ )?[0-9]+ \w+|
    \bthinking (?:of|about) (?:replacing|opening|moving|expanding|changing|buying|upgrading|
    adding|switching|extending|hiring|building|growing|renewing|investing|taking)\b|\b
    (?:too (?:high|expensive|dear|heavy|clunky|slow|complicated|small|big)|clunky)\b
""")
_IN_A_ROW = 4  # clauses
_THINKS = re.compile(r"\b(?:thinks?|thought|feels?|finds?|found|reckons|said|says)(?: that)?$")
_NO_NEED = re.compile(
    r"\b(?:if|unless|not (?:worried|nervous|concerned|afraid|anxious)|no longer|less)\b"
)
_OUR_SUBJECT = re.compile(r"^(?:and |but |so )*(?:i|we|our|my) ")
_SKIPPED = HYPOTHETICAL | {Mark.REQUESTED}


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The needs of the note, each with its clause; neighbouring clauses count as one."""
    last = -_IN_A_ROW
    for place, clause in enumerate(note.clauses):
        before = note.clause_before(place)
        line, since = clause.line.line, None
        if before and not clause.fresh and _THINKS.search(before.line.line):
            line, since = f"{before.line.line} {line}", before
        after = note.clause_after(place)
        until = (
            after
            if after and after.opener in {"that", "whether", "who"} and not after.fresh
            else None
        )
        if until:
            line = f"{line} {until.line.line}"
        if clause.marks & _SKIPPED or _NO_NEED.search(line):
            continue
        if not (_NEEDS.search(line) or _COMING.search(line)) or _OUR_SUBJECT.match(line):
            continue
        is_repeated, last = place - last < _IN_A_ROW, place
        if is_repeated:
            continue
        yield (
            clause,
            suggestion_text.make_suggestion(
                note,
                clause,
                "need",
                suggestion_text.clause_text(note, clause),
                since=since,
                until=until,
            ),
        )
