"""R13: the deadline of a recovery; and how long a row takes."""

import pytest

from pwa.rules.scheduling.availability import Availability
from pwa.rules.scheduling.durations import row_minutes
from pwa.rules.scheduling.working_time import recovery_deadline
from pwa.rules.vocabulary.enums import RowKind, Severity
from tests.rules.build import (
    FRI,
    MON,
    NEW_YORK,
    OSLO,
    SAT,
    THU,
    TUE,
    WED,
    Holidays,
    oslo,
    prefers,
)

HIGH, MEDIUM, LOW = Severity
AFTERNOONS = Availability(OSLO, prefers(None, "14:00", "16:00"))


@pytest.mark.parametrize(
    ("case", "opened", "severity", "expected"),
    [
        ("high: two hours", oslo(MON, "09:00"), HIGH, oslo(MON, "11:00")),
        ("medium: four", oslo(MON, "09:00"), MEDIUM, oslo(MON, "13:00")),
        ("low: the end of the next working day", oslo(MON, "09:00"), LOW, oslo(TUE, "17:00")),
        ("not known is high", oslo(MON, "09:00"), None, oslo(MON, "11:00")),
        ("before work", oslo(MON, "06:30"), HIGH, oslo(MON, "10:00")),
        ("exactly to closing time", oslo(MON, "15:00"), HIGH, oslo(MON, "17:00")),
        ("over the evening", oslo(MON, "16:00"), HIGH, oslo(TUE, "09:00")),
        ("at closing time", oslo(MON, "17:00"), HIGH, oslo(TUE, "10:00")),
        ("over a holiday", oslo(TUE, "16:30"), MEDIUM, oslo(THU, "11:30")),
        ("on a holiday", oslo(WED, "12:00"), HIGH, oslo(THU, "10:00")),
        ("low before a holiday", oslo(TUE, "09:00"), LOW, oslo(THU, "17:00")),
        ("over the weekend", oslo(FRI, "16:00"), MEDIUM, oslo(MON, "11:00", 7)),
        ("low on a Saturday", oslo(SAT, "12:00"), LOW, oslo(MON, "17:00", 7)),
    ],
)
def test_deadline(case, opened, severity, expected):
    assert recovery_deadline(opened, severity, OSLO, Holidays(WED)) == expected, case


@pytest.mark.parametrize(
    ("case", "opened", "reach", "call_anyway", "expected"),
    [
        ("inside their hours", oslo(MON, "13:00"), AFTERNOONS, False, oslo(MON, "15:00")),
        ("at their closing time", oslo(MON, "14:00"), AFTERNOONS, False, oslo(MON, "16:00")),
        ("before they open", oslo(MON, "09:00"), AFTERNOONS, False, oslo(MON, "14:00")),
        ("after they closed", oslo(MON, "15:00"), AFTERNOONS, False, oslo(TUE, "14:00")),
        ("called anyway", oslo(MON, "15:00"), AFTERNOONS, True, oslo(MON, "17:00")),
        ("in another zone", oslo(MON, "09:00"), Availability(NEW_YORK), False, oslo(MON, "14:00")),
    ],
)
def test_it_moves_to_the_contacts_next_opening(case, opened, reach, call_anyway, expected):
    deadline = recovery_deadline(opened, HIGH, OSLO, Holidays(), reach, call_anyway)
    assert deadline == expected, case


@pytest.mark.parametrize(
    ("kind", "past", "expected"),
    [
        (RowKind.CALL, [], 10),
        (RowKind.VIDEO, [], 20),
        (RowKind.VISIT, [], 45),
        (RowKind.WRITE, [], 5),
        (RowKind.CALL, [14], 14),
        (RowKind.CALL, [90, 90, 90, 4, 8, 6, 12, 5], 6),
        (RowKind.CALL, [5, 8], 7),
        (RowKind.CALL, [0, 0, 1], 1),
    ],
)
def test_minutes_are_the_median_of_the_last_five(kind, past, expected):
    assert row_minutes(kind, past) == expected
