"""One client's row of the day list: one reason, one person, one time (R19, R21)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from pwa.rules.contact.contact_events import BOOKING_LEAD, NO_TRIES, Tries, tries_on
from pwa.rules.day_list.client_state import ClientState, ManagerContext
from pwa.rules.day_list.postponements import AGREE_A_TIME_AFTER, days_unreached
from pwa.rules.day_list.ready_time import ready_at, window_today
from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.day_list.row_kind import row_kind
from pwa.rules.day_list.who_to_reach import reach_of
from pwa.rules.scheduling.availability import CallWindow
from pwa.rules.scheduling.cadence import weighted_lateness
from pwa.rules.scheduling.durations import row_minutes
from pwa.rules.vocabulary.enums import ReasonCode, RowKind, RowTier
from pwa.rules.vocabulary.timezones import local_day

OWED = frozenset({RowTier.RECOVERY, RowTier.BOOKED, RowTier.PROMISE})


@dataclass(frozen=True, slots=True)
class Row:
    """What the list shows of a client.

    `step` is why; `also` are the other reasons, for the brief. `window` is the contact's window
    that is open, or the one of the manager's today; None when today has none. `open_now` means
    that they can be turned to at once; otherwise they wait until `waits_until` (None: no window
    in sight). `need` is lateness times weight. `minutes` is how long it will take.
    `unreached` is on how many days the contact was tried in vain, `put_off` how often the client
    was put off, both since the last contact (R21).
    """

    step: Reason
    kind: RowKind
    client_id: int
    client_name: str
    contact_id: int | None
    contact_name: str
    phone: str | None
    window: CallWindow | None
    open_now: bool
    waits_until: datetime | None
    need: float
    minutes: int
    also: tuple[Reason, ...] = ()
    unreached: int = 0
    put_off: int = 0

    @property
    def tier(self) -> RowTier:
        return self.step.tier

    @property
    def reason(self) -> ReasonCode:
        return self.step.reason

    @property
    def asks_for_a_time(self) -> bool:
        """Tried on so many days that a time should be agreed in their channel (R21).

        Somebody difficult is called again, and where a time is agreed there is no need.
        """
        difficult = self.step.contact is not None and self.step.contact.difficult
        agreed = self.tier is RowTier.BOOKED
        return self.unreached >= AGREE_A_TIME_AFTER and not difficult and not agreed

    @property
    def due(self) -> date | None:
        return self.step.due

    @property
    def at(self) -> datetime | None:
        return self.step.at

    @property
    def lateness(self) -> float:
        return self.step.lateness


def row_for(client: ClientState, desk: ManagerContext, now: datetime) -> Row | None:
    """The client's row at `now`, None when nothing is to be done today.

    The highest tier makes the row. Off today's list are, a recovery excepted, those tried twice
    today; and what may wait when it was postponed to another day.
    """
    found = reasons_today(client, desk, now)
    for step in found:
        kind = row_kind(step, client)
        tried = _tried(step, kind, client, desk, now)
        if not _is_off(step, tried, client, desk, now):
            also = tuple(one for one in found if one is not step) if len(found) > 1 else ()
            return _row(step, kind, tried, also, client, desk, now)
    return None


def _tried(
    step: Reason, kind: RowKind, client: ClientState, desk: ManagerContext, now: datetime
) -> Tries:
    """Today's tries with the person this step is about; before a booked time they were others."""
    if not client.tries or step.contact is None or kind is RowKind.WRITE:
        return NO_TRIES
    since = step.at - BOOKING_LEAD if step.at and step.tier is RowTier.BOOKED else None
    return tries_on(client.tries, step.contact.id, local_day(now, desk.zone), desk.zone, since)


def _is_off(
    step: Reason, tried: Tries, client: ClientState, desk: ManagerContext, now: datetime
) -> bool:
    if tried.spent and step.tier is not RowTier.RECOVERY:
        return True
    if client.postponed is None or step.tier in OWED:
        return False
    until = client.postponed.until
    return local_day(until, desk.zone) > local_day(now, desk.zone)


def _row(
    step: Reason,
    kind: RowKind,
    tried: Tries,
    also: tuple[Reason, ...],
    client: ClientState,
    desk: ManagerContext,
    now: datetime,
) -> Row:
    reach = reach_of(client, step.contact)
    upcoming = reach.next(now)
    postponed = client.postponed.until if client.postponed else None
    ready = ready_at(step, tried, postponed, reach, upcoming, desk, now)
    if tried.count:
        step = replace(step, reason=ReasonCode.RETRY, of=step.reason, voicemail=tried.voicemail)
    contact = step.contact
    return Row(
        step,
        kind,
        client.id,
        client.name,
        contact.id if contact else None,
        contact.name if contact else "",
        contact.phone if contact else None,
        window_today(reach, upcoming, desk, now),
        ready is not None and ready <= now,
        ready if ready is not None and ready > now else None,
        weighted_lateness(step.lateness, client.tier),
        row_minutes(kind, client.minutes.get(kind, ())),
        also,
        _unreached(step, kind, client, desk),
        client.put_off,
    )


def _unreached(step: Reason, kind: RowKind, client: ClientState, desk: ManagerContext) -> int:
    if not client.tries or step.contact is None or kind is RowKind.WRITE:
        return 0
    return days_unreached(client.tries, step.contact.id, desk.zone)
