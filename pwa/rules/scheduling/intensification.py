"""The end of an intensification: when a conversation mentions it (R10)."""

from collections.abc import Sequence
from datetime import date

from pwa.rules.scheduling.cadence import (
    CadenceAgreement,
    IntensificationTerms,
    intensification_on,
    next_due,
)
from pwa.rules.vocabulary.calendar import Away, Calendar


def ends_intensification(
    agreement: CadenceAgreement,
    today: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> bool:
    """Whether a conversation today would be the last of the intensification (R10).

    True when the due day that would follow lies after the intensification's last day.
    """
    terms = intensification_on(agreement, today)
    if terms is None or terms.until is None:
        return False
    return next_due(terms.stage, today, today, calendar, away, days) > terms.until


def ended_intensification(
    agreement: CadenceAgreement, last: date | None, today: date
) -> IntensificationTerms | None:
    """The expired intensification until the first counting contact after its end (R10), or None."""
    terms = agreement.intensified
    if terms is None or terms.until is None or terms.stage.days >= agreement.stage.days:
        return None
    is_over = terms.until < today and (terms.since is None or terms.since <= terms.until)
    return terms if is_over and (last is None or last <= terms.until) else None


def ending_intensification(
    agreement: CadenceAgreement,
    last: date | None,
    today: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> tuple[IntensificationTerms, bool] | None:
    """The intensification to mention in today's conversation, and whether it is over (R10).

    None if there is none, or if the conversation that ended it took place today (`last`).
    """
    over = ended_intensification(agreement, last, today)
    if over is not None:
        return over, True
    ends = last != today and ends_intensification(agreement, today, calendar, away, days)
    return (agreement.intensified, False) if ends and agreement.intensified else None
