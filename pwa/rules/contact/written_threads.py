"""Repeated written exchanges about one request, which call for a conversation (R1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pwa.rules.contact.contact_events import ContactEvent, is_live
from pwa.rules.vocabulary.enums import Outcome
from pwa.rules.vocabulary.timezones import local_day

WITHIN_DAYS = 7


@dataclass(frozen=True, slots=True)
class Thread:
    """Two written exchanges with `contact` about `request`; `day` is the day of the second."""

    contact: int
    request: int
    day: date


def written_threads(interactions: Iterable[ContactEvent], zone: ZoneInfo) -> list[Thread]:
    """The threads that should become a call (R1), at most one a contact, oldest first.

    A thread is two written interactions with one contact, in either direction, about the same
    request, at most seven calendar days of `zone` apart (Monday to Monday, not to Tuesday). Recaps
    and messages that only ask for a time do not count. A live conversation with the same contact
    after the first message ends the thread; one with a colleague of theirs does not.
    """
    events = sorted(interactions, key=lambda event: event.at)
    last_live: dict[int, datetime] = {
        event.contact: event.at for event in events if is_live(event.kind, event.outcome)
    }
    last_written: dict[tuple[int, int], date] = {}
    threads: dict[int, Thread] = {}
    for event in events:
        if event.outcome is not Outcome.WRITTEN or event.recap or event.asks:
            continue
        if event.contact in last_live and last_live[event.contact] > event.at:
            continue
        day = local_day(event.at, zone)
        for request in sorted(event.covered):
            previous = last_written.get((event.contact, request))
            if previous is not None and (day - previous).days <= WITHIN_DAYS:
                threads.setdefault(event.contact, Thread(event.contact, request, day))
            last_written[event.contact, request] = day
    return sorted(threads.values(), key=lambda thread: thread.day)
