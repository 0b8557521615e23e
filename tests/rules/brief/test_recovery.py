"""When something went wrong: the lines to say, the guard before writing, and the second time."""

from datetime import UTC, date, datetime

import pytest

from pwa.rules.brief.recovery import (
    LineKind,
    all_checks_done,
    complete_checks,
    is_second_time,
    recovery_lines,
    writing_locked,
)
from pwa.rules.commitments.recovery_checks import Check
from pwa.rules.day_list.client_state import Recovery

OPENED = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
DANA, OLE = 1, 2


@pytest.mark.parametrize(
    ("make_good", "know_by", "kinds"),
    [
        ("send it by courier today", None, "sorry understand make_good never_again"),
        ("send it by courier today", LATER, "sorry understand make_good when never_again"),
        (None, LATER, "sorry understand when never_again"),
        (None, None, "sorry understand when never_again"),
    ],
)
def test_the_lines_stand_in_their_order(make_good, know_by, kinds):
    lines = recovery_lines(make_good, know_by)
    assert [line.kind.value for line in lines] == kinds.split()
    told = {line.kind: line for line in lines}
    assert make_good is None or told[LineKind.MAKE_GOOD].words == make_good
    assert know_by is None or told[LineKind.WHEN].at == know_by


def missing(contact, live=None):
    return Recovery(contact, "delivery missing", OPENED, live=live)


@pytest.mark.parametrize(
    ("recoveries", "contact", "locked"),
    [
        ([], DANA, False),
        ([missing(DANA)], DANA, True),
        ([missing(DANA)], OLE, False),
        ([missing(DANA, live=LATER)], DANA, False),
        ([missing(DANA, live=LATER), missing(DANA)], DANA, True),
        ([missing(None)], OLE, True),
        ([missing(None, live=LATER)], OLE, False),
    ],
)
def test_writing_waits_for_a_live_conversation_with_whom_it_concerns(recoveries, contact, locked):
    assert writing_locked(recoveries, contact) is locked


@pytest.mark.parametrize(
    ("cause", "earlier", "again"),
    [
        ("Delivery missing", [], False),
        ("Delivery missing", ["wrong invoice"], False),
        ("Delivery missing", ["delivery  MISSING "], True),
        ("", [""], False),
    ],
)
def test_the_same_cause_is_a_second_time_however_it_is_spelt(cause, earlier, again):
    assert is_second_time(cause, earlier) is again


WEEK, MONTH, QUARTER = date(2026, 11, 30), date(2026, 12, 23), date(2027, 2, 21)


def test_a_check_that_held_does_those_due_by_then():
    checks = (Check(WEEK), Check(MONTH), Check(QUARTER))
    early = complete_checks(checks, date(2026, 11, 29))
    assert early == checks
    first = complete_checks(checks, WEEK)
    assert [check.done for check in first] == [WEEK, None, None]
    late = complete_checks(first, date(2026, 12, 24))
    assert [check.done for check in late] == [WEEK, date(2026, 12, 24), None]
    assert not all_checks_done(late)
    assert all_checks_done(complete_checks(late, QUARTER))


def test_nothing_written_down_is_not_over():
    assert not all_checks_done(())
