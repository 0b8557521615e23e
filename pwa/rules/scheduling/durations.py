"""How long a row takes, as a day is filled by it (R12)."""

from collections.abc import Sequence
from statistics import median

from pwa.rules.vocabulary.enums import RowKind

USUAL = {RowKind.CALL: 10, RowKind.VIDEO: 20, RowKind.VISIT: 45, RowKind.WRITE: 5}
_REMEMBERED = 5


def row_minutes(kind: RowKind, past: Sequence[int] = ()) -> int:
    """Whole minutes: the median of the client's last five of the kind (`past`, newest last).

    Without any the usual length of the kind.
    """
    if not past:
        return USUAL[kind]
    return max(1, int(median(past[-_REMEMBERED:]) + 0.5))
