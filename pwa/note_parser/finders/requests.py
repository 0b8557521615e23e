"""Finds requests of the client, and requests reported done (R11)."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import EVENT, contact_kind
from pwa.note_parser.clauses.speech_acts import OPEN, has_their_subject
from pwa.note_parser.dates.resolution import resolve
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.finders import accepted_requests, cadences
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion

_DONE = phrase(r"""
    (?:done|sorted(?: out)?|closed|fixed|resolved|solved|installed|finished|completed?|
    delivered|working(?: again| now| fine)?|replaced|repaired|dealt with|settled|cleared|live|
    in place|up and running|running|wrapped up|sorted now|taken care of|ticked off|behind us|
    off the list|connected|configured|set up|signed off|history|back up|over)
""")
_IS_DONE = compiled(rf"""
    {OPEN}(?P<thing>(?:the|that|their|her|his|our|this|both|all|\w+) (?:\w+ ){{0,4}}?)(?:'s|is|
    are|has been|have been|got|was|were|works|'s been) (?:all |now |finally |already |also |
    completely |been |officially |good and )*{_DONE}(?: (?:now|too|at last|again|as well|
    already|finally|properly|then|so|thankfully|thank god|and \w+))*$
""")
_CLOSE = compiled(rf"""
    {OPEN}(?:(?:i|we|you|she|he|they) )?(?:can |have |could )?(?:close|closed|tick off|
    cross off|fixed|sorted(?: out)?|resolved|solved|installed|replaced|finished) (?P<thing>
    (?:the|that|their|her|his|both|this) \w+.*)$
""")
_WANTS = phrase(r"""
    (?:wants?|wanted|needs?|needed|expects?|(?:is|are) expecting|would (?:also )?(?:like|love)|
    asked(?: me| us)? (?:for|about)|asks (?:for|about)|is asking (?:for|about)|'s asking (?:for|
    about)|are asking (?:for|about)|(?:is|are|'s) (?:also )?(?:looking for|interested in|after|
    thinking (?:of|about)(?! \w+ing\b)|keen on|wondering about|curious about|considering|
    short of)|requested|keeps? (?:on )?asking (?:for|about)|enquired about|inquired about|
    wondered about|mentioned needing|brought up|was asking (?:about|for)|could use|
    could do with|raised|ordered|has (?:a )?(?:question|questions) (?:about|on)|had (?:a )?
    (?:question|questions) (?:about|on))
""")
_WISH = compiled(rf"""
    {OPEN}(?:\w+ ){{0,4}}?(?:also )?{_WANTS} (?P<thing>(?!to know$|(?:fewer|less|more) (?:calls|
    emails|visits|contact|meetings)\b|everything (?:by|over|on)\b|me\b|us\b|to go\b|to move\b|
    to be\b|to think\b|it\b|them\b|that\b|my\b|less\b|more (?:time|often)\b|time\b|nothing\b|
    no\b|somebody\b|someone\b|you\b|her to\b|him to\b|him\b|this\b|to (?:wait|stay|speak|talk|
    meet|keep|switch|drop|see me|see us|have a (?:call|chat)|come|call|hear|leave|stop|cancel|
    know (?:more about )?(?:you|me)|say|get back|discuss it|go)\b)\w.*)$
