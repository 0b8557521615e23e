"""Where the clauses of a note begin, though nobody says the commas."""

from collections.abc import Sequence

from pwa.note_parser.dates.expressions import When
from pwa.note_parser.tokens.tokens import Token
from pwa.note_parser.vocabulary.verbs import CONTACT, DEEDS, base_of

_I = frozenset("i we he she they".split())
_IT = frozenset(
    "it that this there ours you everything nothing nobody somebody someone who".split()
)
_FINITE = frozenset(
    """is are was were has have had will would can could should does did do must might may am 's
    wants needs says said asked thinks likes prefers works went came called rang sent told
    promised agreed gets got looks seems hopes feels reckons knows mentioned confirmed suggested
    wanted needed arrived failed broke stopped worries loves hates complained keeps kept runs
    moved goes turned leaves ships arrives starts""".split()
)
_BARRED = frozenset(
    """to and but so if that of by on at in for with from until about because then or when who
    which not i we he she they me us him them""".split()
)
_AFTER_IS = frozenset(
    """done sorted fine happy not a an the been gone on in still now all back very quite really so
    wrong down out up going okay good great fixed closed resolved broken late missing ready
    worried pleased keen sick away off new too just finally more furious angry upset over due taken
    being also quiet busy had no got under dead slow it that there""".split()
)
JOINING = frozenset(
    "and but so then plus because although though while or also which anyway whereas since".split()
)
_OPENING = frozenset(
    "if whether unless that when once until till before after what how where why as in".split()
)
_BETWEEN = frozenset(
    "then also so yes well now okay maybe apparently no plus right anyway and but if that actually "
    "sorry when once basically honestly because perhaps finally obviously soon as since case of "
    "course".split()
)
_ASKING = frozenset("did do does should can could would will shall am have has may might".split())
_SAYING = frozenset(
    """told said promised agreed assured asked wants wanted needs prefers explained confirmed
    mentioned thinks suggested offered arranged booked will would should""".split()
)
_BEFORE_TOLD = _I | frozenset(
    "have has 've 's had also already who never not just be am is".split()
)
_TELLING = frozenset(
    "word told said promised assured explained confirmed guaranteed agreed".split()
)
_SURE_DEEDS = frozenset("send get give bring make ask tell find chase arrange fix".split())
_COUNTED = frozenset("1 2 3 4 1st 2nd 3rd 4th".split())
_TOLD = frozenset("told promised assured".split())
_THE = frozenset("the our his her their it everything".split())
_LEADING = frozenset("on by at before from".split())
_CORRECTING = frozenset("no sorry wait rather".split())
_MAKE_IT = (["make", "that"], ["make", "it"], ["made", "it"])
_WHERE = frozenset("in from at".split())
_TO_TIMES = frozenset("before after until till when".split())
_BEFORE_GOING = _I | frozenset(
    """am is are was were be been 's not just now also still keep keeps who that and never really
    probably definitely""".split()
)
_EVENTS = frozenset("call meeting visit talk chat catch review appointment session zoom 1".split())
_OBJECTS = frozenset(
    """the a an her him them it this that these their his our my you back out up over to some with
    for about if in on again more another everything all what how whether into""".split()
)


def starts(tokens: Sequence[Token], whens: Sequence[When]) -> list[int]:
    """The tokens at which a clause begins."""
    ends = {one.last: one.first for one in whens}
    said = {one.last for one in whens if one.days or one.clock}
    begins = {one.first for one in whens}
    inside = {place for one in whens for place in range(one.first + 1, one.last)}
    found = [0]
    for place in range(1, len(tokens)):
        after_time = place in said and (_deed(tokens, place) or _next_event(tokens, place))
        if place in inside or not (after_time or _begins(tokens, place, found[-1])):
            continue
        if tokens[place].word in _TO_TIMES and place + 1 in begins:
            continue  # "before the week is out"
        if tokens[place].word == "i" and place + 2 in begins and tokens[place].before != ".":
            continue  # "next week, I think Thursday"
        place = _with_time(tokens, place, ends, found[-1])
        if place > found[-1] and not _only_opening(tokens, found[-1], place):
            found.append(place)
    return found


