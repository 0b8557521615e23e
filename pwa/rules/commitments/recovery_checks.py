"""Whether it is still right after something went wrong: the checks of a recovery (R16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import Severity

FIRST = 7
FURTHER = (30, 90)


@dataclass(frozen=True, slots=True)
class Check:
    """A day to ask again, and the day on which somebody did; None while it is open."""

    due: date
    done: date | None = None


def check_days(live: date, severity: Severity | None) -> tuple[date, ...]:
    """The days to ask again after the conversation on the day `live` (R16).

    A week later in any case; high and medium also 30 and 90 days later, and so does a severity
    that nobody named, which is taken as high.
    """
    spans = (FIRST,) if severity is Severity.LOW else (FIRST, *FURTHER)
    return tuple(later(live, days) for days in spans)


def next_check(
    live: date | None,
    severity: Severity | None,
    talked: date | None,
    given: Sequence[Check] = (),
) -> date | None:
    """The day of the earliest check that is still open, past or to come; None when none is (R16).

    `live` is the day of the first conversation about it: without one there is nothing to check.
    `given` are checks that were written down: each is open until its own `done`. Where there are
    none, they follow from `live`, and each is done by a live conversation with the contact
    concerned on its due day or after; `talked` is the day of the latest one. So a conversation on
    the seventh day does it, one on the sixth does not, and one on the thirtieth does the first
    two.
    """
    if live is None:
        return None
    if given:
        return min((one.due for one in given if one.done is None), default=None)
    days = check_days(live, severity)
    return next((day for day in days if talked is None or talked < day), None)
