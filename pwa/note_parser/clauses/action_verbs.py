"""Whether what we say we will do is a promise: a deed, meant, and not the next call itself."""

import re

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import kind_of_deed
from pwa.note_parser.clauses.speech_acts import Frame
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.doubt import DOUBT, MAYBE
from pwa.note_parser.vocabulary.verbs import NO_DEEDS

_LOOKING = compiled(r"""
    ^(?:check|find out|ask|clarify|look|test|confirm|verify|investigate|let|tell|see|work out)
    \b.*?\b(?:if|whether)\b.*$
""")
_NOW = re.compile(r"\b(?:right now|right away|straight away|immediately|at once|now)\b")
_LET_KNOW = re.compile(r"let (?!you\b|me\b|us\b)(?:her|him|them|\w+) (?:know|have(?! to))\b")
# Verbs that need no object.
_ALONE = frozenset(
    "deliver install ship reply answer start apologise apologize chase check ask".split()
)
_COMES = re.compile(
    r"(?:be (?:there|with|on|out|round)|come|arrive|turn up|visit|drive|stop|drop|go)\b"
)
_HAVING = compiled(r"""
    have (?!to\b).*\b(?:to|for|with|ready|done|over|out|there|sent|fixed|replaced|someone|
    somebody|an engineer|a technician|taken|put|cut|made|\w+ed|\w+ing|live|on site|onsite|take|
    look|come|call|check|fix|replace|send|bring)\b
""")
_WOULD_HAVE = compiled(r"""
    have (?:\w+ed|sent|done|got|gone|come|told|been|had|made|given|brought|found|taken|put|let|
    written|spoken|met|seen|rung|left|paid)\b
""")
_BEST = re.compile(r"\b(?:my|our) best\b")
# What we do for ourselves when a call is over, and what says nothing yet.
_OURSELVES = compiled(r"""
    (?:put|mark|log|file|note|write|leave) (?:this|it|that|him|her|them) (?:down )?(?:as|off|be|
    at that)\b|(?:make|take) (?:a )?(?:quick )?notes?\b|log\b|note\b|do for (?:me|us)\b|(?:ask|
    mention) .*\bnext time$|crack on|leave (?:it|that)\b|leave (?:my|a) (?:name|number|message|
    voicemail)|think (?:about|on|over)|answer at\b|do (?:now |next |then )?is\b|get (?:going|
    cracking|home|on with)\b|give \w+ a hand\b
""")
_ASKING = frozenset("when what how why where".split())
_ONLY_IT = re.compile(r"(?:do|try|have|keep) (?:it|that|so|again|on)(?:$| anyway| too)")
_US = re.compile(r"\b(?:me|us)\b")


def promised(
    clause: Clause, frame: Frame | None, *, dated: bool, firm: bool, more: bool
) -> int | None:
    """The token where the deed begins, when this frame is a promise.

    `dated`: a day or a time is said; `firm`: one that it is to be done by. `more`: a clause
    follows that says what, as in "check whether it fits".
    """
    if frame is None or "asked" in clause.marks or MAYBE.search(clause.core.line):
        return None
    if (
        not _is_deed(frame, more)
        or (_ONLY_IT.match(frame.deed) and not dated)
        or DOUBT.search(_LOOKING.sub("", frame.deed))
    ):
        return None
    if frame.way == "would" and _WOULD_HAVE.match(frame.deed):
        return None
    theirs = "their words" in clause.marks
    told = (clause.governor is not None and not theirs) or "told after" in clause.marks
    meant = {
        "will": not theirs,
        "must": not theirs,
        "promised": True,
        "would": told,
        "can": dated and (told or firm),
        "should": firm,
        "wish": firm,
        "doing": dated
        or (told and clause.opener not in _ASKING)
        or bool(_NOW.search(clause.line.line)),
    }
    return frame.token if meant.get(frame.way) else None


def _is_deed(frame: Frame, more: bool) -> bool:
    if _OURSELVES.match(frame.deed):
        return False
    contact = kind_of_deed(frame.deed) is not None
    if frame.who not in {"", "i", "we"}:  # somebody of ours goes there, or calls
        if _US.search(frame.deed):
            return False
        if contact or _COMES.match(frame.deed):
            return True
    if contact or frame.verb in NO_DEEDS or frame.verb == "be" or _BEST.search(frame.deed):
        return False
    if frame.verb in _SPECIAL:
        return bool(_SPECIAL[frame.verb].match(frame.deed))
    return more or frame.verb in _ALONE or len(frame.deed.split()) > 1


_TELL = re.compile(r"tell \w+ (?:\w+ )*?\w+$")
_SPECIAL = {"tell": _TELL, "have": _HAVING, "see": re.compile("see to "), "let": _LET_KNOW}
