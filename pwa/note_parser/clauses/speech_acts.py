"""Speech acts: the subject of a clause, its modality (will, must, promised to) and its action."""

import re
from dataclasses import dataclass

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.verbs import ACTION_VERBS, base_of

OPEN = phrase(r"""
    ^(?:(?:and|but|so|then|plus|because|also|or|well|yes|no|okay|right|now|anyway|that|which|oh|
    sorry|actually|finally|next|1st|2nd|otherwise|apparently|since|though|although|while|first|
    wait|as|if|whether|unless|when|once|until|before|after|what|how|where|why|in case|great|
    soon|perhaps|maybe|lastly|good|fine|hey|hello|hi|rather|mean)(?: [.]|,)? )*
""")
_FROM_US = r"from (?:us|our \w+|my \w+|the (?:office|team|workshop)|support|service)"
WE = phrase(rf"""
    (?:i|we|our \w+(?: \w+)?(?: (?:in|from|at) \w+)?|my (?:colleague|team|boss|technician|
    engineer)(?: \w+)?|(?:me|myself) and \w+|\w+ and (?:i|me)|the (?:engineer|technician|fitter|
    installer)s?|(?:\w+|an? \w+) {_FROM_US}|\w+ in our \w+|someone|somebody|1 of (?:us|our \w+|
    my \w+))
""")
_WILL = phrase(r"""
    (?:will|shall|(?:am|are|'s|is) (?:going|planning|about) to|plan to|intend to|am on it to)
""")
_MUST = phrase(r"""
    (?:(?:must|need to|have to|should) remember to|(?:will |(?:am|are) going to )?(?:need|
    have) to|have got to|got to|must|(?:would|had) better|(?:am|are|'s|is) (?:supposed|meant|
    due|expected) to|(?:am|are) to|owe it to \w+ to|have it (?:in|on) my (?:calendar|diary|
    list) to)
""")
_PROMISED = phrase(r"""
    (?:(?:have |have also )?(?:promised|promise|committed|commit|agreed|agree|undertook|
    undertaken|pledged|swore|volunteered|guaranteed|accepted)(?: (?:her|him|them|you|\w+))?
    (?: faithfully)? to|(?:gave|have given) (?:her|him|them|\w+) (?:my|our|me) word to|(?:told|
    said to) (?:her|him|them) to expect (?:me|us) to|said to|am committed to|took (?:it )?
    (?:up)?on myself to|made it my job to|(?:promised|committed) (?:myself|ourselves) to)
""")
_REMINDERS = phrase(r"""
    (?:(?:could|can|will) you )?(?:please )?(?:remind me|remember|do not (?:let me )?forget|
    (?:i )?must not forget|make sure|(?:set|put|make|add) (?:me )?an? (?:reminder|note|task)
    (?: for me)?|note to self|to ?do|todo|action(?: for me| point| item| on me)?|(?:my|our|
    the) (?:action|next step|job|task|part|homework|todo|promise|commitment)(?: (?:now|here|
    for me|for us))?(?: is|'s)?|(?:it 's|it is|that 's) (?:on|up to|down to) (?:me|us)|
    it (?:falls|comes) (?:down )?to (?:me|us)|(?:i am|we are) on the hook|what (?:i|we) promised
    (?: (?:her|him|them))?(?: was|is|'s)?)(?:,? to)?,?
""")
_GIVING = phrase(r"""
    send|bring|deliver|ship|give|forward|order|prepare|check|chase|arrange|fix|replace|install|
    update|email|credit|refund|write|make|do|take|find|organize|share|provide|swap|tell|look|
    ask|answer|reply|collect|repair|fetch|drop
""")
_VERB = phrase(r"""
    (?P<verb>(?!(?:mr|mrs|ms|miss|dr|herr|frau|madame|monsieur|not|never|only|the|a|an|she|he|
    they|it|that|her|our|my|i|we|you|also|him|them|us|me)\b)[a-z]+)
""")

