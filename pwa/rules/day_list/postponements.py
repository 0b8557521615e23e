"""Counts of postponements and of days with failed attempts (R21)."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pwa.rules.contact.contact_events import ContactEvent, counts_as_contact, is_try
from pwa.rules.vocabulary.timezones import local_day

MENTION_AFTER = 3
AGREE_A_TIME_AFTER = 3


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
