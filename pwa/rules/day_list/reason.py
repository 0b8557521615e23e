"""One reason to turn to a client today, with what the line about it needs (R19)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pwa.rules.day_list.client_state import ContactState
from pwa.rules.vocabulary.enums import Kind, ReasonCode, RowTier, Severity, Stage

FAR_FUTURE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OtherContact:
    """Whom we did speak to, and when, while the contact of a step heard nothing for `days` days.

    `by` is the name of whoever of us it was, empty for the manager of the list.
    """

    by: str
    other: str
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a client is on the list.

    `contact` is the person to reach, None only for a client without any. `at` is a recovery's
    deadline or a booked time. `days_late` counts calendar days, `lateness` the share of the stage
    (promises, recoveries and bookings: days). `words` quote what was promised, asked for or went
    wrong, or why it is intensified. `until` is the last day of an intensification. `booked` is
    the kind that was agreed. A retry keeps the reason it had in `of`; `voicemail` says that one
    was left today. `recovery` is the number of what went wrong, `prepared` and `again` as there.
    `beside` belongs to a contact who is unheard.
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
    prepared: bool = False
    again: bool = False
    beside: OtherContact | None = None


def urgency_key(step: Reason) -> tuple[int, datetime, int, bool, float]:
    """The order among one client's own steps, the one that makes the row first."""
    return (
        step.tier.rank,
        step.at or FAR_FUTURE,
        -step.days_late if step.tier is RowTier.PROMISE else 0,
        step.reason is ReasonCode.ROADMAP,
        -step.lateness,
    )
