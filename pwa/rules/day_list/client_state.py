"""What the day list needs to know about one client: plain values, no behaviour of ours."""

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
    """The manager's side: their zone, and the working days of the team's country."""

    zone: ZoneInfo
    calendar: Calendar = WEEKDAYS


@dataclass(frozen=True, slots=True)
class ContactState:
    """A person at the client; `zone` None means the client's."""

    id: int
    name: str
    phone: str | None = None
    email: str | None = None
    zone: ZoneInfo | None = None
    preference: AvailabilityPreference = UNKNOWN
    primary: bool = False
    difficult: bool = False
    new_since: date | None = None


@dataclass(frozen=True, slots=True)
class Recovery:
    """Something that went wrong and is not closed; `live` is when we first talked about it.

    `prepared` says that we know what we will do about it, or by when we will (R14); `again` that
    the same went wrong before, and `checks` are those that were written down (R16).
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
    """A time agreed with a contact that is not settled yet."""

    contact: int
    kind: Kind
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """What we said we would do, not yet kept; `due` is the day we work to (`promises.work_to`)."""

    contact: int
    words: str
    due: date


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is not done; `contact` None means the client as a whole."""

    kind: RequestKind
    title: str
    priority: Priority | None = None
    due: date | None = None
    contact: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Postponement:
    """ "Not now" (R21): a time today, or the beginning of a later day."""

    until: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClientState:
    """Everything about one client that decides its row.

    `zone` is the client's, already resolved (else its owner's). `last` is the latest contact that
    counts with anybody there (R22). `tries` holds today's interactions with any contact and the
    earlier vain ones since each was last reached, in any order; older ones do no harm. `put_off`
    is how often they were put off since `last` (R21). `heard` says what each contact got; None
    where nothing follows from it today, and then `lately` is empty: it holds what was said to
    them in the last week, and what was written since they were last talked to. `new_since` is the
    day the client or a handover began (R25). `minutes` holds past lengths by kind, newest last.
    """

    id: int
    name: str
    zone: ZoneInfo
    rhythm: CadenceAgreement
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
