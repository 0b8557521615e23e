"""Preference: the channel they said they like (R4)."""

import re
from collections.abc import Iterator

from pwa.speech.read import texts
from pwa.speech.read.clauses import Clause
from pwa.speech.read.frames import OPEN
from pwa.speech.read.note import Note
from pwa.speech.read.suggestion import Suggestion

_WORDS = {
    "visit": r"in person|face to face|visits?|visited|visiting|"
    r"c[ao]me (?:by|round|over|in|and see|to "
    r"see)|drop (?:in|by)|see (?:me|us)|meet(?:ing)?(?: up)?|stop by|pop (?:in|round)|over (?:a )?"
    r"coffee|sit down|on ?site",
    "video": r"video(?: calls?)?|teams(?: calls?)?|zoom(?: calls?)?|on screen",
    "text": r"text(?:s|ed|ing)?(?: messages?)?|messages?|messaging|messaged",
    "email": r"emails?|emailed|emailing|in writing|written|write|writing",
    "phone": r"(?:phone |telephone )?calls?|called|calling|"
    r"(?:the |by |over the )?phone(?:d)?|ring|rung"
    r"|ringing|telephone(?:d)?|(?:talk|speak|talking|speaking) (?:to (?:me|us|someone|somebody|a "
    r"person|a human)|on the phone)|mobile",
}
_CHANNEL = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
_NAMELESS = "|".join(_WORDS.values())
_FILL = (
    r"(?:(?:me|us|that|if|when|to|i|we|you|it|be|have|having|get|getting|an?|the|just|only|"
    r"everything|"
    r"things|updates?|quick|short|by|over|via|on|my|our|contact|contacted|reached|hear|hearing|"
    r"from|"
    r""
    r"communicate|communicating|being|proper|always|simply|keep|in|with|came|come|called|nice|"
    r"regular|good|old|real|actual|personal|her|his|their|do|doing|use|go|stick|stay|with) )*?"
)
_END = r"(?![a-z])"
_PREFERS = re.compile(
    rf"(?:would (?:much |far |still )?(?:rather|sooner|prefer)|prefers?|preferred|(?:is|are|'s) "
    rf"(?:much )?happier (?:with|if)|(?:is|'s|are) more of an?|likes? it (?:better|best) (?:when|"
    rf"if|"
    rf"by|"
    rf"over|on)|favou?rs|likes) {_FILL}(?:{_CHANNEL}){_END}(?P<rest>.*)$"
)
_WANTS = re.compile(
    rf"(?:just wants|wants?|wanted|asked|asks|would like|told|said)(?: me| us)? (?:for "
    rf")?{_FILL}(?:{_CHANNEL}){_END}"
    r"(?P<rest>.*)$"
)
_LASTING = re.compile(
    r"\b(?:in future|in the future|from now on|instead|always|only|first|rather than|not (?:by|"
    r"call|"
    r""
    r"calls|email|emails|the|phone)|when it matters|every time|going forward|normally|generally|"
    r"now and then|regularly|"
    r"never|mornings?|afternoons)\b|\bno (?:calls|emails|phone)\b|just wants|\bto be (?:called|"
    r"emailed|rung|phoned|visited)"
)
_BEST = re.compile(
    rf"(?:(?:best|easiest|quickest|fastest|only|surest|preferred) (?:way |channel |thing |bet |"
    rf"route )?"
    rf"(?:(?:to|of) (?:\w+ ){{1,3}}?)?(?:(?:is|'s|by|via|on|with|over|through) )+|(?:easier|"
    rf"easiest|"
    rf""
    rf"best|better)(?: reached| off| to reach)?(?: (?:her|him|them))? (?:by|on|over|via|through|"
    rf"with) |"
    rf"reach(?:es)? (?:her|him|them) (?:best )?(?:by|on|via|over|through) |(?:stick|keep|go) (?:it "
    rf")?(?:to|"
    rf"with) |(?:best|better|easier) to (?:just )?|only (?:ever )?(?:answers|reads|reacts to|"
    rf"responds to|replies to|answers to|uses|"
    rf"picks up) )"
    rf"{_FILL}(?:{_CHANNEL}){_END}(?P<rest>.*)$"
)
_SUITS = re.compile(
    rf"{OPEN}(?:an? |the |by |for (?:her|him|them) )*(?:quick |short )?(?:{_CHANNEL}) (?:is|works|"
    rf"are|'s|suits|work) (?:always |much )?"
    rf"(?:best|better|easier|easiest|preferred|her|him|them|what)\b(?P<rest>.*)$"
)
_ONLY = re.compile(
    rf"{OPEN}(?:please )?(?P<mark>just|only|always|better|better to|to|can you|rather) "
    rf"(?:{_CHANNEL}) "
    r"(?:her|him|them)(?P<rest>.*)$"
)
_DROP = re.compile(
    rf"\bjust (?:drop|send|give) (?:her|him|them|me) an? (?:quick |short "
    rf")?(?:{_CHANNEL})(?P<rest>.*)$"
)
_ORDER = re.compile(
    rf"{OPEN}(?:please )?(?:just )?(?:{_CHANNEL})(?: (?:her|him|them|only|please|instead|first|is "
    rf"(?:okay|fine)))*(?P<rest>)$"
)
_AGAINST = re.compile(
    rf"{OPEN}(?:please )?(?:do not|never|no|no more|not|stop|rather not|better not)"
    rf"(?: to)?(?: by| the)? (?P<against>{_NAMELESS})(?: (?:her|him|them|please|any more|"
    rf"anymore))*$"
)
_ONLY_LAST = re.compile(
    rf"\b(?:no|not|never|any more|instead of)\b.* (?:only|just) (?:by )?(?:{_CHANNEL})(?: "
    rf"please)?(?P<rest>)$"
)
_RATHER = re.compile(
    rf"{OPEN}(?:by |an? |it 's |always )?(?:{_CHANNEL}),? (?:rather than|instead of|not|over|and "
    rf"not|never) (?:by |on |the |an? )*"
    rf"(?:{_NAMELESS})(?P<rest>)$"
)
_WISHES = re.compile(
    r"\b(?:prefers?|preferred|asked|rather|likes? it(?: better| best| more)?)(?: that)?$"
)
_NO = re.compile(r"\b(?:not|never|used to|mind|neither|either|whether|wonder|asked whether)\b")
_OURS = re.compile(rf"{OPEN}(?:i|we|our|my)\b")


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """What they said about how to reach them."""
    for place, clause in enumerate(note.clauses):
        before = note.clauses[place - 1] if place else None
        wish = before if before and not clause.fresh and _WISHES.search(before.line.line) else None
        if {"condition", "conditional", "past", "asked"} & clause.marks and not wish:
            continue
        if any(one.days for one in clause.whens):
            continue
        after = note.clauses[place + 1] if place + 1 < len(note.clauses) else None
        channel = _said(clause, wish) or _contrasted(clause, before, after)
        if channel:
            yield (
                clause,
                texts.suggestion(note, clause, "preference", channel, value=channel, since=wish),
            )


