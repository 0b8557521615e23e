"""A transcript as words: lower case, contractions opened, numbers as digits, hesitations left out.

Every word keeps its place in the transcript, so that what is found can be shown as it was said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pwa.note_parser.vocabulary import spoken_numbers
from pwa.note_parser.vocabulary.calendar_words import (
    BEFORE_A_DAY,
    CARDINAL,
    DAY_WORDS,
    DOUBTFUL_DAYS,
    MONTH_WORDS,
    ORDINAL,
    SHORTENED,
)
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.verbs import BASES

_WORD = compiled(r"""
    [0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9])|
    [0-9]{1,2}[:.][0-9]{2}(?:[.][0-9]{4}|[.][0-9]{2}(?![0-9]))?(?![0-9])|[0-9]+(?:st|nd|rd|th)
    \b|[0-9]+|[^\W\d_]+(?:['’][^\W\d_]+)*
""")
_HARD = re.compile(r"[.!?;:…\n—–]| - ")
_FILLER_STARTS = frozenset(words[0] for words in spoken_numbers.FILLERS)
_TITLES = frozenset("mr mrs ms dr mx".split())
_SOFT = re.compile(r"[,()]")
_CAPITALS = re.compile(r"(?:\b[A-Z][a-z]+ +){4}")  # A Headline Says Nothing By Its Capitals


@dataclass(frozen=True, slots=True)
class Token:
    """A word, where it stands, and what stood before it: "", "," or "." (any full stop)."""

    word: str
    start: int
    end: int
    before: str = ""


def tokenise(transcript: str) -> list[Token]:
    """The words of a transcript, in order."""
    return _tidy(_numbers(_tidy(list(_opened(_joined(list(_raw(transcript)), transcript))))))


def _raw(text: str) -> Iterator[Token]:
    last = 0
    previous = ""
    for match in _WORD.finditer(text):
        gap = text[last : match.start()]
        word = match.group().lower().replace("’", "'")
        before = ""
        if gap.startswith(".,"):  # "eight a.m., I'm coming by"
            before = ","
        elif _HARD.search(gap) and previous != "re":
            shortened = previous in SHORTENED and "." in gap and not match.group()[0].isupper()
            shortened = shortened or previous in _TITLES
            before = "" if shortened else "." if not _lists(previous, gap) else ","
        elif _begins_a_sentence(text, match, previous):
            before = "."
        elif _SOFT.search(gap):
            before = ","
        yield Token(word, match.start(), match.end(), before)
        previous, last = word, match.end()


def _lists(previous: str, gap: str) -> bool:
    """ "I promised two things: the quote by Friday and ...", "He said: send me the offer"."""
    return previous in {"things", "bits", "points", "said", "says", "asked"} and ":" in gap


def _begins_a_sentence(text: str, match: re.Match[str], previous: str) -> bool:
    """A capital where no name stands: recognisers leave out full stops, not capitals."""
    word = match.group()
    capital = word[0].isupper() and word[1:].islower() and word.lower() in spoken_numbers.BEGINNING
    return capital and bool(previous) and not _CAPITALS.search(text)


def _joined(raw: list[Token], text: str) -> Iterator[Token]:
    """Pieces that belong together: "to-morrow", "p. m."."""
    at = 0
    while at < len(raw):
        one = raw[at]
        two = raw[at + 1] if at + 1 < len(raw) else None
        made = _pair(one, two, raw[at - 1] if at else None, text) if two else None
        if two and made:
            first, _, rest = made.partition(" ")
            yield Token(first, one.start, two.end, one.before)
            if rest:
                yield Token(rest, one.start, two.end)
            at += 2
        else:
            yield one
            at += 1


def _pair(one: Token, two: Token, previous: Token | None, text: str) -> str | None:
    gap = text[one.end : two.start]
    if len(gap) > 2 or "," in gap:
        return None
    pair = (one.word, two.word)
    if pair == ("a", "m"):
        return "am" if previous and _is_number(previous.word) else None
    if gap == "-" and pair in spoken_numbers.JOINED_WITH_A_HYPHEN:
        return spoken_numbers.JOINED_WITH_A_HYPHEN[pair]
    return spoken_numbers.JOINED.get(pair)


def _is_number(word: str) -> bool:
    return word[0] in "0123456789" or word in CARDINAL


def _opened(tokens: Iterator[Token]) -> Iterator[Token]:
    """Contractions as the words they stand for."""
    known = list(tokens)
    for place, token in enumerate(known):
        following = known[place + 1].word if place + 1 < len(known) else ""
        previous = known[place - 1].word if place else ""
        parts = _parts(token.word, previous, following)
        if parts is None:
            yield _plain(token, previous)
            continue
        cut = token.word.find("'")
        middle = token.start + cut if cut > 0 and parts[-1] != "not" else None
        yield Token(parts[0], token.start, middle or token.end, token.before)
        yield Token(parts[1], middle or token.start, token.end)


def _parts(word: str, previous: str, following: str) -> tuple[str, str] | None:
    if word in spoken_numbers.WHOLE:
        return spoken_numbers.WHOLE[word]
    if word in spoken_numbers.BEFORE_A_VERB and following in BASES:
        told = previous in {"said", "him", "her", "them", "that", "told", "and", ""}
        return spoken_numbers.BEFORE_A_VERB[word] if told else None
    if word.endswith("n't"):
        return word[:-3], "not"
    stem, cut, suffix = word.rpartition("'")
    if cut and suffix in spoken_numbers.SUFFIXES:
        return stem, spoken_numbers.SUFFIXES[suffix]
    return None


def _plain(token: Token, previous: str) -> Token:
    word = token.word
    word = spoken_numbers.SAME.get(word, word)
    word = DAY_WORDS.get(word, MONTH_WORDS.get(word, word))
    if word in DOUBTFUL_DAYS and previous in BEFORE_A_DAY:
        word = DOUBTFUL_DAYS[word]
    return Token(word, token.start, token.end, token.before)


def _numbers(tokens: list[Token]) -> list[Token]:
    """Numbers said as words become digits: "twenty third" is "23rd", "two" is "2"."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        one = tokens[at]
        two = tokens[at + 1] if at + 1 < len(tokens) else None
        value = CARDINAL.get(one.word)
        if two and value and value >= 20 and not two.before:
            ordinal, unit = ORDINAL.get(two.word, 0), CARDINAL.get(two.word, 0)
            if 0 < ordinal < 10 or 0 < unit < 10:
                word = _ordinal(value + ordinal) if ordinal else str(value + unit)
                made.append(Token(word, one.start, two.end, one.before))
                at += 2
                continue
        made.append(_number(one, value))
        at += 1
    return made


def _number(token: Token, value: int | None) -> Token:
    word = token.word
    if value is not None:
        word = str(value)
    elif word in ORDINAL:
        word = _ordinal(ORDINAL[word])
    return Token(word, token.start, token.end, token.before)


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10 if value // 10 != 1 else 0, "th")
    return f"{value}{ending}"


def _tidy(tokens: list[Token]) -> list[Token]:
    """Without hesitations, fillers and words said twice; their commas and stops stay."""
    kept: list[Token] = []
    at, before = 0, ""
    while at < len(tokens):
        length = _empty(tokens, at)
        token = tokens[at]
        before = max(before, token.before, key=("", ",", ".").index)
        if length:
            at += length
            continue
        stops = "" if len(token.word) > 3 else ","  # "the, the" is a restart, "call, call her" none
        same = kept and kept[-1].word == token.word and before in {"", stops}
        same = same and token.word.isalpha()
        if same and token.word not in {"that", "had", "very", "really", "no"}:
            kept[-1] = Token(token.word, kept[-1].start, token.end, kept[-1].before)
        else:
            kept.append(Token(token.word, token.start, token.end, before))
            _said_again(kept)
        at, before = at + 1, ""
    return kept


def _said_again(kept: list[Token]) -> None:
    """ "I'd I'd", "I will I will": the first of two equal pairs goes."""
    words = [token.word for token in kept[-4:]]
    pairs = len(words) == 4 and words[:2] == words[2:] and "".join(words).isalpha()
    if pairs and "." not in (kept[-1].before, kept[-2].before):
        first = kept[-4]
        kept[-4:-1] = [Token(first.word, kept[-2].start, kept[-2].end, first.before)]


def _empty(tokens: list[Token], at: int) -> int:
    """How many words from here on carry nothing."""
    if tokens[at].word in spoken_numbers.HESITATIONS:
        return 1
    if tokens[at].word == "like" and tokens[at].before == ",":
        return 1 if at + 1 < len(tokens) and tokens[at + 1].before == "," else 0
    if tokens[at].word not in _FILLER_STARTS:
        return 0
    for words in spoken_numbers.FILLERS:
        end = at + len(words)
        if tuple(token.word for token in tokens[at:end]) != words:
            continue
        previous = tokens[at - 1].word if at else ""
        following = tokens[end].word if end < len(tokens) else ""
        if (
            previous in spoken_numbers.NOT_FILLERS_AFTER
            or following in spoken_numbers.NOT_FILLERS_BEFORE
        ):
            continue
        return len(words)
    return 0
