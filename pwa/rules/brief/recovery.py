"""Recoveries: the lines to say (R14), the writing guard (R15), repeats and done checks (R16).

The deadline is in `scheduling.working_time`, the days of the checks in
`commitments.recovery_checks`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pwa.rules.commitments.recovery_checks import Check
from pwa.rules.day_list.client_state import Recovery


class LineKind(StrEnum):
    """The lines of a recovery conversation, in order (R14)."""

    SORRY = "sorry"
    UNDERSTAND = "understand"
    MAKE_GOOD = "make_good"
    WHEN = "when"
    NEVER_AGAIN = "never_again"


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """One line; `words` hold the make-good, `at` the moment of the answer in UTC."""

    kind: LineKind
    words: str = ""
    at: datetime | None = None


def recovery_lines(make_good: str | None, know_by: datetime | None) -> tuple[RecoveryLine, ...]:
    """The lines to say, in order (R14).

    MAKE_GOOD is included if known. WHEN is included if `know_by` is set or the make-good is not
    known.
    """
    lines = [RecoveryLine(LineKind.SORRY), RecoveryLine(LineKind.UNDERSTAND)]
    if make_good:
        lines.append(RecoveryLine(LineKind.MAKE_GOOD, make_good))
    if know_by or not make_good:
        lines.append(RecoveryLine(LineKind.WHEN, at=know_by))
    lines.append(RecoveryLine(LineKind.NEVER_AGAIN))
    return tuple(lines)


def writing_locked(recoveries: Iterable[Recovery], contact: int | None) -> bool:
    """Whether the writing guard ("Call first") applies to this contact (R15).

    It does while a recovery of theirs has no live conversation; a voicemail is not one. A recovery
    without a contact concerns all contacts.
    """
    return any(r.live is None and r.contact in (None, contact) for r in recoveries)


def is_second_time(cause: str, earlier: Iterable[str]) -> bool:
    """Whether `cause` is among the `earlier` causes (R16), ignoring case and spacing."""
    folded = _folded(cause)
    return bool(folded) and any(_folded(previous) == folded for previous in earlier)


def complete_checks(checks: Sequence[Check], day: date) -> tuple[Check, ...]:
    """The checks with those open and due by `day` marked as done on `day` (R16)."""
    return tuple(
        Check(check.due, day) if check.done is None and check.due <= day else check
        for check in checks
    )


def all_checks_done(checks: Sequence[Check]) -> bool:
    """Whether there are checks and all are done, which closes the recovery (R16)."""
    return bool(checks) and all(check.done is not None for check in checks)


def _folded(cause: str) -> str:
    return " ".join(cause.split()).casefold()
