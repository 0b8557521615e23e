"""Marks of a clause: how far it can be taken as a fact."""

from enum import Enum, auto


class Mark(Enum):
    """Several may hold for one clause."""

    PAST = auto()  # of a time long gone: "last week"
    UNCERTAIN = auto()  # a condition itself ("if she agrees"), or hoped, doubted or denied
    CONDITIONAL = auto()  # depends on the condition in a neighbouring clause
    REQUESTED = auto()  # an indirect question: "if I could send the quote"
    QUOTED = auto()  # reported by the client: "she said ..."
    REPORTED_AFTER = auto()  # we say in the next clause that we told them: "..., I told him"


HYPOTHETICAL = frozenset({Mark.UNCERTAIN, Mark.CONDITIONAL})
