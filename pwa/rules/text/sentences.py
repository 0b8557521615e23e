"""Splits a transcript into the stretches that can be chosen with a tap."""

import re
from dataclasses import dataclass

LONGEST = 140  # characters; speech recognisers leave out full stops
_STOP = re.compile(r"(?<=[.!?])\s+|\n+")
_PAUSE = re.compile(r"(?<=[,;:])\s+|\s+(?=(?:and|but|so|then)\b)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words` stand at `start` in the text."""

    words: str
    start: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order; one that is too long for a tap comes in parts."""
    parts: list[Sentence] = []
    for sentence in _pieces(_STOP, Sentence(text, 0)):
        parts += _short_pieces(sentence)
    return parts


def _pieces(separator: re.Pattern[str], whole: Sentence) -> list[Sentence]:
    ends = [(match.start(), match.end()) for match in separator.finditer(whole.words)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(whole.words)]
    return [
        Sentence(whole.words[start:stop].strip(), whole.start + start)
        for start, stop in zip(starts, stops, strict=True)
        if whole.words[start:stop].strip()
    ]


def _short_pieces(sentence: Sentence) -> list[Sentence]:
    """The sentence, or its parts between pauses joined up to LONGEST."""
    if len(sentence.words) <= LONGEST:
        return [sentence]
    joined: list[Sentence] = []
    for piece in _pieces(_PAUSE, sentence):
        previous = joined[-1] if joined else None
        if previous and piece.start + len(piece.words) - previous.start <= LONGEST:
            offset = previous.start - sentence.start
            end = piece.start - sentence.start + len(piece.words)
            joined[-1] = Sentence(sentence.words[offset:end], previous.start)
        else:
            joined.append(piece)
    return joined
