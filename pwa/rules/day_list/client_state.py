"""Client state: the values that the day list is computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pwa.rules.commitments.recovery_checks import Check
from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.contact.neglected_contacts import LastContact
from pwa.rules.scheduling.availability import UNKNOWN, AvailabilityPreference
from pwa.rules.scheduling.cadence import CadenceAgreement
from pwa.rules.vocabulary.calendar import WEEKDAYS, Away, Calendar
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Kind,
    Priority,
    RequestKind,
    RowKind,
    Severity,
    Tier,
)


@dataclass(frozen=True, slots=True)
class ManagerContext:
    """The manager's time zone, and the working days of the team's country."""

    zone: ZoneInfo
    calendar: Calendar = WEEKDAYS


@dataclass(frozen=True, slots=True)
class ContactState:
    """A contact person; `zone` None means the client's.

    `number_wrong_since` is set while the known number reaches somebody else; `phone` is then None.
    """

    id: int
    name: str
    phone: str | None = None
    extension: str | None = None
    email: str | None = None
    zone: ZoneInfo | None = None
    preference: AvailabilityPreference = UNKNOWN
    primary: bool = False
    difficult: bool = False
    new_since: date | None = None
    number_wrong_since: datetime | None = None

    @property
    def needs_number(self) -> bool:
        """Whether they are to be called, and the number that was there turned out wrong."""
        called = self.preference.channel in (None, Channel.PHONE)
        return called and self.number_wrong_since is not None


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery that is not closed; `live` is the moment of the first conversation about it.

    `prepared` says that the make-good or the day of an answer is known (R14); `again` that the
    same cause occurred before, `checks` are the stored checks (R16).
    """

    contact: int | None
    cause: str
    opened: datetime
    severity: Severity | None = None
    live: datetime | None = None
    call_anyway: bool = False
    id: int = 0
    prepared: bool = False
    again: bool = False
    checks: Sequence[Check] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """A booked time with a contact that is not settled yet."""

    contact: int
    kind: Kind
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """An open promise; `due` is the day from `working_due_date` (R17)."""

    contact: int | None
    words: str
    due: date


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is not done; `contact` None concerns the whole client."""

    kind: RequestKind
    title: str
    priority: Priority | None = None
    due: date | None = None
    contact: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Postponement:
    """A "not now" (R21) until a time today or the beginning of a later day, in UTC.

    `at` is when it was said; None if everything on the list was there by then.
    """

    until: datetime
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClientState:
    """The state of one client that its row is computed from.

    `zone` is the client's, else its owner's. `last` is the latest contact that counts with anyone
    at the client (R22). `tries` holds today's interactions and the failed attempts since each
    contact was last reached, in any order; older ones do no harm. `put_off` counts postponements
    since `last` (R21). `heard` holds the last contact with each contact person, or None if it was
    not loaded because nothing follows from it today. `lately` holds the conversations of the last
    week and the messages since the last conversation; it is empty if `heard` is None. `new_since`
    is the day the client was created or handed over (R25). `minutes` holds past call durations by
    kind, newest last.
    """

    id: int
    name: str
    zone: ZoneInfo
    cadence: CadenceAgreement
    tier: Tier = Tier.C
    status: ClientStatus = ClientStatus.ACTIVE
    calendar: Calendar = WEEKDAYS
    away: Sequence[Away] = ()
    last: datetime | None = None
    new_since: date | None = None
    contacts: Sequence[ContactState] = ()
    recoveries: Sequence[Recovery] = ()
    bookings: Sequence[Booking] = ()
    promises: Sequence[Promise] = ()
    requests: Sequence[Request] = ()
    tries: Sequence[ContactEvent] = ()
    postponed: Postponement | None = None
    put_off: int = 0
    heard: Sequence[LastContact] | None = None
    lately: Sequence[ContactEvent] = ()
    minutes: Mapping[RowKind, Sequence[int]] = field(default_factory=dict)
