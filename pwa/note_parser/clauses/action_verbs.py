"""Decides whether an announced action is a promise: meant, and no contact, which is a booking."""

import re

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import contact_kind
from pwa.note_parser.clauses.speech_acts import Frame
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.doubt import DOUBT, MAYBE
from pwa.note_parser.vocabulary.marks import Mark
from pwa.note_parser.vocabulary.verbs import NON_ACTION_VERBS

_LOOKING = compiled(r"""
    ^(?:check|find out|ask|clarify|look|test|confirm|verify|investigate|let|tell|see|work out)
    \b.*?\b(?:if|whether)\b.*$
""")
_NOW = re.compile(r"\b(?:right now|right away|straight away|immediately|at once|now)\b")
_LET_KNOW = re.compile(r"let (?!you\b|me\b|us\b)(?:her|him|them|\w+) (?:know|have(?! to))\b")
# Verbs that need no object.
_INTRANSITIVE = frozenset(
    "deliver install ship reply answer start apologise apologize chase check ask".split()
)
_VISITS = re.compile(
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
# Our own follow-up work after a call, and phrases without content.
_OWN_WORK = compiled(r"""
    (?:put|mark|log|file|note|write|leave) (?:this|it|that|him|her|them) (?:down )?(?:as|off|be|
    at that)\b|(?:make|take) (?:a )?(?:quick )?notes?\b|log\b|note\b|do for (?:me|us)\b|(?:ask|
    mention) .*\bnext time$|crack on|leave (?:it|that)\b|leave (?:my|a) (?:name|number|message|
    voicemail)|think (?:about|on|over)|answer at\b|do (?:now |next |then )?is\b|get (?:going|
    cracking|home|on with)\b|give \w+ a hand\b
""")
_INTERROGATIVES = frozenset("when what how why where".split())
_ONLY_IT = re.compile(r"(?:do|try|have|keep) (?:it|that|so|again|on)(?:$| anyway| too)")
_US = re.compile(r"\b(?:me|us)\b")


def promised_action_start(
    clause: Clause, frame: Frame | None, *, dated: bool, firm: bool, more: bool
) -> int | None:
    """The token at which the action begins, None when the frame is no promise.

    `dated`: a day or a time is known; `firm`: it is a deadline ("by Friday"). `more`: a
    subordinate clause follows, as in "check whether it fits".
    """
    if frame is None or Mark.REQUESTED in clause.marks or MAYBE.search(clause.core.line):
        return None
    if (
        not _is_action(frame, more)
        or (_ONLY_IT.match(frame.action) and not dated)
        or DOUBT.search(_LOOKING.sub("", frame.action))
    ):
        return None
    if frame.modality == "would" and _WOULD_HAVE.match(frame.action):
        return None
    told = clause.is_told_by_us or Mark.REPORTED_AFTER in clause.marks
    is_commitment = {
        "will": not clause.is_quoted,
        "must": not clause.is_quoted,
        "promised": True,
        "would": told,
        "can": dated and (told or firm),
        "should": firm,
        "wish": firm,
        "doing": dated
        or (told and clause.opener not in _INTERROGATIVES)
        or bool(_NOW.search(clause.line.line)),
    }
    return frame.token if is_commitment.get(frame.modality) else None


def _is_action(frame: Frame, more: bool) -> bool:
    if _OWN_WORK.match(frame.action):
        return False
    contact = contact_kind(frame.action) is not None
    if frame.subject not in {"", "i", "we"}:  # a colleague visits or calls
        if _US.search(frame.action):
            return False
        if contact or _VISITS.match(frame.action):
            return True
    if (
        contact
        or frame.verb in NON_ACTION_VERBS
        or frame.verb == "be"
        or _BEST.search(frame.action)
    ):
        return False
    if frame.verb in _SPECIAL:
        return bool(_SPECIAL[frame.verb].match(frame.action))
    return more or frame.verb in _INTRANSITIVE or len(frame.action.split()) > 1


_TELL = re.compile(r"tell \w+ (?:\w+ )*?\w+$")
_SPECIAL = {"tell": _TELL, "have": _HAVING, "see": re.compile("see to "), "let": _LET_KNOW}
