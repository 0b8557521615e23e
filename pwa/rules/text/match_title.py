"""Matches words to one of several titles (R11)."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_STOP_WORDS = frozenset(
    "a an and are as at be by do for from has he her him his i in is it its me my of on or our she "
    "so that the their them they this to up us was we were with you your".split()
)


def match_title(text: str, titles: Sequence[str]) -> int | None:
    """The index in `titles` of the one that shares the most words with `text` (R11).

    Stop words are ignored. None without a shared word, or if two titles share equally many.
    """
    words = _distinctive_words(text)
    shared = [len(words & _distinctive_words(title)) for title in titles]
    most = max(shared, default=0)
    return shared.index(most) if most and shared.count(most) == 1 else None


def _distinctive_words(text: str) -> frozenset[str]:
    """The words of `text` without stop words and plural s."""
    words = {word.rstrip("s") for word in _WORD.findall(text.casefold())}
    return frozenset(words - {word.rstrip("s") for word in _STOP_WORDS} - {""})
