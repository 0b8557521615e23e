"""Follow-up checks of a recovery (R16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import Severity

FIRST = 7
FURTHER = (30, 90)


@dataclass(frozen=True, slots=True)
class Check:
    """A check due on `due`; `done` is the day it was made, None while open."""

    due: date
    done: date | None = None


def check_days(live: date, severity: Severity | None) -> tuple[date, ...]:
    """The days of the checks after the conversation on the day `live` (R16).

    7 days later; also 30 and 90 days later unless the severity is low. Unknown counts as high.
    """
    spans = (FIRST,) if severity is Severity.LOW else (FIRST, *FURTHER)
    return tuple(later(live, days) for days in spans)


def next_check(
    live: date | None,
    severity: Severity | None,
    talked: date | None,
    stored: Sequence[Check] = (),
) -> date | None:
    """The due day of the earliest open check, past or future (R16); None without any.

    `live` is the day of the first conversation about the recovery; None means no checks yet.
    `stored` checks are open until their `done`. Without stored checks they follow from `live`, and
    a live conversation with the contact concerned, the latest on the day `talked`, completes
    those due by then: one on day 7 completes the first, one on day 30 the first two.
    """
    if live is None:
        return None
    if stored:
        return min((check.due for check in stored if check.done is None), default=None)
    days = check_days(live, severity)
    return next((day for day in days if talked is None or talked < day), None)
