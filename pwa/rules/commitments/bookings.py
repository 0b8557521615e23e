"""What stands of a booking once its time has come, and what became of it (R19, R22)."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pwa.rules.vocabulary.enums import Settled
from pwa.rules.vocabulary.timezones import local_day

PASSED_AFTER = timedelta(minutes=15)  # whoever calls a little late is still in time


class BookingState(StrEnum):
    """AHEAD until its time has passed, ASKED on the rest of that day, MISSED from the next on."""

    AHEAD = "ahead"
    ASKED = "asked"
    MISSED = "missed"


def booking_state(at: datetime, now: datetime, zone: ZoneInfo) -> BookingState:
    """The state of a booking for `at` that nothing settled (R19); days are those of `zone`."""
    if now < at + PASSED_AFTER:
        return BookingState.AHEAD
    same_day = local_day(at, zone) == local_day(now, zone)
    return BookingState.ASKED if same_day else BookingState.MISSED


def what_became(
    settled: Settled | None, at: datetime, now: datetime, zone: ZoneInfo
) -> Settled | None:
    """The answer that was given, else MISSED from the day after on (R22); None before."""
    if settled is not None and settled is not Settled.MISSED:
        return settled
    missed = booking_state(at, now, zone) is BookingState.MISSED
    return Settled.MISSED if missed or settled else None
