"""Estimated duration of a row, for filling a day (R12)."""

from collections.abc import Sequence
from statistics import median

from pwa.rules.vocabulary.enums import RowKind

USUAL = {RowKind.CALL: 10, RowKind.VIDEO: 20, RowKind.VISIT: 45, RowKind.WRITE: 5}
_REMEMBERED = 5


def row_minutes(kind: RowKind, past: Sequence[int] = ()) -> int:
    """Estimated whole minutes: the median of the last five of `past` (newest last), at least 1.

    Without any, the default of `kind` (R12).
    """
    if not past:
        return USUAL[kind]
    return max(1, int(median(past[-_REMEMBERED:]) + 0.5))
