"""R19, R26: which row is first, its limit, and what is left: the same wherever it is counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.remaining import Limit, first_row, limit_of, remaining
from pwa.rules.day_list.row import Row
from pwa.rules.scheduling.availability import CallWindow
from pwa.rules.vocabulary.enums import ReasonCode, RowKind, RowTier
from tests.rules.build import MON, OSLO, oslo

NINE = oslo(MON, "09:00")
CALL, VIDEO, VISIT, WRITE = RowKind.CALL, RowKind.VIDEO, RowKind.VISIT, RowKind.WRITE


def row(kind: RowKind = CALL, **values) -> Row:
    step = Reason(RowTier.CADENCE, ReasonCode.CADENCE_DUE, None, MON)
    return Row(step, kind, 7, "Halden", 1, "Dana", "+47", None, True, None, 0.0, 10, **values)


def waits(line: Row) -> Row:
    return replace(line, open_now=False, waits_until=oslo(MON, "13:00"))


def limited(tier: RowTier, at: datetime | None = None, closes: datetime | None = None) -> Row:
    reason = Reason(tier, ReasonCode.CADENCE_DUE, None, MON, at=at)
    return replace(row(), step=reason, window=CallWindow(NINE, closes) if closes else None)


@pytest.mark.parametrize(
    ("kinds", "calls", "visits", "writes", "total"),
    [
        ([], 0, 0, 0, 0),
        ([CALL], 1, 0, 0, 1),
        ([CALL, VIDEO], 2, 0, 0, 2),
        ([VISIT, VISIT, CALL], 1, 2, 0, 3),
        ([WRITE, CALL, VIDEO, VISIT], 2, 1, 1, 4),
    ],
)
def test_what_is_left(kinds: Sequence[RowKind], calls: int, visits: int, writes: int, total: int):
    left = remaining([row(kind) for kind in kinds])
    assert (left.calls, left.visits, left.writes, left.total) == (calls, visits, writes, total)


def test_nobody_is_first_on_an_empty_list():
    assert first_row([]) is None
    assert remaining([]).first is None


def test_who_can_be_reached_now_is_first():
    shut, shut_too, open_ = waits(row(VISIT)), waits(row(WRITE)), row()
    assert first_row([shut, shut_too, open_]) is open_
    assert remaining([shut, open_]).first is open_
    assert first_row(iter([shut, shut_too])) is shut


TEN, ELEVEN = oslo(MON, "10:00"), oslo(MON, "11:00")


@pytest.mark.parametrize(
    ("case", "line", "limit"),
    [
        ("a window closes", limited(RowTier.CADENCE, closes=TEN), (Limit.BEFORE, TEN)),
        ("a deadline", limited(RowTier.RECOVERY, TEN), (Limit.BY, TEN)),
        ("a deadline beats a window", limited(RowTier.RECOVERY, ELEVEN, TEN), (Limit.BY, ELEVEN)),
        ("a booked time beats a window", limited(RowTier.BOOKED, ELEVEN, TEN), (Limit.AT, ELEVEN)),
        (
            "the time of anything else",
            limited(RowTier.PROMISE, TEN, ELEVEN),
            (Limit.BEFORE, ELEVEN),
        ),
        ("no window", limited(RowTier.CADENCE), None),
        ("a deadline that passed", limited(RowTier.RECOVERY, oslo(MON, "08:40"), TEN), None),
        ("a deadline that is reached", limited(RowTier.RECOVERY, NINE), None),
        ("a deadline of tomorrow", limited(RowTier.RECOVERY, oslo(MON, "08:40", 1)), None),
        ("a window of tomorrow", limited(RowTier.CADENCE, closes=oslo(MON, "10:00", 1)), None),
    ],
)
def test_the_limit_of_a_row(case, line, limit):
    assert limit_of(line, NINE, OSLO) == limit, case
