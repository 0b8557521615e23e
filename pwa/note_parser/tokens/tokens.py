"""Tokeniser: lower case, contractions expanded, numbers as digits, hesitations removed.

Every token keeps its offsets in the transcript, so that a suggestion can quote it verbatim.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pwa.note_parser.vocabulary import spoken_numbers
from pwa.note_parser.vocabulary.calendar_words import (
    ABBREVIATIONS,
    AMBIGUOUS_DAYS,
    CARDINAL,
    DAY_PREPOSITIONS,
    DAY_WORDS,
    MONTH_WORDS,
    ORDINAL,
)
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.verbs import BASES

_WORD = compiled(r"""
    [0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9])|
    [0-9]{1,2}[:.][0-9]{2}(?:[.][0-9]{4}|[.][0-9]{2}(?![0-9]))?(?![0-9])|[0-9]+(?:st|nd|rd|th)
    \b|[0-9]+|[^\W\d_]+(?:['’][^\W\d_]+)*
""")
_FULL_STOP = re.compile(r"[.!?;:…\n—–]| - ")
_FILLER_STARTS = frozenset(words[0] for words in spoken_numbers.FILLERS)
_TITLES = frozenset("mr mrs ms dr mx".split())
_COMMA = re.compile(r"[,()]")
_TITLE_CASE = re.compile(r"(?:\b[A-Z][a-z]+ +){4}")  # A Headline Says Nothing By Its Capitals


@dataclass(frozen=True, slots=True)
class Token:
    """A word, its offsets, and the punctuation before it: "", "," or "." (any full stop)."""

    word: str
    start: int
    end: int
    before: str = ""


def tokenise(transcript: str) -> list[Token]:
    """The normalised words of a transcript, in order."""
    joined = _join_pairs(list(_split(transcript)), transcript)
    words = _without_fillers(list(_expand_contractions(joined)))
    return _without_fillers(_digits(words))


def _split(text: str) -> Iterator[Token]:
    last = 0
    previous = ""
    for match in _WORD.finditer(text):
        gap = text[last : match.start()]
        word = match.group().lower().replace("’", "'")
        before = ""
        if gap.startswith(".,"):  # "eight a.m., I'm coming by"
            before = ","
        elif _FULL_STOP.search(gap) and previous != "re":
            abbreviated = (
                previous in ABBREVIATIONS and "." in gap and not match.group()[0].isupper()
            )
            abbreviated = abbreviated or previous in _TITLES
            before = "" if abbreviated else "." if not _introduces_list(previous, gap) else ","
        elif _begins_a_sentence(text, match, previous):
            before = "."
        elif _COMMA.search(gap):
            before = ","
        yield Token(word, match.start(), match.end(), before)
        previous, last = word, match.end()


def _introduces_list(previous: str, gap: str) -> bool:
    """ "I promised two things: the quote by Friday and ...", "He said: send me the offer"."""
    return previous in {"things", "bits", "points", "said", "says", "asked"} and ":" in gap


def _begins_a_sentence(text: str, match: re.Match[str], previous: str) -> bool:
    """Whether a capital stands for a full stop, which recognisers leave out more often."""
    word = match.group()
    capital = word[0].isupper() and word[1:].islower()
    begins = capital and word.lower() in spoken_numbers.SENTENCE_STARTERS
    return begins and bool(previous) and not _TITLE_CASE.search(text)


def _join_pairs(raw: list[Token], text: str) -> Iterator[Token]:
    """Joins pairs that are one word: "to-morrow", "p. m."."""
    at = 0
    while at < len(raw):
        token = raw[at]
        following = raw[at + 1] if at + 1 < len(raw) else None
        previous = raw[at - 1] if at else None
        joined = _joined_word(token, following, previous, text) if following else None
        if following and joined:
            first, _, rest = joined.partition(" ")
            yield Token(first, token.start, following.end, token.before)
            if rest:
                yield Token(rest, token.start, following.end)
            at += 2
        else:
            yield token
            at += 1


def _joined_word(first: Token, second: Token, previous: Token | None, text: str) -> str | None:
    gap = text[first.end : second.start]
    if len(gap) > 2 or "," in gap:
        return None
    pair = (first.word, second.word)
    if pair == ("a", "m"):
        return "am" if previous and _is_number(previous.word) else None
    if gap == "-" and pair in spoken_numbers.JOINED_WITH_A_HYPHEN:
        return spoken_numbers.JOINED_WITH_A_HYPHEN[pair]
    return spoken_numbers.JOINED.get(pair)


def _is_number(word: str) -> bool:
    return word[0] in "0123456789" or word in CARDINAL


def _expand_contractions(tokens: Iterator[Token]) -> Iterator[Token]:
    """Replaces each contraction by its two words."""
    contracted = list(tokens)
    for place, token in enumerate(contracted):
        following = contracted[place + 1].word if place + 1 < len(contracted) else ""
        previous = contracted[place - 1].word if place else ""
        parts = _contraction(token.word, previous, following)
        if parts is None:
            yield _normalised(token, previous)
            continue
        cut = token.word.find("'")
        middle = token.start + cut if cut > 0 and parts[-1] != "not" else None
        yield Token(parts[0], token.start, middle or token.end, token.before)
        yield Token(parts[1], middle or token.start, token.end)


def _contraction(word: str, previous: str, following: str) -> tuple[str, str] | None:
    if word in spoken_numbers.CONTRACTIONS:
        return spoken_numbers.CONTRACTIONS[word]
    if word in spoken_numbers.BEFORE_A_VERB and following in BASES:
        starts_clause = previous in {"said", "him", "her", "them", "that", "told", "and", ""}
        return spoken_numbers.BEFORE_A_VERB[word] if starts_clause else None
    if word.endswith("n't"):
        return word[:-3], "not"
    stem, cut, suffix = word.rpartition("'")
    if cut and suffix in spoken_numbers.CONTRACTED_SUFFIXES:
        return stem, spoken_numbers.CONTRACTED_SUFFIXES[suffix]
    return None


def _normalised(token: Token, previous: str) -> Token:
    word = token.word
    word = spoken_numbers.SYNONYMS.get(word, word)
    word = DAY_WORDS.get(word, MONTH_WORDS.get(word, word))
    if word in AMBIGUOUS_DAYS and previous in DAY_PREPOSITIONS:
        word = AMBIGUOUS_DAYS[word]
    return Token(word, token.start, token.end, token.before)


def _digits(tokens: list[Token]) -> list[Token]:
    """Replaces number words by digits: "twenty third" is "23rd", "two" is "2"."""
    numbered: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        value = CARDINAL.get(token.word)
        if following and value and value >= 20 and not following.before:
            ordinal, unit = ORDINAL.get(following.word, 0), CARDINAL.get(following.word, 0)
            if 0 < ordinal < 10 or 0 < unit < 10:
                word = _ordinal(value + ordinal) if ordinal else str(value + unit)
                numbered.append(Token(word, token.start, following.end, token.before))
                at += 2
                continue
        numbered.append(_digit(token, value))
        at += 1
    return numbered


def _digit(token: Token, value: int | None) -> Token:
    word = token.word
    if value is not None:
        word = str(value)
    elif word in ORDINAL:
        word = _ordinal(ORDINAL[word])
    return Token(word, token.start, token.end, token.before)


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10 if value // 10 != 1 else 0, "th")
    return f"{value}{ending}"


def _without_fillers(tokens: list[Token]) -> list[Token]:
    """Removes hesitations, fillers and repeated words, but not their punctuation."""
    kept: list[Token] = []
    at, before = 0, ""
    while at < len(tokens):
        length = _filler_length(tokens, at)
        token = tokens[at]
        before = max(before, token.before, key=("", ",", ".").index)
        if length:
            at += length
            continue
        stops = "" if len(token.word) > 3 else ","  # "the, the" is a restart, "call, call her" none
        repeated = kept and kept[-1].word == token.word and before in {"", stops}
        repeated = repeated and token.word.isalpha()
        if repeated and token.word not in {"that", "had", "very", "really", "no"}:
            kept[-1] = Token(token.word, kept[-1].start, token.end, kept[-1].before)
        else:
            kept.append(Token(token.word, token.start, token.end, before))
            _drop_repeated_pair(kept)
        at, before = at + 1, ""
    return kept


def _drop_repeated_pair(kept: list[Token]) -> None:
    """Drops the first of two equal pairs: "I'd I'd", "I will I will"."""
    words = [token.word for token in kept[-4:]]
    pairs = len(words) == 4 and words[:2] == words[2:] and "".join(words).isalpha()
    if pairs and "." not in (kept[-1].before, kept[-2].before):
        first = kept[-4]
        kept[-4:-1] = [Token(first.word, kept[-2].start, kept[-2].end, first.before)]


def _filler_length(tokens: list[Token], at: int) -> int:
    """The number of tokens from `at` on that are fillers."""
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