_MODALITIES = tuple(
    (modality, re.compile(pattern))
    for modality, pattern in (
        ("must", rf"{OPEN}(?P<who>{WE}) (?:still |also )?{_MUST} {_VERB}"),
        ("will", rf"{OPEN}(?P<who>{WE}) {_WILL} {_VERB}"),
        ("promised", rf"{OPEN}(?P<who>{WE}) {_PROMISED} {_VERB}"),
        (
            "promised",
            rf"{OPEN}(?P<who>{WE}|)(?:have )?(?: ?)(?:committed|agreed) to (?P<verb>[a-z]+ing)\b",
        ),
        (
            "promised",
            phrase(rf"""
                {OPEN}(?:(?:i|we|she and i|he and i)(?: have)? )?(?:settled|agreed|
                decided) (?:on|to) (?P<who>)(?:me|us) (?P<verb>[a-z]+ing)\b
            """),
        ),
        (
            "promised",
            rf"{OPEN}(?P<who>)(?:she|he|they|\w+) made (?:me|us) (?:promise|swear) to {_VERB}",
        ),
        ("wish", rf"{OPEN}(?P<who>{WE}) (?:would (?:like|love|prefer)|want|hope|aim) to {_VERB}"),
        ("must", rf"{OPEN}(?P<who>)let me {_VERB}"),
        ("would", rf"{OPEN}(?P<who>{WE}) would {_VERB}"),
        ("can", rf"{OPEN}(?P<who>{WE}) can {_VERB}"),
        ("should", rf"{OPEN}(?P<who>i) (?:should|ought to|will try (?:to|and)) {_VERB}"),
        ("doing", rf"{OPEN}(?P<who>{WE}) (?:am|are|is|'s) (?P<verb>[a-z]+ing)\b"),
        (
            "present",
            phrase(rf"""
                {OPEN}(?P<who>we|i) (?P<verb>speak|talk|meet|see|call|visit|catch|touch|ring|
                phone|come|go|drop|pop|stop|swing|pass|hear)\b
            """),
        ),
        ("doing", rf"{OPEN}(?P<who>we|i) (?P<verb>{_GIVING})\b"),
        ("must", rf"{OPEN}{_REMINDERS} {_VERB}"),
        ("promised", rf"{OPEN}(?P<who>){_PROMISED} {_VERB}"),
        (
            "doing",
            phrase(rf"""
                {OPEN}(?P<who>)(?P<verb>(?!meeting (?!her|him|them)|nothing|something|following|
                pricing)[a-z]+ing) (?:the|a|an|her|him|them|it|over|out|back|this|that|their|
                his|our|my|some|[0-9])\b
            """),
        ),
        (
            "must",
            phrase(rf"""
                (?!.*\bno need to\b){OPEN}(?P<who>)(?:need to|have to|have got to|got to|
                must) {_VERB}
            """),
        ),
        ("will", rf"{OPEN}(?P<who>)(?:will|shall|going to) {_VERB}"),
    )
)
_BE_DOING = re.compile(r"be (?P<verb>[a-z]+ing)\b")
_BE_ABLE = re.compile(r"be able to (?P<verb>[a-z]+)\b")
_TRY = re.compile(r"try (?:to|and) (?P<verb>[a-z]+)\b")
_NAMED_PERSON = compiled(rf"""
    {OPEN}(?!(?:i|we|she|he|they|you|it|that|this|there|which|who|nobody|nothing|everything)\b)
    (?P<who>(?:the )?\w+(?: \w+)?) (?:will|would|'s going to|is going to|can) {_VERB}
""")
_BASE = re.compile(rf"{OPEN}{_VERB}")
_SAYING = phrase(r"""
    told|promised|assured|reassured|said|agreed|guaranteed|explained|confirmed|warned|informed|
    answered|replied|committed|let|gave|offered|suggested|proposed|booked|remind|remember|asked
""")
_REPORTING = compiled(r"""
    \bwhat (?:i|we) (?:told|promised|said to) \w+ (?:is|was|'s)(?: that)?$|\bafter telling \w+
    (?: that)?$|\b(?:told|promised|assured|reassured|guaranteed|warned|informed)(?: (?!the\b|
    an?\b|nothing\b|me\b|us\b)\w+){1,2}(?: that| so)?$|\b(?:said|say|explained|confirmed|agreed|
    promised|answered|replied|committed|repeated|guaranteed|swore|insisted)(?: (?:to|
    with) (?!me\b|us\b)\w+| again| yes)*(?: that)?$|\b(?:gave|given) (?:her|him|them|\w+) (?:my|
    our|me) word(?: that)?$|\b(?:gave|given) (?:my|our|me) word to \w+(?: that)?$|\bleft it
    (?: with \w+)?(?: at)?(?: that)?$|let (?:her|him|them) know$|\b(?:deal|plan|agreement|
    promise|idea) (?:is|was|'s)(?: that)?$
""")
_VERB_OF_CLIENT = phrase(r"""
    (?:wants?|needs?(?! to)|prefers?|likes?|thinks?|says|hopes|feels|seems|asks?|asked
    (?! (?:her|him|them))|wanted|reckons|loves|hates|expects|wonders|wondered|complained|
    mentioned|would like|would rather|would prefer)
""")
_THEIR_SUBJECT = compiled(rf"""
    {OPEN}+(?:(?:she|he|they|you|it|who|everyone|everybody|nobody)\b|{_VERB_OF_CLIENT}\b|(?!
    (?:i|we|our|my|just|{_SAYING}|left|had|spoke|sent|got|met|tried|rang|called)\b)\w+
    (?: (?!i\b|we\b)[\w']+){{0,3}}? (?:'s|is|are|was|were|has|have|had|will|would|can|could|may|
    might|should|does|did|said|told|rang|called|came|went|promised|agreed|got|sent|
    {_VERB_OF_CLIENT})\b)
""")
_OBJECT = compiled(r"""
    ^[a-z]+ (?:the|a|an|her|him|them|it|this|that|these|those|their|his|our|my|you|back|out|up|
    over|some|with|for|about|if|whether|in|on|into|again|more|another|everything|all|what|how|
    through|round|around|to|[0-9]|\w+ing\b|\w+)
""")


