"""When a row is ready to be done, and the window that it shows (R19, R21)."""

from datetime import datetime, time, timedelta

from pwa.rules.contact.contact_events import Tries
from pwa.rules.day_list.client_state import ManagerContext
from pwa.rules.day_list.reason import Reason
from pwa.rules.scheduling.availability import Availability, CallWindow
from pwa.rules.scheduling.retry import retry_at
from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import ReasonCode, RowTier
from pwa.rules.vocabulary.timezones import local_day, moment

READY_BEFORE = timedelta(minutes=10)
NEEDS_NO_WINDOW = frozenset({ReasonCode.RECAP_DUE, ReasonCode.FIND_NUMBER})


def ready_at(
    step: Reason,
    tried: Tries,
    reach: Availability,
    upcoming: CallWindow | None,
    manager: ManagerContext,
    now: datetime,
) -> datetime | None:
    """The moment from which the step can be done, `now` for at once; None without any window.

    `upcoming` is the contact's window that is open now or opens next. A booking ignores the
    window and is ready ten minutes early. Anything else waits for the retry time after a failed
    attempt, and for the contact's window. A recap waits for no window, as it is due the same day
    (R6), and neither does the search for a number.
    """
    earliest = now
    if tried.last is not None:
        again = _next_day(now, manager) if tried.spent else retry_at(tried.last, reach)
        if again is None:
            return None
        earliest = max(earliest, again)
    if step.tier is RowTier.BOOKED and step.at is not None:
        return max(earliest, step.at - READY_BEFORE)
    if step.call_anyway or step.reason in NEEDS_NO_WINDOW:
        return earliest
    if upcoming is None or earliest < upcoming.closes:
        return None if upcoming is None else max(earliest, upcoming.opens)
    return reach.next_opening(earliest)


def window_today(
    reach: Availability, upcoming: CallWindow | None, manager: ManagerContext, now: datetime
) -> CallWindow | None:
    """The contact's window to show: open, later on the manager's day, or past today; or None."""
    if upcoming is not None and upcoming.is_open(now):
        return upcoming
    today = local_day(now, manager.zone)
    if upcoming is not None and local_day(upcoming.opens, manager.zone) == today:
        return upcoming
    past = reach.on(local_day(now, reach.zone))
    return past if past and local_day(past.closes, manager.zone) == today else None


def _next_day(now: datetime, manager: ManagerContext) -> datetime:
    return moment(later(local_day(now, manager.zone)), time(0), manager.zone)
