"""The open question that ends a brief (R24)."""

from collections.abc import Sequence
from enum import StrEnum

from pwa.rules.vocabulary.enums import NeedKind


class OpenQuestion(StrEnum):
    """The question to ask; its text is in the web layer."""

    PUT_RIGHT = "put_right"
    WORRIED = "worried"
    UNKNOWN = "unknown"
    NEED = "need"
    WANT = "want"
    THINKS = "thinks"


_BY_NEED = {
    NeedKind.NEED: OpenQuestion.NEED,
    NeedKind.WANT: OpenQuestion.WANT,
    NeedKind.THINKS: OpenQuestion.THINKS,
}


def open_question(
    kinds: Sequence[NeedKind], *, apology: bool = False, worried: bool = False
) -> OpenQuestion:
    """The open question (R24); deterministic.

    `kinds` are the kinds of the contact's needs, newest first. PUT_RIGHT for an apology, WORRIED
    after a worried mood, UNKNOWN without needs. Otherwise the kind stated least often; of several,
    the one stated longest ago.
    """
    if apology:
        return OpenQuestion.PUT_RIGHT
    if worried:
        return OpenQuestion.WORRIED
    if not kinds:
        return OpenQuestion.UNKNOWN
    order = list(NeedKind)
    least = min(
        order, key=lambda kind: (kinds.count(kind), -_since(kinds, kind), order.index(kind))
    )
    return _BY_NEED[least]


def _since(kinds: Sequence[NeedKind], kind: NeedKind) -> int:
    return kinds.index(kind) if kind in kinds else len(kinds)
