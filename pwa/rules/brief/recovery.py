"""When something went wrong: what to say, who may be written to, and whether it came back
(R14, R15, R16). The deadline is in `rules.hours`, the later checks in `rules.checks`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pwa.rules.commitments.recovery_checks import Check
from pwa.rules.day_list.client_state import Recovery


class LineKind(StrEnum):
    """The lines of a conversation that makes it right, in their order (R14)."""

    SORRY = "sorry"
    UNDERSTAND = "understand"
    MAKE_GOOD = "make_good"
    WHEN = "when"
    NEVER_AGAIN = "never_again"


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """One line; `words` hold the make-good, `at` the moment by which we will know (UTC)."""

    kind: LineKind
    words: str = ""
    at: datetime | None = None


def recovery_lines(make_good: str | None, know_by: datetime | None) -> tuple[RecoveryLine, ...]:
    """What to say, in order (R14).

    What we are going to do stands there when we know it. "If I can't right away, here is when"
    stands there where we said by when we will know, and where we do not know what to do yet.
    """
    said = [RecoveryLine(LineKind.SORRY), RecoveryLine(LineKind.UNDERSTAND)]
    if make_good:
        said.append(RecoveryLine(LineKind.MAKE_GOOD, make_good))
    if know_by or not make_good:
        said.append(RecoveryLine(LineKind.WHEN, at=know_by))
    said.append(RecoveryLine(LineKind.NEVER_AGAIN))
    return tuple(said)


def writing_locked(recoveries: Iterable[Recovery], contact: int | None) -> bool:
    """Whether e-mail and text to this contact are "Call first" (R15).

    They are from the moment something went wrong until a live conversation with the contact
    concerned about it is logged; a voicemail does not open them. What concerns nobody by name
    concerns everybody there.
    """
    return any(one.live is None and one.contact in (None, contact) for one in recoveries)


def is_second_time(cause: str, earlier: Iterable[str]) -> bool:
    """Whether the same cause went wrong at this client before, however it is spelt (R16)."""
    same = _folded(cause)
    return bool(same) and any(_folded(one) == same for one in earlier)


def complete_checks(checks: Sequence[Check], day: date) -> tuple[Check, ...]:
    """The checks once somebody asked on `day` and it held: those due by then are done (R16)."""
    return tuple(
        Check(one.due, day) if one.done is None and one.due <= day else one for one in checks
    )


def all_checks_done(checks: Sequence[Check]) -> bool:
    """Whether every check is done, so that the recovery closes by itself (R16)."""
    return bool(checks) and all(one.done is not None for one in checks)


def _folded(cause: str) -> str:
    return " ".join(cause.split()).casefold()
