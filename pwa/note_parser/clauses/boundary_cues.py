"""Cues for the start of a clause: conjunctions, subjects with a verb, actions, reports."""

from collections.abc import Sequence

from pwa.note_parser.clauses.subjects import (
    FINITE_VERBS,
    NOT_IN_SUBJECT,
    PERSONAL_PRONOUNS,
    is_noun_subject,
    is_pronoun_subject,
)
from pwa.note_parser.tokens.tokens import Token
from pwa.note_parser.vocabulary.verbs import ACTION_VERBS, CONTACT, base_of

CONJUNCTIONS = frozenset(
    "and but so then plus because although though while or also which anyway whereas since".split()
)
SUBORDINATORS = frozenset(
    "if whether unless that when once until till before after what how where why as in".split()
)
_DISCOURSE_MARKERS = frozenset(
    "then also so yes well now okay maybe apparently no plus right anyway and but if that actually "
    "sorry when once basically honestly because perhaps finally obviously soon as since case of "
    "course".split()
)
_AUXILIARIES = frozenset(
    "did do does should can could would will shall am have has may might".split()
)
_SPEECH_VERBS = frozenset(
    """told said promised agreed assured asked wants wanted needs prefers explained confirmed
    mentioned thinks suggested offered arranged booked will would should""".split()
)
_BEFORE_REPORTING = PERSONAL_PRONOUNS | frozenset(
    "have has 've 's had also already who never not just be am is".split()
)
_REPORTING_WORDS = frozenset(
    "word told said promised assured explained confirmed guaranteed agreed".split()
)
_SURE_ACTIONS = frozenset("send get give bring make ask tell find chase arrange fix".split())
_NUMBERS = frozenset("1 2 3 4 1st 2nd 3rd 4th".split())
_TELLING_VERBS = frozenset("told promised assured".split())
_DETERMINERS = frozenset("the our his her their it everything".split())
_NO_INTENT_AFTER = PERSONAL_PRONOUNS | frozenset(
    """am is are was were be been 's not just now also still keep keeps who that and never really
    probably definitely""".split()
)
_EVENTS = frozenset("call meeting visit talk chat catch review appointment session zoom 1".split())
_OBJECT_STARTS = frozenset(
    """the a an her him them it this that these their his our my you back out up over to some with
    for about if in on again more another everything all what how whether into""".split()
)
_REPORTED_TO = frozenset("her him them".split())
_ACTIONS = ACTION_VERBS | CONTACT
OPENING_WORDS = CONJUNCTIONS | SUBORDINATORS | _DISCOURSE_MARKERS
_NO_CLAUSE_ALONE = OPENING_WORDS | _AUXILIARIES


def begins_clause(tokens: Sequence[Token], place: int, since: int) -> bool:
    """Whether a clause begins at `place`, when the last one began at `since`."""
    token = tokens[place]
    if token.before == ".":
        return True
    if token.word in CONJUNCTIONS:
        then = _after_conjunctions(tokens, place)
        return (
            is_pronoun_subject(tokens, then)
            or is_pronoun_subject(tokens, place + 1)
            or is_noun_subject(tokens, then)
            or is_action(tokens, then)
            or _is_speech_verb(tokens, then)
        )
    if token.word in SUBORDINATORS:
        return _opens_subordinate(tokens, place)
    if token.before == "," and (is_noun_subject(tokens, place) or is_action(tokens, place)):
        return True
    if token.before == "," and is_next_event(tokens, place):
        return True
    if (
        _is_numbered_action(tokens, place)
        or _begins_report(tokens, place, since)
        or _begins_reported_speech(tokens, place)
        or _is_bare_intent(tokens, place)
    ):
        return True
    is_question = token.word in _AUXILIARIES and place + 1 < len(tokens)
    if is_question and tokens[place + 1].word in PERSONAL_PRONOUNS:
        return place == since or tokens[place - 1].word not in PERSONAL_PRONOUNS
    return is_pronoun_subject(tokens, place)


