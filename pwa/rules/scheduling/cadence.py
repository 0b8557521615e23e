"""Cadence: the next due day, lateness, and temporary intensification (R8, R10)."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from pwa.rules.vocabulary.calendar import Away, Calendar, away_until, is_weekly_rest, later
from pwa.rules.vocabulary.enums import Stage, Tier

_STEP = {
    Stage.DAILY: 1,
    Stage.TWICE_WEEKLY: 3,
    Stage.WEEKLY: 7,
    Stage.FORTNIGHTLY: 14,
}
_MONTHS = {Stage.MONTHLY: 1, Stage.QUARTERLY: 3}
_GRACE = timedelta(days=1)
_USUAL = {Tier.A: Stage.WEEKLY, Tier.B: Stage.FORTNIGHTLY, Tier.C: Stage.QUARTERLY}
STAGES_WITHOUT_GRACE = frozenset({Stage.DAILY, Stage.TWICE_WEEKLY})
_SEARCH_DAYS = 62


@dataclass(frozen=True, slots=True)
class IntensificationTerms:
    """A temporary denser stage (R10).

    `since` is its first day, None for unknown; `until` its last day, None for open-ended.
    """

    stage: Stage
    until: date | None = None
    reason: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CadenceAgreement:
    """The stage agreed with a client from `since` on, with an optional intensification."""

    stage: Stage
    since: date
    intensified: IntensificationTerms | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The next due day, and the stage and intensification that it was computed from."""

    day: date
    stage: Stage
    intensified: IntensificationTerms | None = None


def usual_stage(tier: Tier | None) -> Stage:
    """The default stage of a tier (R8); monthly without a tier."""
    return _USUAL[tier] if tier else Stage.MONTHLY


def intensification_on(agreement: CadenceAgreement, day: date) -> IntensificationTerms | None:
    """The intensification in force on `day` if it is denser than the agreed stage (R10)."""
    terms = agreement.intensified
    if terms is None or (terms.until is not None and day > terms.until):
        return None
    if terms.since is not None and day < terms.since:
        return None
    return terms if terms.stage.days < agreement.stage.days else None


def effective_stage(agreement: CadenceAgreement, day: date) -> Stage:
    """The stage in force on `day`; an intensification expires by itself (R10)."""
    terms = intensification_on(agreement, day)
    return terms.stage if terms else agreement.stage


def add_stage(day: date, stage: Stage) -> date:
    """`day` plus one period of `stage`; clamped to the end of the month (31 Jan, 28 Feb)."""
    months = _MONTHS.get(stage)
    if months is None:
        return later(day, _STEP[stage])
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def usable_from(
    day: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> date:
    """The first working day from `day` on that suits the contact and is in no away block (R8).

    `days` are the contact's weekdays; None or empty means any. If none of those is a working day
    within two months outside away blocks, they override the weekend, and failing that holidays.
    """
    if not away and not days and calendar.is_working_day(day):
        return day
    if days and len(days) == 7:
        days = None
    for candidate in islice(_days_not_away(day, away), _SEARCH_DAYS):
        if (not days or candidate.weekday() in days) and calendar.is_working_day(candidate):
            return candidate
    wanted = [
        candidate
        for candidate in islice(_days_not_away(day, away), _SEARCH_DAYS)
        if not days or candidate.weekday() in days
    ]
    for candidate in wanted:
        if is_weekly_rest(candidate, calendar):
            return candidate
    return wanted[0] if wanted else next(_days_not_away(day, away), day)


def next_due(
    stage: Stage,
    last: date | None,
    since: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> date:
    """The next due day (R8): one stage after `last`, moved forward by `usable_from`.

    `last` is the day of the last counting contact in the manager's zone; without one it is `since`.
    """
    target = since if last is None else add_stage(last, stage)
    return usable_from(target, calendar, away, days)


def effective_due(
    agreement: CadenceAgreement,
    last: date | None,
    today: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> Due:
    """The next due day as of `today`, intensification included (R10).

    An intensified due day is never before the intensification began; one after its last day is
    replaced by the due day of the agreed stage.
    """
    terms = intensification_on(agreement, today)
    if terms:
        day = _intensified_due(terms, last, min(agreement.since, today), calendar, away, days)
        if terms.until is None or day <= terms.until:
            return Due(day, terms.stage, terms)
    return Due(
        next_due(agreement.stage, last, agreement.since, calendar, away, days), agreement.stage
    )


def days_late(due_day: date, today: date) -> int:
    """Calendar days past the due day, at least 0."""
    return max(0, (today - due_day).days)


def lateness(due_day: date, today: date, stage: Stage) -> float:
    """Days late as a fraction of the stage: 1.0 is a whole period."""
    return days_late(due_day, today) / stage.days


def weighted_lateness(lateness: float, tier: Tier) -> float:
    """Relative lateness multiplied by the tier's weight (R19)."""
    return lateness * tier.weight


def on_schedule(due_day: date, day: date, stage: Stage) -> bool:
    """Whether `day` is not late (R9); weekly and slower have one day of grace."""
    return day <= _last_day(due_day, stage)


def is_overdue(due_day: date, today: date, stage: Stage) -> bool:
    """Whether the due day and any day of grace have passed."""
    return not on_schedule(due_day, today, stage)


def _intensified_due(
    terms: IntensificationTerms,
    last: date | None,
    since: date,
    calendar: Calendar,
    away: Sequence[Away],
    days: frozenset[int] | None,
) -> date:
    day = next_due(terms.stage, last, since, calendar, away, days)
    if terms.since is None or day >= terms.since:
        return day
    return usable_from(terms.since, calendar, away, days)


def _last_day(due_day: date, stage: Stage) -> date:
    return due_day if stage in STAGES_WITHOUT_GRACE else due_day + _GRACE


def _days_not_away(day: date, away: Sequence[Away]) -> Iterator[date]:
    """The days from `day` on that are in no away block."""
    while True:
        last = away_until(day, away)
        if last is None:
            yield day
        if day == date.max or last == date.max:
            return
        day = later(last or day)
