"""Recaps: offered after a decision (R3), owed to contacts who prefer writing (R6)."""

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
    """Whether a recap is offered (R3) or owed (R6)."""

    OFFERED = "offered"
    OWED = "owed"


def recap_debt(
    *, wants_writing: bool, wrote_since: bool, promised: bool, decided: bool, put_right: bool
) -> RecapDebt | None:
    """The recap due after a conversation (R3, R6), or None.

    OWED to a contact who prefers writing until we wrote to them; otherwise OFFERED if something
    was promised, decided or put right.
    """
    if wants_writing and not wrote_since:
        return RecapDebt.OWED
    return RecapDebt.OFFERED if promised or decided or put_right else None


@dataclass(frozen=True, slots=True)
class Recap:
    """A recap owed to `contact` for the conversation at `at`, due on `due`."""

    contact: int
    at: datetime
    due: date


def owed_recaps(interactions: Iterable[ContactEvent], today: date, zone: ZoneInfo) -> list[Recap]:
    """The recaps owed on `today` (R6): the oldest of each contact, oldest first.

    A live conversation in either direction with a contact who preferred writing that day
    (`wanted`) owes a recap on the same day of `zone`; whoever else took part is owed none. An
    outbound message to them from that moment on settles all earlier ones, unless it only asks for
    a time to talk. A recap lapses after `RECAP_LAPSES_AFTER` days.
    """
    events = list(interactions)
    last_written: dict[int, datetime] = {}
    for event in events:
        if event.outcome is Outcome.WRITTEN and event.direction is Direction.OUT and not event.asks:
            last_written[event.contact] = max(event.at, last_written.get(event.contact, event.at))
    owed: dict[int, Recap] = {}
    for event in sorted(events, key=lambda event: event.at):
        written = last_written.get(event.contact)
        if not _owes_recap(event) or (written is not None and written >= event.at):
            continue
        due = local_day(event.at, zone)
        if due <= today <= later(due, RECAP_LAPSES_AFTER):
            owed.setdefault(event.contact, Recap(event.contact, event.at, due))
    return list(owed.values())


def _owes_recap(event: ContactEvent) -> bool:
    wanted = event.wanted
    live = is_live(event.kind, event.outcome) and not event.also
    return live and wanted is not None and wanted.is_writing