def _said(clause: Clause, wish: Clause | None) -> str | None:
    line = f"{wish.line.line} {clause.line.line}" if wish else clause.line.line
    if _OURS.match(line):
        return None
    if (match := _ONLY_LAST.search(line)) and (
        found := next((name for name in _WORDS if match[name]), None)
    ):
        return found
    for pattern in (_PREFERS, _WANTS, _BEST, _DROP):
        if match := pattern.search(line):
            return _channel(match, line, lasting=pattern is _WANTS)
    for pattern in (_SUITS, _ONLY, _RATHER):
        if match := pattern.match(line):
            return _channel(match, line, lasting=False)
    return None


def _channel(match: re.Match[str], line: str, *, lasting: bool) -> str | None:
    if _NO.search(line[: match.start()]) or _NO.search(match.group()[:12]):
        return None
    if lasting and not (_LASTING.search(line) and is_wish(line)):
        return None
    if re.match(r" (?:the|a|an|my|our|her the|him the|them the) ", match["rest"]):
        return None  # "text her the address" is a task
    return next((name for name in _WORDS if match[name]), None)


def is_wish(line: str) -> bool:
    """ "Wants me to email the quote" is a task; without a thing it is a wish."""
    return not re.search(
        r"\b(?:quote|list|invoice|drawings?|numbers|figures|contract|it over)\b", line
    )


def _contrasted(clause: Clause, before: Clause | None, after: Clause | None) -> str | None:
    """ "Don't mail him, ring him", in either order."""
    match = _ORDER.match(clause.line.line)
    if not match:
        return None
    for other in (before, after):
        if other is not None and (no := _AGAINST.match(other.line.line)):
            found = next((name for name in _WORDS if match[name]), None)
            if found and not re.fullmatch(_WORDS[found], no["against"]):
                return found
    return None
