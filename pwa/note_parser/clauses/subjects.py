"""Recognises the subject of a clause: a pronoun or a noun phrase with its verb."""

from collections.abc import Sequence

from pwa.note_parser.tokens.tokens import Token

PERSONAL_PRONOUNS = frozenset("i we he she they".split())
_IMPERSONAL = frozenset(
    "it that this there ours you everything nothing nobody somebody someone who".split()
)
FINITE_VERBS = frozenset(
    """is are was were has have had will would can could should does did do must might may am 's
    wants needs says said asked thinks likes prefers works went came called rang sent told
    promised agreed gets got looks seems hopes feels reckons knows mentioned confirmed suggested
    wanted needed arrived failed broke stopped worries loves hates complained keeps kept runs
    moved goes turned leaves ships arrives starts""".split()
)
NOT_IN_SUBJECT = frozenset(
    """to and but so if that of by on at in for with from until about because then or when who
    which not i we he she they me us him them""".split()
)
_PREDICATES = frozenset(
    """done sorted fine happy not a an the been gone on in still now all back very quite really so
    wrong down out up going okay good great fixed closed resolved broken late missing ready
    worried pleased keen sick away off new too just finally more furious angry upset over due taken
    being also quiet busy had no got under dead slow it that there""".split()
)
_LOCATIVES = frozenset("in from at".split())


def is_pronoun_subject(tokens: Sequence[Token], place: int) -> bool:
    """A pronoun with its verb: "she wants", "there is"."""
    if place >= len(tokens):
        return False
    word = tokens[place].word
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if word in _IMPERSONAL:
        return following in FINITE_VERBS
    if word == "i" and following == "mean":
        return False
    return word in PERSONAL_PRONOUNS and following not in {"and", ""}


def is_noun_subject(tokens: Sequence[Token], place: int) -> bool:
    """A noun phrase with a finite verb soon after: "the alarm thing's done", "Dana will call"."""
    ours = _is_colleague(tokens, place)
    for ahead in range(place, min(place + 6, len(tokens))):
        token = tokens[ahead]
        if ahead > place and token.before:
            return False
        if token.word == "'s" and ahead > place:
            following = tokens[ahead + 1].word if ahead + 1 < len(tokens) else ""
            if following in _PREDICATES or following.endswith(("ing", "ed")):
                return True
        elif token.word in FINITE_VERBS and not _is_a_m(tokens, ahead):
            return ahead > place
        elif token.word in NOT_IN_SUBJECT and not (ours and token.word in _LOCATIVES):
            return False
    return False


def _is_a_m(tokens: Sequence[Token], place: int) -> bool:
    """The "am" of "eight a.m.", not of "I am"."""
    return tokens[place].word == "am" and place > 0 and tokens[place - 1].word[0].isdigit()


def _is_colleague(tokens: Sequence[Token], place: int) -> bool:
    """ "Our Kelly in accounts", "Sam from our workshop"."""
    words = [token.word for token in tokens[place : place + 3]]
    is_ours = len(words) == 3 and words[1] in _LOCATIVES and words[2] == "our"
    return words[:1] == ["our"] or is_ours