def is_only_opening(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the tokens [first, last) only open a clause: "and then, so"."""
    words = [token.word for token in tokens[first:last]]
    return len(words) < 5 and all(word in _NO_CLAUSE_ALONE for word in words)


def _opens_subordinate(tokens: Sequence[Token], place: int) -> bool:
    """ "If she", "that we", "in case": not "in our office", not "for that, I'll ..."."""
    word = tokens[place].word
    following = tokens[min(place + 1, len(tokens) - 1)]
    if word == "once" and following.word in {"a", "per", "every"} and not tokens[place].before:
        return False  # "called once a week"
    if word == "in":
        return following.word == "case"
    if word == "that":
        itself = tokens[place].before == "," and following.word in FINITE_VERBS
        return itself or (not following.before and is_pronoun_subject(tokens, place + 1))
    return is_pronoun_subject(tokens, place + 1) or is_noun_subject(tokens, place + 1)


def _is_numbered_action(tokens: Sequence[Token], place: int) -> bool:
    """An action of a spoken list: "two things, one send her the plan, two ask support"."""
    sure = tokens[place].word in _SURE_ACTIONS
    return tokens[place - 1].word in _NUMBERS and (sure or is_action(tokens, place))


def is_next_event(tokens: Sequence[Token], place: int) -> bool:
    """ "... next meeting": a new statement after a time."""
    words = [token.word for token in tokens[place : place + 2]]
    return words[0] in {"next", "1st"} and len(words) == 2 and words[1] in _EVENTS


def _after_conjunctions(tokens: Sequence[Token], place: int) -> int:
    then = place + 1
    while then < min(len(tokens), place + 4) and tokens[then].word in _DISCOURSE_MARKERS:
        then += 1
    return then


def _is_speech_verb(tokens: Sequence[Token], place: int) -> bool:
    """A verb of telling or wishing without its subject: "and told her"."""
    if place >= len(tokens):
        return False
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if tokens[place].word in {"need", "want"}:
        return following in {"us", "me"}
    return tokens[place].word in _SPEECH_VERBS


def _begins_report(tokens: Sequence[Token], place: int, since: int) -> bool:
    """A speech verb after a comma, or "told him" after anything but a subject."""
    if not _is_speech_verb(tokens, place):
        return False
    if tokens[place].before == ",":
        return True
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    previous = tokens[place - 1].word
    told = tokens[place].word in _TELLING_VERBS and following in _REPORTED_TO
    told = told or (tokens[place].word == "said" and following in {"i", "we"})
    return told and place > since + 1 and previous not in _BEFORE_REPORTING


def _begins_reported_speech(tokens: Sequence[Token], place: int) -> bool:
    """Reported speech that begins with a noun: "told them delivery would be ..."."""
    words = [token.word for token in tokens[max(0, place - 5) : place]]
    while len(words) > 1 and words[-1] in {"her", "him", "them", "that"}:
        words.pop()
    if words[-1] in _REPORTING_WORDS and words[-2:-1] and words[-2] in _DETERMINERS | {"a", "an"}:
        return False  # "the promised discount"
    named = words[-2:-1] and words[-2] in _TELLING_VERBS and tokens[place].word in _DETERMINERS
    is_reported = (
        named
        or words[-1] in _REPORTING_WORDS
        or (tokens[place - 1].word == "that" and not _REPORTING_WORDS.isdisjoint(words))
    )
    if tokens[place - 1].word in _REPORTING_WORDS and (
        tokens[place].word in _REPORTED_TO or _is_addressee(tokens, place)
    ):
        return False
    is_open = tokens[place].word not in NOT_IN_SUBJECT
    return is_reported and is_open and is_noun_subject(tokens, place)


def _is_addressee(tokens: Sequence[Token], place: int) -> bool:
    """The "Beth" of "told Beth the engineer is coming"."""
    if tokens[place - 1].word not in _TELLING_VERBS:
        return False
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return following in _DETERMINERS and tokens[place].word not in _DETERMINERS


def is_action(tokens: Sequence[Token], place: int) -> bool:
    """A verb in its base form with an object: "and call the courier"."""
    if place + 1 >= len(tokens):
        return False
    word = tokens[place].word
    if tokens[place].before == "," and word.endswith("ing"):
        word = base_of(word)
    if word not in _ACTIONS:
        return False
    following = tokens[place + 1]
    is_object = following.word in _OBJECT_STARTS or following.word[0].isdigit()
    return not following.before and is_object


def _is_bare_intent(tokens: Sequence[Token], place: int) -> bool:
    """ "... pretty cross, gonna swing by tomorrow": the omitted subject is "I"."""
    words = [token.word for token in tokens[place : place + 3]]
    if words[:2] != ["going", "to"] or len(words) < 3 or words[2] not in _ACTIONS:
        return False
    return tokens[place - 1].word not in _NO_INTENT_AFTER