@dataclass(frozen=True, slots=True)
class Frame:
    """An action of ours with its `modality`: will, must, promised, would, can, should, wish ...

    `action` is the wording from the verb on, beginning at `token`; `verb_form` is the verb as
    spoken, `verb` its base form, with which `action` begins. `subject` is "" when it is omitted.
    """

    modality: str
    verb: str
    verb_form: str
    action: str
    token: int
    subject: str = ""


def frame_of(clause: Clause) -> Frame | None:
    """The frame of a clause with a subject of ours, or none; None for any other clause."""
    for modality, pattern in _MODALITIES:
        if match := pattern.match(clause.core.line):
            return _frame(clause, modality, match)
    return None


def _frame(clause: Clause, modality: str, match: re.Match[str]) -> Frame | None:
    line, start = clause.core.line, match.start("verb")
    subject = match.groupdict().get("who") or ""
    is_progressive = modality == "doing" or match["verb"].endswith("ing")
    for pattern in (_BE_DOING, _BE_ABLE, _TRY):
        if inner := pattern.match(line, start):
            start = inner.start("verb")
            modality = "should" if pattern is _TRY else modality
            is_progressive = pattern is _BE_DOING
            match = inner
            break
    verb_form = match["verb"]
    verb = base_of(verb_form)
    if modality == "doing" and not subject and verb == verb_form:
        return None  # "bring", "ring"
    if verb != verb_form and not is_progressive:
        return None  # "I'd sent", "I'd promised": done, not to be done
    action = verb + line[start + len(verb_form) :]
    return Frame(modality, verb, verb_form, action, clause.core.token_at(start), subject)


def bare_frame(clause: Clause, modality: str) -> Frame | None:
    """The frame of a clause that begins with its verb, with the given modality."""
    match = _BASE.match(clause.core.line)
    return _frame(clause, modality, match) if match else None  # "sent her the quote" is none


def named_frame(clause: Clause) -> Frame | None:
    """The frame of an action that we promised for a named person: "Craig will collect them"."""
    match = _NAMED_PERSON.match(clause.core.line)
    frame = _frame(clause, "would", match) if match else None
    return frame if frame and frame.verb in ACTION_VERBS else None


def is_reporting(clause: Clause) -> bool:
    """Whether it is a reporting clause of ours: "I told her", "we agreed"."""
    return bool(_REPORTING.search(clause.core.line))


def has_their_subject(clause: Clause) -> bool:
    """Whether the subject of a clause is the client, or anything but us."""
    if re.match(rf"{OPEN}(?:{WE}) ", clause.core.line):
        return False
    return bool(_THEIR_SUBJECT.match(clause.core.line))


def has_object(action: str) -> bool:
    """Whether the verb has an object: "send" alone is a restart."""
    return bool(_OBJECT.match(action))
