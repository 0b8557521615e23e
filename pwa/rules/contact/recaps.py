"""The recap of a talk: offered after a decision (R3), owed to who asked for writing (R6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pwa.rules.contact.contact_events import ContactEvent, is_live
from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import Direction, Outcome
from pwa.rules.vocabulary.timezones import local_day

RECAP_LAPSES_AFTER = 6


class RecapDebt(StrEnum):
    """Whether a recap is offered (R3), or owed because the contact asked for writing (R6)."""

    OFFERED = "offered"
    OWED = "owed"


def recap_debt(
    *, wants_writing: bool, wrote_since: bool, promised: bool, decided: bool, put_right: bool
) -> RecapDebt | None:
    """What a conversation asks for afterwards, talk first and writing then (R3, R6).

    Somebody who asked for writing is owed a recap in any case, until we wrote to them. Anybody else
    is offered one where something was promised, decided or put right.
    """
    if wants_writing and not wrote_since:
        return RecapDebt.OWED
    return RecapDebt.OFFERED if promised or decided or put_right else None


@dataclass(frozen=True, slots=True)
class Recap:
    """What was said with `contact` at `at` is to be confirmed in writing on the day `due`."""

    contact: int
    at: datetime
    due: date


def owed_recaps(interactions: Iterable[ContactEvent], today: date, zone: ZoneInfo) -> list[Recap]:
    """The recaps still owed on `today`, at most one a contact, the oldest first (R6).

    A live conversation, whoever began it, with a contact who on that day wanted e-mail or text
    (`wanted`) owes one on the same day of `zone`. Anything we wrote to them at that moment or
    later settles it, and with it every earlier one, unless it only asked for a time to talk. On the
    sixth day after it is still owed, late; on the seventh it has lapsed. Of several with one
    contact the oldest counts.
    """
    everything = list(interactions)
    wrote: dict[int, datetime] = {}
    for one in everything:
        if one.outcome is Outcome.WRITTEN and one.direction is Direction.OUT and not one.asks:
            wrote[one.contact] = max(one.at, wrote.get(one.contact, one.at))
    owed: dict[int, Recap] = {}
    for one in sorted(everything, key=lambda one: one.at):
        if not _asks_for_one(one) or (one.contact in wrote and wrote[one.contact] >= one.at):
            continue
        due = local_day(one.at, zone)
        if due <= today <= later(due, RECAP_LAPSES_AFTER):
            owed.setdefault(one.contact, Recap(one.contact, one.at, due))
    return list(owed.values())


def _asks_for_one(one: ContactEvent) -> bool:
    return is_live(one.kind, one.outcome) and one.wanted is not None and one.wanted.is_writing
