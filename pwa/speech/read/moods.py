"""Mood: how they feel about things, only where it was said."""

import re
from collections.abc import Iterator

from pwa.speech.read import texts
from pwa.speech.read.clauses import Clause
from pwa.speech.read.note import Note
from pwa.speech.read.suggestion import Suggestion

_WHO = (
    r"(?:she|he|they|everyone|everybody|both|(?<![^ ])(?!(?:it|that|which|either|this|there|i|we|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)\w+)"
)
_BE = r"(?:'s|is|are|was|were|seems?|seemed|sounds?|sounded|feels?|felt|looks?|looked|came across)"
_HOW = (
    r"(?:very|really|well|so|pretty|quite|a bit|a little|rather|more than|extremely|absolutely|"
    r"totally|"
    r"genuinely|all|super|still|clearly|actually|getting|somewhat|much|as|visibly|always|now|in a) "
)
_GOOD = (
    r"(?:happy|happier|pleased|delighted|thrilled|glad|satisfied|impressed|over the moon|relieved|"
    r"cheerful|chuffed|relaxed|in good spirits|in good mood|good mood|in a good mood|in great "
    r"spirits|"
    r"friendly|upbeat|enthusiastic|excited|grateful|content|positive|warm|in high spirits|smiling|"
    r"made up|keen(?! to| on)|over the moon|super happy)"
)
_WORRIED = (
    r"(?:worried|nervous|anxious|concerned|uneasy|unhappy|stressed|afraid|scared|disappointed|"
    r"frustrated|upset|not happy|not pleased|not impressed|not satisfied|tense|unsettled|"
    r"not so happy|not too happy|annoyed|fed up|not convinced|sceptical|skeptical|on edge)"
)
_NEUTRAL = (
    r"(?:neutral|okay|alright|all right|fine|neither happy nor unhappy|so so|indifferent|lukewarm|"
    r"neither here nor there|calm|businesslike|matter of fact|reserved)"
)
_OPENING = (
    r"(?:(?:and|but|so|also|well|yes|okay|apparently|overall|anyway|said|says|i think|because|that|"
    r"though|the|her|his|their|\w+ said),? )*"
)
_FEELS = re.compile(
    rf"^(?:{_OPENING})?{_WHO} {_BE} (?:{_HOW})*(?:(?P<worried>{_WORRIED})|(?P<good>{_GOOD})|"
    rf"(?P<neutral>{_NEUTRAL}))(?![a-z])(?P<rest>.*)$"
)
_ALONE = re.compile(
    rf"^(?:and |but |so |also |(?:the )?(?:client|customer|team) "
    rf")*(?:{_HOW})*(?:(?P<worried>{_WORRIED})|(?P<good>{_GOOD}))(?P<rest>"
    r"(?: (?:with|about|that|overall|again|though).*)?)$"
)
_MOOD_IS = re.compile(
    r"\bmood (?:is|was|'s) (?:\w+ )?(?:(?P<good>good|great|excellent|positive)|(?P<neutral>neutral|"
    r"okay|"
    r"fine|so so)|(?P<worried>bad|poor|tense|worried))(?P<rest>)\b"
)
_THANKS = re.compile(
    r"\b(?:she|he|they) (?P<good>loves?|loved|likes what|appreciates?|appreciated|thanked|praised|"
    r"raved|could not be happier)(?P<rest>)\b"
)
# "Happy to move", "happy with weekly", "fine with Friday", "okay for Tuesday" are answers.
_ANSWER = re.compile(
    r"^,? (?:to (?!bits)|for |if |as long|enough|(?:with|by|about|on) (?:a |the |an? )?(?:weekly|"
    r"monthly|daily|fortnightly|"
    r"quarterly|twice|once|every|that|it|this|1|either|email|emails|text|texts|calls?|phone|monday|"
    r"tuesday|"
    r"wednesday|thursday|friday|us|me|[0-9])\b|tomorrow|on |and happy)"
)
_THINGS = re.compile(
    r"\b(?:it|that|this|everything|delivery|order|visit|meeting|week|weather|"
    r"which|there|backup|alarm|date|time|price|line|i|we) (?:'s|is|"
    r"was|"
    r"seems|are|am|looks|sounds) "
)
_UNHAPPY = re.compile(
    r"\bnot (?:at all |too |so |very |really |exactly )?(?P<worried>happy|pleased|impressed|"
    r"amused)\b"
    r"(?! to\b| with (?:weekly|daily|monthly))(?P<rest>)"
)
_NO = re.compile(r"\b(?:will be|would be|if|unless|wants? to be|make|used to|could be|last time)\b")


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The moods that were said."""
    for clause in note.clauses:
        line = clause.core.line
        if {"condition", "conditional", "past", "asked"} & clause.marks or _NO.search(line):
            continue
        mood = _mood(line)
        if mood:
            yield (
                clause,
                texts.suggestion(note, clause, "mood", texts.whole(note, clause), value=mood),
            )


def _mood(line: str) -> str | None:
    for pattern in (_UNHAPPY, _MOOD_IS, _FEELS, _THANKS, _ALONE):
        match = pattern.match(line) if pattern in (_FEELS, _ALONE) else pattern.search(line)
        if not match:
            continue
        if _ANSWER.match(match["rest"]) or _THINGS.search(line[: match.start("rest")]):
            continue
        found = next(
            (name for name, said in match.groupdict().items() if said and name != "rest"), None
        )
        if found == "good" and re.search(r"\b(?:not|never|no longer|neither)\b", match.group()):
            return "worried"
        if found == "worried" and re.search(
            r"\b(?:not|no longer|less|n't) (?:\w+ )?(?:worried|nervous|anxious|concerned|upset|"
            r"annoyed|afraid)",
            line,
        ):
            return None
        return found
    return None