""")
_CAN_WE = compiled(r"""
    (?:^|\b(?:asked|asks|wondered|wonders|wants to know|asking|wanted to know|wondering) (?:me |
    us )?(?:if|whether) )(?:and |if |whether |also )*(?:it (?:is|'s|would be) possible|
    there is a way|can|could|would|do|we|i|you|there|somebody|someone)(?: (?:to|we|you|i|can|
    could|would|do|it))? (?:also |please |be able to |maybe )*(?P<thing>(?:look (?:at|into)|
    (?:take|have) a look|add|check|get|have|send|include|install|replace|change|move|fix|quote|
    offer|provide|help|do something|set up|extend|upgrade|supply|deliver|order|price|support|
    train|swap|organi[sz]e|arrange|review|update|increase|sort|find|make|put|give|raise|bring|
    take|test|remove)\b.+)$
""")
_ASK_ME = compiled(rf"""
    {OPEN}(?:\w+ ){{0,4}}?(?:asked|wants?|needs?|would like|expects?|wanted) (?:me|us|somebody|
    someone) to (?P<thing>(?!swing|stop|join|call|ring|phone|speak|talk|meet|visit|see|wait|
    stop|leave|be|go|keep|stay|hear|know|do it|pop|drop|come (?!back with)|try|hold|think|say)
    [a-z]+ \w.*)$
""")
_QUESTION = compiled(r"""
    \b(?:asked|asks|wants? to know|wondered|wonders|wondering|wanted to know|asking|
    keen to know) (?P<thing>(?:when|how|what|why|where|which|who|how much|how long) .+)$
""")
_OPEN_STILL = compiled(rf"""
    {OPEN}(?:the|that|their|her|his) (?P<thing>\w+(?: \w+){{0,2}}?) (?:is|'s|are) (?:still )?
    (?:open|not (?:done|sorted|fixed|solved|closed)(?: yet)?|outstanding|pending|unsolved|
    unresolved)\b
""")
_NOT_DONE = compiled(r"""
    \b(?:not|never|no longer|nothing|does not|do not|no need|used to|if they|will be|almost|
    nearly|half|yet|soon|would be|should be|nobody|what|than|going to be|until)\b
""")
_OWN_PLAN = compiled(r"""
    \b(?:needs?|wants?|wanted|needed|would (?:like|love)) to (?!know|have|get|order|buy|add|
    see the|upgrade|extend|try|test|include|change|replace|discuss|increase|rent|lease|install|
    use)
""")
_CONTACT = compiled(rf"""
    ^(?:to )?(?:(?:an?|the|another|my|our|1|next|quick|short|video|weekly|daily|monthly|regular|
    phone|proper|to|have|followup|go|do) )*{EVENT}\b|^(?:to )?(?:weekly|daily|monthly|
    fortnightly|quarterly|once a|twice a|every)\b|^(?:an? )?(?:short |quick )?(?:email|text|
    phone|ring|message)\b(?! (?:the|a|an|her|him|them|over|across)\b)
""")

_NO_REQUEST = compiled(rf"""
    \b(?:will|would|might|may|could|going to) (?:\w+ )?(?:need|want)\b(?! to\b)|\b(?:can|could|
    may) expect\b|^(?:\w+ )?could be\b|{OPEN}(?:it|that|this) (?:'s|is|was)\b
""")
# "He asked for references, gave him three names."
_AT_ONCE = re.compile(r"\b(?:gave|sent|handed|read) (?:it to )?(?:her|him|them)\b|\bdid that\b")
_MAYBE = frozenset(("could be", "may be", "might be", "maybe", "perhaps"))
_ASIDE = frozenset("until till once when while before after unless what".split())
_ASKED = compiled(r"""
    \b(?:asked|asks|asking|wondered|wonders|wondering|wants? to (?:know|see)|wanted to (?:know|
    see))(?: me| us)?(?: also| about)?$
""")
_ASKED_WHAT = compiled(r"""
    (?P<thing>(?:if|whether|could|can|do|does|did|is|are|will|would|when|how|what|why|where|
    which|who) (?:\w+ ){1,}.*)$
""")
_WE_ASKED = re.compile(rf"{OPEN}(?:i|we)\b")
_US_THERE = re.compile(
    r"\b(?:come|visit|pop|drop|see (?:me|us|you)|see (?:her|him|them)|available|free)\b"
)
_STARTS_ASKING = re.compile(r"(?:and )?(?:can|could)\b")
_CURIOUS = re.compile(r"\b(?:wants?|wanted|would like|keen) to know$|\bwonder(?:s|ed)$")
_CONTACT_WORDS = re.compile(r"\b(?:call|ring|phone|speak|talk|meet|do it|weekly|every)\b")


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The requests of the note, each with its clause; settled ones are marked done."""
    for place, clause in enumerate(note.clauses):
        if clause.marks & HYPOTHETICAL:
            continue
        before = note.clause_before(place)
        if title := _done_request(clause):
            yield clause, suggestion_text.make_suggestion(note, clause, "request", title, done=True)
        elif (match := _OPEN_STILL.match(clause.core.line)) and Mark.REQUESTED not in clause.marks:
            yield clause, suggestion_text.make_suggestion(note, clause, "request", match["thing"])
        elif (request := locate_request(clause, before)) and not _is_settled(note, place):
            start, since = request
            places = [place for place in clause.core.places if place >= start]
            day, at = resolve(_deadlines(clause), note.now, deadline=True)
            text = suggestion_text.short_text(note, places)
            yield (
                clause,
                suggestion_text.make_suggestion(
                    note, clause, "request", text, day, at, since=since
                ),
            )


def _is_settled(note: Note, place: int) -> bool:
    """Whether it was done at once, refused, answered or accepted as a promise."""
    at_once = _AT_ONCE.search(note.clauses[place].core.line)
    if (
        at_once
        or accepted_requests.is_refused(note, place)
        or accepted_requests.is_answered(note, place)
    ):
        return True
    return accepted_requests.is_accepted(note, place)


def _deadlines(clause: Clause) -> list[TimeExpression]:
    return [expression for expression in clause.times if expression.preposition in {"by", "before"}]


def _done_request(clause: Clause) -> str | None:
    line = clause.core.line
    aside = clause.opener in _ASIDE and not clause.fresh
    if aside or clause.expressions or _NOT_DONE.search(line):
        return None
    for pattern in (_IS_DONE, _CLOSE):
        match = pattern.match(line)
        if match and not _CONTACT.match(match["thing"]):
            words = match["thing"].split()
            if (
                not set(words)
                & {"she", "he", "they", "i", "we", "it", "that", "this", "call", "meeting"}
                or len(words) > 2
            ):
                while words and words[0] in {"the", "that", "this"}:
                    words = words[1:]
                return " ".join(words).replace(" 's", "'s") or None
    return None


def locate_request(clause: Clause, before: Clause | None) -> tuple[int, Clause | None] | None:
    """The token at which the request begins, and the clause that introduces it; else None."""
    line = clause.core.line
    if re.search(r"\b(?:not|never|no longer|nothing|no need|no no)\b", line) or _OWN_PLAN.search(
        line
    ):
        return None
    if cadences.stage_of(clause.line.line) or _NO_REQUEST.search(line):
        return None
    aside = clause.opener in _ASIDE and not clause.fresh
    if aside or (before and before.core.line in _MAYBE):
        return None
    for pattern in (_ASK_ME, _WISH, _QUESTION):
        match = pattern.search(line) if has_their_subject(clause) else None
        if match and not (_CONTACT.match(match["thing"]) or contact_kind(match["thing"])):
            return clause.core.token_at(match.start("thing")), None
    return _indirect_request(clause, before) or _question(clause, before)


def _question(clause: Clause, before: Clause | None) -> tuple[int, Clause | None] | None:
    """A direct question of the client ("he asked / do we deliver at weekends"), no appointment."""
    if before is None or clause.fresh or not _ASKED.search(before.core.line):
        return None
    if _WE_ASKED.match(before.core.line):
        return None
    match = _ASKED_WHAT.match(clause.core.line)
    if match is None or _CONTACT_WORDS.search(match["thing"]) or _US_THERE.search(match["thing"]):
        return None
    return clause.core.token_at(match.start("thing")), before


def _indirect_request(clause: Clause, before: Clause | None) -> tuple[int, Clause | None] | None:
    asking = (
        before if before and Mark.REQUESTED in clause.marks and has_their_subject(before) else None
    )
    if not asking and not _STARTS_ASKING.match(clause.core.line):
        return None
    if not (asking or clause.fresh or (before and has_their_subject(before))):
        return None
    if asking and _CURIOUS.search(asking.core.line):
        return clause.core.places[1], asking
    match = _CAN_WE.search(clause.core.line)
    if match is None or _CONTACT_WORDS.search(match["thing"]):
        return None
    return clause.core.token_at(match.start("thing")), asking