def _begins(tokens: Sequence[Token], place: int, since: int) -> bool:
    token = tokens[place]
    if token.before == ".":
        return True
    if token.word in JOINING:
        then = _next_place(tokens, place)
        return (
            _subject(tokens, then)
            or _subject(tokens, place + 1)
            or _other_subject(tokens, then)
            or _deed(tokens, then)
            or _says(tokens, then)
        )
    if token.word in _OPENING:
        return _opens(tokens, place)
    if token.before == "," and (_other_subject(tokens, place) or _deed(tokens, place)):
        return True
    if token.before == "," and _next_event(tokens, place):
        return True
    if (
        _counted(tokens, place)
        or _report(tokens, place, since)
        or _reported(tokens, place)
        or _intent(tokens, place)
    ):
        return True
    if token.word in _ASKING and place + 1 < len(tokens) and tokens[place + 1].word in _I:
        return place == since or tokens[place - 1].word not in _I
    return _subject(tokens, place)


def _opens(tokens: Sequence[Token], place: int) -> bool:
    """ "If she", "that we", "in case": not "in our office", not "for that, I'll ..."."""
    word = tokens[place].word
    following = tokens[min(place + 1, len(tokens) - 1)]
    if word == "once" and following.word in {"a", "per", "every"} and not tokens[place].before:
        return False  # "called once a week"
    if word == "in":
        return following.word == "case"
    if word == "that":
        itself = tokens[place].before == "," and following.word in _FINITE
        return itself or (not following.before and _subject(tokens, place + 1))
    return _subject(tokens, place + 1) or _other_subject(tokens, place + 1)


def _counted(tokens: Sequence[Token], place: int) -> bool:
    """ "Two things, one send her the plan, two ask support"."""
    sure = tokens[place].word in _SURE_DEEDS
    return tokens[place - 1].word in _COUNTED and (sure or _deed(tokens, place))


def _next_event(tokens: Sequence[Token], place: int) -> bool:
    """ "... next meeting": after a time, something new."""
    words = [token.word for token in tokens[place : place + 2]]
    return words[0] in {"next", "1st"} and len(words) == 2 and words[1] in _EVENTS


def _next_place(tokens: Sequence[Token], place: int) -> int:
    then = place + 1
    while then < min(len(tokens), place + 4) and tokens[then].word in _BETWEEN:
        then += 1
    return then


