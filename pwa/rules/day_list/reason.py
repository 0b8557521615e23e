"""A reason to contact a client, with the details that its line shows (R19)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pwa.rules.day_list.client_state import ContactState
from pwa.rules.vocabulary.enums import Kind, ReasonCode, RowTier, Severity, Stage

FAR_FUTURE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OtherContact:
    """The colleague who had contact while the contact of a reason had none for `days` days (R7).

    `by` names the user who had it, empty for the manager of the list.
    """

    by: str
    name: str
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a client is on the list.

    `contact` is the person to reach, None only for a client without contacts. `at` is a
    recovery's deadline or a booked time, in UTC. `days_late` counts calendar days; `lateness` is
    the fraction of the stage (days for promises, recoveries and bookings). `words` quote the
    promise, request, cause or reason of the intensification; `until` is its last day. `booked` is
    the agreed kind, `booking` the booking's id. A retry keeps its original code in `of`;
    `voicemail` says that one was left today. `recovery` is the recovery's id; `opened`,
    `prepared` and `again` are its fields. `beside` belongs to a neglected contact.
    """

    tier: RowTier
    reason: ReasonCode
    contact: ContactState | None
    due: date | None
    at: datetime | None = None
    days_late: int = 0
    lateness: float = 0.0
    words: str = ""
    stage: Stage | None = None
    until: date | None = None
    severity: Severity | None = None
    booked: Kind | None = None
    call_anyway: bool = False
    of: ReasonCode | None = None
    voicemail: bool = False
    recovery: int | None = None
    opened: datetime | None = None
    prepared: bool = False
    again: bool = False
    beside: OtherContact | None = None
    booking: int | None = None

    @property
    def lacks_number(self) -> bool:
        """Whether nothing can be done about it before the contact's number is found."""
        missing = self.contact is not None and self.contact.needs_number
        return missing and self.reason is not ReasonCode.FIND_NUMBER


def urgency_key(reason: Reason) -> tuple[int, datetime, int, bool, bool, float]:
    """Sort key of one client's reasons, the most urgent first (R19)."""
    return (
        reason.tier.rank,
        reason.at or FAR_FUTURE,
        -reason.days_late if reason.tier is RowTier.PROMISE else 0,
        reason.reason is ReasonCode.ROADMAP,
        reason.lacks_number,
        -reason.lateness,
    )
