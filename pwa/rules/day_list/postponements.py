"""How often a client was put off, and on how many days nobody was reached (R21)."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pwa.rules.contact.contact_events import ContactEvent, counts_as_contact, is_try
from pwa.rules.vocabulary.timezones import local_day

MENTION_AFTER = 3
AGREE_A_TIME_AFTER = 3


def consecutive_postponements(postponed: Iterable[datetime], last: datetime | None) -> int:
    """How often a client was put off since the last contact with them that counts (R21).

    `postponed` are the moments of "not now"; `last` is that of the contact, None when there was
    none. One at the very moment of the contact is over with it.
    """
    return sum(last is None or at > last for at in postponed)


def days_unreached(interactions: Iterable[ContactEvent], contact: int, zone: ZoneInfo) -> int:
    """On how many days of `zone` we tried `contact` in vain since they last heard from us (R21).

    Two tries on one day are one day, and the days need not follow each other. Contact that counts
    with that person begins anew, a colleague of theirs does not; a wrong number is no try.
    """
    days: set[date] = set()
    for one in sorted(interactions, key=lambda one: one.at):
        if one.contact != contact:
            continue
        if counts_as_contact(one):
            days.clear()
        elif is_try(one):
            days.add(local_day(one.at, zone))
    return len(days)