def _only_opening(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "And then, so" is no clause by itself."""
    words = [token.word for token in tokens[first:last]]
    opening = JOINING | _OPENING | _BETWEEN | _ASKING
    return len(words) < 5 and all(word in opening for word in words)


def _subject(tokens: Sequence[Token], place: int) -> bool:
    if place >= len(tokens):
        return False
    word = tokens[place].word
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if word in _IT:
        return following in _FINITE
    if word == "i" and following == "mean":
        return False
    return word in _I and following not in {"and", ""}


def _other_subject(tokens: Sequence[Token], place: int) -> bool:
    """A name or a thing, and soon a verb: "the alarm thing's done", "Dana will call"."""
    ours = _one_of_us(tokens, place)
    for ahead in range(place, min(place + 6, len(tokens))):
        token = tokens[ahead]
        if ahead > place and token.before:
            return False
        if token.word == "'s" and ahead > place:
            following = tokens[ahead + 1].word if ahead + 1 < len(tokens) else ""
            if following in _AFTER_IS or following.endswith(("ing", "ed")):
                return True
        elif token.word in _FINITE and not _morning(tokens, ahead):
            return ahead > place
        elif token.word in _BARRED and not (ours and token.word in _WHERE):
            return False
    return False


def _morning(tokens: Sequence[Token], place: int) -> bool:
    """ "Eight a.m.", which is no "I am"."""
    return tokens[place].word == "am" and place > 0 and tokens[place - 1].word[0].isdigit()


def _one_of_us(tokens: Sequence[Token], place: int) -> bool:
    """ "Our Kelly in accounts", "Sam from our workshop"."""
    words = [token.word for token in tokens[place : place + 3]]
    return words[:1] == ["our"] or (len(words) == 3 and words[1] in _WHERE and words[2] == "our")


def _says(tokens: Sequence[Token], place: int) -> bool:
    """A verb of telling or wishing that stands without its subject: "and told her"."""
    if place >= len(tokens):
        return False
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if tokens[place].word in {"need", "want"}:
        return following in {"us", "me"}
    return tokens[place].word in _SAYING


def _report(tokens: Sequence[Token], place: int, since: int) -> bool:
    """The same behind a comma, or "told him" after anything but a subject."""
    if not _says(tokens, place):
        return False
    if tokens[place].before == ",":
        return True
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    previous = tokens[place - 1].word
    told = tokens[place].word in {"told", "promised", "assured"} and following in {
        "her",
        "him",
        "them",
    }
    told = told or (tokens[place].word == "said" and following in {"i", "we"})
    return told and place > since + 1 and previous not in _BEFORE_TOLD


def _reported(tokens: Sequence[Token], place: int) -> bool:
    """What was told begins with a thing: "told them delivery would be ..."."""
    words = [token.word for token in tokens[max(0, place - 5) : place]]
    while len(words) > 1 and words[-1] in {"her", "him", "them", "that"}:
        words.pop()
    if words[-1] in _TELLING and words[-2:-1] and words[-2] in _THE | {"a", "an"}:
        return False  # "the promised discount"
    named = words[-2:-1] and words[-2] in _TOLD and tokens[place].word in _THE
    said = (
        named
        or words[-1] in _TELLING
        or (tokens[place - 1].word == "that" and not _TELLING.isdisjoint(words))
    )
    if tokens[place - 1].word in _TELLING and (
        tokens[place].word in {"her", "him", "them"} or _named(tokens, place)
    ):
        return False
    return said and tokens[place].word not in _BARRED and _other_subject(tokens, place)


def _named(tokens: Sequence[Token], place: int) -> bool:
    """ "Told Beth the engineer is coming": whom, not what."""
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return tokens[place - 1].word in _TOLD and following in _THE and tokens[place].word not in _THE


def _deed(tokens: Sequence[Token], place: int) -> bool:
    """A verb in its base form with an object: "and call the courier"."""
    if place + 1 >= len(tokens):
        return False
    word = tokens[place].word
    if tokens[place].before == "," and word.endswith("ing"):
        word = base_of(word)
    if word not in DEEDS | CONTACT:
        return False
    following = tokens[place + 1]
    return not following.before and (following.word in _OBJECTS or following.word[0].isdigit())


def _intent(tokens: Sequence[Token], place: int) -> bool:
    """ "... pretty cross, gonna swing by tomorrow": ours, though nobody says who."""
    words = [token.word for token in tokens[place : place + 3]]
    if words[:2] != ["going", "to"] or len(words) < 3 or words[2] not in DEEDS | CONTACT:
        return False
    return tokens[place - 1].word not in _BEFORE_GOING


def _with_time(tokens: Sequence[Token], place: int, ends: dict[int, int], since: int) -> int:
    """ "..., and on Thursday I'll call": the time belongs to what follows it."""
    begin = _time_before(tokens, place, ends, since)
    if [token.word for token in tokens[begin - 2 : begin]] in _MAKE_IT:
        return place  # "by Friday, no, make that Monday, he ...": the correction ends what was said
    if begin == place:
        return place
    opening = JOINING | _OPENING | _BETWEEN
    if all(token.word in opening for token in tokens[since:begin]):
        return since
    if tokens[begin].before:
        return begin
    return begin - 1 if tokens[begin - 1].word in JOINING | {"that", "if"} else place


def _time_before(tokens: Sequence[Token], place: int, ends: dict[int, int], since: int) -> int:
    """Where the times begin that end here, with what leads to them and corrections between."""
    begin = place
    while begin in ends and tokens[place].before != ".":
        begin = ends[begin]
        while begin - 1 > since and tokens[begin - 1].word in _CORRECTING:
            begin -= 1
        while begin > since and tokens[begin - 1].word in _LEADING and not tokens[begin].before:
            begin -= 1
    return begin
