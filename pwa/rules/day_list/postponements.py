"""What a postponement hides, and counts of postponements and failed attempts (R21)."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pwa.rules.contact.contact_events import ContactEvent, counts_as_contact, is_try
from pwa.rules.day_list.client_state import Postponement
from pwa.rules.day_list.ready_time import READY_BEFORE
from pwa.rules.day_list.reason import Reason
from pwa.rules.vocabulary.enums import RowTier
from pwa.rules.vocabulary.timezones import local_day

MENTION_AFTER = 3
AGREE_A_TIME_AFTER = 3
NEEDS_A_REASON = frozenset({RowTier.RECOVERY, RowTier.PROMISE})


def is_put_off(
    step: Reason, postponed: Postponement, last: datetime | None, zone: ZoneInfo, now: datetime
) -> bool:
    """Whether a reason is on no list and in no count, because it was put off (R21).

    Until the end of the postponement, unless a conversation (`last`) or the reason itself came
    after it was said. A booked time that was put off earlier comes back when it is near.
    """
    if postponed.until <= now:
        return False
    if postponed.at is None:
        return True
    if last is not None and last > postponed.at:
        return False
    return not _came_up_after(step, postponed.at, zone, now)


def _came_up_after(step: Reason, at: datetime, zone: ZoneInfo, now: datetime) -> bool:
    if step.tier is RowTier.RECOVERY:
        return step.opened is not None and step.opened > at
    if step.tier is RowTier.BOOKED:
        return step.at is not None and at < step.at - READY_BEFORE <= now
    if step.tier is RowTier.PROMISE:
        return step.due is not None and step.due > local_day(at, zone)
    return False


def needs_a_reason(steps: Iterable[Reason], put_off: int) -> bool:
    """Whether putting off has to say why: a recovery, a promise, or the third time (R21)."""
    if put_off + 1 >= MENTION_AFTER:
        return True
    return any(step.tier in NEEDS_A_REASON for step in steps)


def deadline_of(steps: Iterable[Reason]) -> datetime | None:
    """The first deadline of a recovery among the reasons; putting off beyond it is said (R21)."""
    deadlines = (step.at for step in steps if step.tier is RowTier.RECOVERY and step.at)
    return min(deadlines, default=None)


def consecutive_postponements(postponed: Iterable[datetime], last: datetime | None) -> int:
    """The number of postponements after the last contact that counts (R21).

    `postponed` are the moments of "not now"; `last` is the moment of the contact, None without any.
    """
    return sum(last is None or at > last for at in postponed)


def days_unreached(interactions: Iterable[ContactEvent], contact: int, zone: ZoneInfo) -> int:
    """The number of days of `zone` with failed attempts since the last contact (R21).

    The days need not be consecutive. Only contact that counts with `contact` resets the count, not
    contact with a colleague; a wrong number is not an attempt.
    """
    days: set[date] = set()
    for event in sorted(interactions, key=lambda event: event.at):
        if event.contact != contact:
            continue
        if counts_as_contact(event):
            days.clear()
        elif is_try(event):
            days.add(local_day(event.at, zone))
    return len(days)
