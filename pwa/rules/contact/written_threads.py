"""A matter that is being written about again and again becomes a call (R1)."""

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
    """Two written exchanges with `contact` about `request`; `day` is that of the second."""

    contact: int
    request: int
    day: date


def written_threads(interactions: Iterable[ContactEvent], zone: ZoneInfo) -> list[Thread]:
    """What is to be talked about instead, at most one a contact and the oldest first (R1).

    Two written interactions with one contact, whoever wrote, that cover the same request, at most
    seven calendar days of `zone` apart: Monday and the Monday after count, the Tuesday after does
    not. Recaps do not, nor what covers no request. A live conversation with that contact later
    than the first of the two ends it; one with a colleague of theirs does not.
    """
    everything = sorted(interactions, key=lambda one: one.at)
    talked: dict[int, datetime] = {
        one.contact: one.at for one in everything if is_live(one.kind, one.outcome)
    }
    before: dict[tuple[int, int], date] = {}
    found: dict[int, Thread] = {}
    for one in everything:
        if one.outcome is not Outcome.WRITTEN or one.recap or one.asks:
            continue
        if one.contact in talked and talked[one.contact] > one.at:
            continue
        day = local_day(one.at, zone)
        for request in sorted(one.covered):
            first = before.get((one.contact, request))
            if first is not None and (day - first).days <= WITHIN_DAYS:
                found.setdefault(one.contact, Thread(one.contact, request, day))
            before[one.contact, request] = day
    return sorted(found.values(), key=lambda one: one.day)
