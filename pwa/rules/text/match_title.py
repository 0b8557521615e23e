"""Which of several things somebody means (R11)."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "a an and are as at be by do for from has he her him his i in is it its me my of on or our she "
    "so that the their them they this to up us was we were with you your".split()
)


def match_title(said: str, titles: Sequence[str]) -> int | None:
    """The place in `titles` of the one that `said` is about (R11); None where that is not clear.

    It shares the most words with what was said, small words aside, and no other shares as many.
    """
    words = _telling(said)
    shared = [len(words & _telling(title)) for title in titles]
    most = max(shared, default=0)
    return shared.index(most) if most and shared.count(most) == 1 else None


def _telling(text: str) -> frozenset[str]:
    """The words that tell one thing from another; "alarms" and "alarm" are one."""
    found = {word.rstrip("s") for word in _WORD.findall(text.casefold())}
    return frozenset(found - {word.rstrip("s") for word in _SMALL} - {""})
