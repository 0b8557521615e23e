"""The one open question of a brief: a call is about them (R24)."""

from collections.abc import Sequence
from enum import StrEnum

from pwa.rules.vocabulary.enums import NeedKind


class OpenQuestion(StrEnum):
    """What to ask; the page has the words."""

    PUT_RIGHT = "put_right"
    WORRIED = "worried"
    UNKNOWN = "unknown"
    NEED = "need"
    WANT = "want"
    THINKS = "thinks"


_OF = {
    NeedKind.NEED: OpenQuestion.NEED,
    NeedKind.WANT: OpenQuestion.WANT,
    NeedKind.THINKS: OpenQuestion.THINKS,
}


def open_question(
    said: Sequence[NeedKind], *, apology: bool = False, worried: bool = False
) -> OpenQuestion:
    """The one open question (R24), always the same for the same facts.

    `said` are the kinds of what the contact told us, the newest first. After something went wrong
    it is how to put that right; worried last time, what became of it; nothing known, what they
    need. Otherwise it is about what they spoke of least, and of two alike what they said longer
    ago.
    """
    if apology:
        return OpenQuestion.PUT_RIGHT
    if worried:
        return OpenQuestion.WORRIED
    if not said:
        return OpenQuestion.UNKNOWN
    order = list(NeedKind)
    least = min(order, key=lambda kind: (said.count(kind), -_since(said, kind), order.index(kind)))
    return _OF[least]


def _since(said: Sequence[NeedKind], kind: NeedKind) -> int:
    return said.index(kind) if kind in said else len(said)
