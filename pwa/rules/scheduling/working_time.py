"""Working-hours arithmetic, and the deadline of a recovery (R13)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pwa.rules.scheduling.availability import Availability, CallWindow
from pwa.rules.vocabulary.calendar import Calendar, next_working_day
from pwa.rules.vocabulary.enums import Severity
from pwa.rules.vocabulary.timezones import local_day, moment

STARTS = time(8)
ENDS = time(17)
_HOURS = {Severity.HIGH: timedelta(hours=2), Severity.MEDIUM: timedelta(hours=4)}


def add_working_time(
    start: datetime, amount: timedelta, zone: ZoneInfo, calendar: Calendar
) -> datetime:
    """`start` plus `amount` of working time: 8 to 17 on the working days, in `zone`."""
    day = local_day(start, zone)
    opens, closes = moment(day, STARTS, zone), moment(day, ENDS, zone)
    at = max(start, opens)
    while not calendar.is_working_day(day) or at + amount > closes:
        if calendar.is_working_day(day):
            amount -= max(closes - at, timedelta())
        day = next_working_day(day, calendar)
        at, closes = moment(day, STARTS, zone), moment(day, ENDS, zone)
        if not calendar.is_working_day(day):
            return at + amount
    return at + amount


def recovery_deadline(
    opened: datetime,
    severity: Severity | None,
    zone: ZoneInfo,
    calendar: Calendar,
    reach: Availability | None = None,
    call_anyway: bool = False,
) -> datetime:
    """The deadline for the first live contact about a recovery (R13), in UTC.

    2 working hours for high or unknown severity, 4 for medium, the end of the next working day for
    low; in the manager's `zone` and the `calendar` of the team's country. A deadline outside the
    contact's window moves to the next opening, unless `call_anyway`.
    """
    amount = _HOURS.get(severity or Severity.HIGH)
    if amount is None:
        day = next_working_day(local_day(opened, zone), calendar)
        deadline = moment(day, ENDS, zone)
    else:
        deadline = add_working_time(opened, amount, zone, calendar)
    return deadline if call_anyway or reach is None else _within(deadline, reach)


def _within(deadline: datetime, reach: Availability) -> datetime:
    """The deadline, or the next opening if it is outside a window; closing time is inside."""
    window: CallWindow | None = reach.next(deadline - timedelta.resolution)
    if window is None or window.opens <= deadline:
        return deadline
    return window.opens
