"""One client's row of the day list: one reason, one contact, one time (R19, R21)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from pwa.rules.contact.contact_events import BOOKING_LEAD, NO_TRIES, Tries, tries_on
from pwa.rules.day_list.client_state import ClientState, ManagerContext
from pwa.rules.day_list.postponements import AGREE_A_TIME_AFTER, days_unreached, is_put_off
from pwa.rules.day_list.ready_time import ready_at, window_today
from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.day_list.row_kind import row_kind
from pwa.rules.day_list.who_to_reach import reach_of
from pwa.rules.scheduling.availability import CallWindow
from pwa.rules.scheduling.cadence import weighted_lateness
from pwa.rules.scheduling.durations import row_minutes
from pwa.rules.vocabulary.enums import ReasonCode, RowKind, RowTier
from pwa.rules.vocabulary.person_names import first_name
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the day list.

    `step` is its reason; `also` are the client's other reasons, for the brief. `window` is the
    contact's window that is open or falls on the manager's today, or None. `open_now` says that it
    can be done at once; otherwise `waits_until` is when (None: no window in sight). `need` is
    lateness times tier weight, `minutes` the estimated duration. `unreached` counts the days with
    failed attempts and `put_off` the postponements since the last contact (R21).
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
    def extension(self) -> str | None:
        """The extension of `phone`."""
        return self.step.contact.extension if self.step.contact else None

    @property
    def first_name(self) -> str:
        """The contact's first name; without a contact the first word of the client's name."""
        return first_name(self.contact_name) or self.client_name.split()[0]

    @property
    def tier(self) -> RowTier:
        return self.step.tier

    @property
    def reason(self) -> ReasonCode:
        return self.step.reason

    @property
    def asks_for_a_time(self) -> bool:
        """Whether to ask for a time in the contact's channel after days of attempts (R21).

        Never for a difficult contact, who is called again, nor for a booked time.
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


def row_for(client: ClientState, manager: ManagerContext, now: datetime) -> Row | None:
    """The client's row at `now` (R19), None without any reason for today.

    The most urgent reason makes the row. Skipped are reasons whose contact had two attempts today
    (recoveries excepted), and those that were put off, until then (R21).
    """
    reasons = reasons_today(client, manager, now)
    for step in reasons:
        kind = row_kind(step, client)
        tried = _tried(step, kind, client, manager, now)
        if not _is_skipped(step, tried, client, manager, now):
            also = tuple(reason for reason in reasons if reason is not step)
            return _row(step, kind, tried, also, client, manager, now)
    return None


def _tried(
    step: Reason, kind: RowKind, client: ClientState, manager: ManagerContext, now: datetime
) -> Tries:
    """Today's failed attempts to reach the contact; for a booking, those made for it."""
    calls = kind is not RowKind.WRITE and step.reason is not ReasonCode.FIND_NUMBER
    if not client.tries or step.contact is None or not calls:
        return NO_TRIES
    since = step.at - BOOKING_LEAD if step.at and step.tier is RowTier.BOOKED else None
    return tries_on(
        client.tries, step.contact.id, local_day(now, manager.zone), manager.zone, since
    )


def _is_skipped(
    step: Reason, tried: Tries, client: ClientState, manager: ManagerContext, now: datetime
) -> bool:
    if tried.spent and step.tier is not RowTier.RECOVERY:
        return True
    if client.postponed is None:
        return False
    return is_put_off(step, client.postponed, client.last, manager.zone, now)


def _row(
    step: Reason,
    kind: RowKind,
    tried: Tries,
    also: tuple[Reason, ...],
    client: ClientState,
    manager: ManagerContext,
    now: datetime,
) -> Row:
    reach = reach_of(client, step.contact)
    upcoming = reach.next(now)
    ready = ready_at(step, tried, reach, upcoming, manager, now)
    if tried.count:
        step = replace(
            step, reason=ReasonCode.RETRY, of=_tried_for(step), voicemail=tried.voicemail
        )
    contact = step.contact
    return Row(
        step,
        kind,
        client.id,
        client.name,
        contact.id if contact else None,
        contact.name if contact else "",
        contact.phone if contact else None,
        window_today(reach, upcoming, manager, now),
        ready is not None and ready <= now,
        ready if ready is not None and ready > now else None,
        weighted_lateness(step.lateness, client.tier),
        row_minutes(kind, client.minutes.get(kind, ())),
        also,
        _unreached(step, kind, client, manager),
        client.put_off,
    )


def _tried_for(step: Reason) -> ReasonCode:
    """The reason of an attempt: whoever tried at the booked time knows that it did not happen."""
    asked = step.reason is ReasonCode.CONFIRM_BOOKING
    return ReasonCode.BOOKED if asked else step.reason


def _unreached(step: Reason, kind: RowKind, client: ClientState, manager: ManagerContext) -> int:
    if not client.tries or step.contact is None or kind is RowKind.WRITE or step.lacks_number:
        return 0
    return days_unreached(client.tries, step.contact.id, manager.zone)
