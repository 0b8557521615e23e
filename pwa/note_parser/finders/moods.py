"""Finds the mood of the client, only where it was expressed."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion

_WHO = phrase(r"""
    (?:she|he|they|everyone|everybody|both|(?<![^ ])(?!(?:it|that|which|either|this|there|i|we|
    (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)\w+)
""")
_BE = r"(?:'s|is|are|was|were|seems?|seemed|sounds?|sounded|feels?|felt|looks?|looked|came across)"
_HOW = phrase(r"""
    (?:very|really|well|dead|proper|fierce|only|right|nearly|just|so|pretty|quite|a bit|
    a little|rather|more than|extremely|absolutely|totally|genuinely|all|super|still|clearly|
    actually|getting|somewhat|much|as|visibly|always|now|rightly|understandably|in a) """)
_GOOD = phrase(r"""
    (?:happy|happier|pleased|delighted|thrilled|glad|satisfied|impressed|over the moon|relieved|
    cheerful|chuffed|relaxed|in good spirits|in good mood|good mood|in a good mood|
    in great spirits|friendly|upbeat|enthusiastic|excited|grateful|content|positive|warm|
    in high spirits|smiling|made up|stoked|rapt|buzzing|tickled|flying(?: it)?|in (?:great|good|
    fine|flying) form|a happy (?:bunny|camper)|chuffed to bits|pleased as punch|keen(?! to| on)|
    over the moon|super happy)
""")
_WORRIED = phrase(r"""
    (?:worried|nervous|anxious|concerned|uneasy|unhappy|stressed|afraid|scared|disappointed|
    frustrated|upset|not happy|not pleased|not impressed|not satisfied|tense|unsettled|
    not so happy|not too happy|annoyed|fed up|put out|livid|furious|fuming|angry|shaken|
    in tears|cross|gutted|raging|miffed|narked|grumpy|ticked off|hacked off|cheesed off|
    browned off|on the warpath|at the end of (?:her|his|their) tether|not best pleased|
    not a happy (?:bunny|camper)|not convinced|sceptical|skeptical|on edge)
""")
_NEUTRAL = phrase(r"""
    (?:neutral|okay|alright|all right|fine|neither happy nor unhappy|so so|indifferent|lukewarm|
    flat|not bothered|neither here nor there|calm|businesslike|matter of fact|reserved)
""")
_OPENING = phrase(r"""
    (?:(?:and|but|so|also|well|yes|okay|apparently|overall|anyway|said|says|i think|because|
    that|though|the|her|his|their|\w+ said),? )*
""")
_FEELS = compiled(rf"""
    ^(?:{_OPENING})?{_WHO} {_BE} (?:{_HOW})*(?:(?P<worried>{_WORRIED})|(?P<good>{_GOOD})|
    (?P<neutral>{_NEUTRAL}))(?![a-z])(?P<rest>.*)$
""")
# "A heads up, Tanya is very anxious": somewhere in the sentence, so only what is no answer.
_ELSEWHERE_SAID = compiled(rf"""
    (?<![^ ]){_WHO} {_BE} (?:{_HOW})*(?:(?P<worried>{_WORRIED})|(?P<good>{_GOOD}))(?![a-z])
    (?P<rest>.*)$
""")
_ALONE = compiled(rf"""
    ^(?:and |but |so |also |(?:the )?(?:client|customer|team) )*(?:{_HOW})*(?:
    (?P<worried>{_WORRIED})|(?P<good>{_GOOD}))(?P<rest>(?: (?:with|about|that|overall|again|
    though).*)?)$
""")
_MOOD_IS = compiled(r"""
    \bmood (?:is|was|'s) (?:\w+ )?(?:(?P<good>good|great|excellent|positive)|
    (?P<neutral>neutral|okay|fine|so so)|(?P<worried>bad|poor|tense|worried))(?P<rest>)\b
""")
_MIDDLING = compiled(r"""
    (?P<neutral>\bnot (?:happy|thrilled),?(?: and| but)? not (?:unhappy|sad|mad)|\bnot (?:mad|
    unhappy|cross),?(?: and| but)? not (?:thrilled|happy)|\bnot (?:really |too |all that )?
    bothered|\b(?:no|any) (?:strong |particular )?(?:feelings?|opinions?)\b|
    \bneither here nor there\b|\bno feelings either way|\bkinda flat)(?P<rest>)
""")
_UP_AT_NIGHT = compiled(r"""
    (?P<worried>\bkeep(?:s|ing) (?:her|him|them) (?:up|awake) at night|\b(?:nearly |almost )?
    in tears|\bnot a happy (?:bunny|camper)|\bnot best pleased|\bhad enough|\b(?:los(?:es|ing|
    t)|running out of) patience|\b(?:bit|rather|quite|very|little) worrying)(?P<rest>)
""")
_DELIGHTED = compiled(r"""
    (?P<good>\b(?:could|can) not be happier|\bbest (?:\w+ ){1,3}(?:she|he|they) (?:'s |has |
    have )?(?:ever )?(?:had|used|seen)|\bin (?:great|flying|good|fine) form|\bover the moon|
    \bchuffed to bits|\b(?:says?|said) keep it up)(?P<rest>)
""")
_THANKS = compiled(r"""
    \b(?:she|he|they) (?P<good>loves?|loved|likes what|appreciates?|appreciated|thanked|praised|
    raved|could not be happier)(?P<rest>)\b
""")
# "Happy to move", "happy with weekly", "fine with Friday", "okay for Tuesday" are answers.
_ANSWER = compiled(r"""
    ^,? (?:to (?!bits)|for |if |as long|enough|(?:with|by|about|on) (?:a |the |an? )?(?:weekly|
    monthly|daily|fortnightly|quarterly|twice|once|every|that|it|this|1|either|email|emails|
    text|texts|calls?|phone|monday|tuesday|wednesday|thursday|friday|them|me|[0-9])\b|tomorrow|
    on |and happy)
""")
_ABOUT_THINGS = compiled(r"""
    \b(?:it|that|this|everything|delivery|order|visit|meeting|week|weather|which|there|backup|
    alarm|date|time|price|line|i|we) (?:'s|is|was|seems|are|am|looks|sounds) """)
_UNHAPPY = compiled(r"""
    \bnot (?:at all |too |so |very |really |exactly )?(?P<worried>happy|pleased|impressed|
    amused)\b(?! to\b| with (?:weekly|daily|monthly))(?P<rest>)
""")
_NO_MOOD = re.compile(
    r"\b(?:will be|would be|if|unless|wants? to be|make|used to|could be|last time)\b"
)
_SKIPPED = HYPOTHETICAL | {Mark.PAST, Mark.REQUESTED}


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The moods of the note, each with its clause."""
    for clause in note.clauses:
        line = clause.core.line
        if clause.marks & _SKIPPED or _NO_MOOD.search(line):
            continue
        mood = _mood(line)
        if mood:
            yield (
                clause,
                suggestion_text.make_suggestion(
                    note, clause, "mood", suggestion_text.clause_text(note, clause), value=mood
                ),
            )


def _mood(line: str) -> str | None:
    for pattern in (
        _MIDDLING,
        _DELIGHTED,
        _UP_AT_NIGHT,
        _UNHAPPY,
        _MOOD_IS,
        _FEELS,
        _ELSEWHERE_SAID,
        _THANKS,
        _ALONE,
    ):
        match = pattern.match(line) if pattern in (_FEELS, _ALONE) else pattern.search(line)
        if not match:
            continue
        is_answer = _ANSWER.match(match["rest"]) and not match.groupdict().get("worried")
        if is_answer or _ABOUT_THINGS.search(line[: match.start("rest")]):
            continue
        groups = match.groupdict().items()
        mood = next((name for name, words in groups if words and name != "rest"), None)
        if (
            mood == "good"
            and pattern is not _DELIGHTED
            and re.search(r"\b(?:not|never|no longer|neither)\b", match.group())
        ):
            return "worried"
        if mood == "worried" and re.search(
            phrase(r"""
                \b(?:not|no longer|less|n't) (?:\w+ )?(?:worried|nervous|anxious|concerned|
                upset|annoyed|afraid)
            """),
            line,
        ):
            return None
        return mood
    return None
