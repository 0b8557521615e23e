"""When a client is due next, and how late (R8, R10)."""

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
GRACELESS = frozenset({Stage.DAILY, Stage.TWICE_WEEKLY})
_SEARCH_DAYS = 62


@dataclass(frozen=True, slots=True)
class IntensificationTerms:
    """A denser stage for a while (R10), from `since` on where that is known.

    `until` is its last day, None when it stands for good.
    """

    stage: Stage
    until: date | None = None
    reason: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CadenceAgreement:
    """What was agreed with a client: a stage from a start day on, perhaps intensified."""

    stage: Stage
    since: date
    intensified: IntensificationTerms | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The next due day and the stage that it follows from."""

    day: date
    stage: Stage
    intensified: IntensificationTerms | None = None


def usual_stage(tier: Tier | None) -> Stage:
    """How often to talk with a client of this tier when nobody said (R8)."""
    return _USUAL[tier] if tier else Stage.MONTHLY


def effective_stage(rhythm: CadenceAgreement, day: date) -> Stage:
    """The stage that applies on `day`: time alone ends an intensification (R10)."""
    dense = _intensified_on(rhythm, day)
    return dense.stage if dense else rhythm.stage


def add_stage(day: date, stage: Stage) -> date:
    """`day` plus one period of `stage`; a month ends where it ends (31 January, 28 February)."""
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
    """The first day from `day` on that is worked, wanted by the contact and in no away block.

    `days` are the contact's weekdays; None or empty means any. Where they never meet a working
    day, their word wins over the weekend, and last over the calendar. The search ends after two
    months outside away blocks.
    """
    if not away and not days and calendar.is_working_day(day):
        return day
    if days and len(days) == 7:
        days = None
    for candidate in islice(_present(day, away), _SEARCH_DAYS):
        if (not days or candidate.weekday() in days) and calendar.is_working_day(candidate):
            return candidate
    wanted = [
        one
        for one in islice(_present(day, away), _SEARCH_DAYS)
        if not days or one.weekday() in days
    ]
    for candidate in wanted:
        if is_weekly_rest(candidate, calendar):
            return candidate
    return wanted[0] if wanted else next(_present(day, away), day)


def next_due(
    stage: Stage,
    last: date | None,
    since: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> date:
    """The next due day (R8) from the last contact that counts, in days of the manager's zone.

    Never contacted: the start day. Then forward as in `usable_from`.
    """
    target = since if last is None else add_stage(last, stage)
    return usable_from(target, calendar, away, days)


def effective_due(
    rhythm: CadenceAgreement,
    last: date | None,
    today: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> Due:
    """The next due day as it stands on `today`, intensification included (R10).

    A dense due day is never before the day on which the intensification began; one after the last
    dense day gives way to that of the earlier stage.
    """
    dense = _intensified_on(rhythm, today)
    if dense:
        day = _dense_due(dense, last, min(rhythm.since, today), calendar, away, days)
        if dense.until is None or day <= dense.until:
            return Due(day, dense.stage, dense)
    return Due(next_due(rhythm.stage, last, rhythm.since, calendar, away, days), rhythm.stage)


def days_late(due_day: date, today: date) -> int:
    """Calendar days past the due day, never negative."""
    return max(0, (today - due_day).days)


def lateness(due_day: date, today: date, stage: Stage) -> float:
    """Days late as a share of the stage: 1.0 is a whole period."""
    return days_late(due_day, today) / stage.days


def weighted_lateness(lateness: float, tier: Tier) -> float:
    """Relative lateness times the client's weight (R19)."""
    return lateness * tier.weight


def on_schedule(due_day: date, day: date, stage: Stage) -> bool:
    """On or before the due day; a day of grace for weekly and slower."""
    return day <= _last_day(due_day, stage)


def is_overdue(due_day: date, today: date, stage: Stage) -> bool:
    """Past due and past the day of grace."""
    return not on_schedule(due_day, today, stage)


def is_last_intensified(
    rhythm: CadenceAgreement,
    today: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> bool:
    """Whether a conversation today is the last of an intensification (R10).

    It is when the dense due day that would follow from it lies after the last dense day.
    """
    dense = _intensified_on(rhythm, today)
    if dense is None or dense.until is None:
        return False
    return next_due(dense.stage, today, today, calendar, away, days) > dense.until


def ended_intensification(
    rhythm: CadenceAgreement, last: date | None, today: date
) -> IntensificationTerms | None:
    """The intensification that is over and was not talked about since (R10).

    That is until the first contact that counts after its last day.
    """
    dense = rhythm.intensified
    if dense is None or dense.until is None or dense.stage.days >= rhythm.stage.days:
        return None
    is_over = dense.until < today and (dense.since is None or dense.since <= dense.until)
    return dense if is_over and (last is None or last <= dense.until) else None


def ending_intensification(
    rhythm: CadenceAgreement,
    last: date | None,
    today: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> tuple[IntensificationTerms, bool] | None:
    """The intensification to speak of today, and whether it is over already (R10).

    `last` is the day of the last contact; what ends with a conversation held today was said in it.
    """
    over = ended_intensification(rhythm, last, today)
    if over is not None:
        return over, True
    ends = last != today and is_last_intensified(rhythm, today, calendar, away, days)
    return (rhythm.intensified, False) if ends and rhythm.intensified else None


def _dense_due(
    dense: IntensificationTerms,
    last: date | None,
    since: date,
    calendar: Calendar,
    away: Sequence[Away],
    days: frozenset[int] | None,
) -> date:
    day = next_due(dense.stage, last, since, calendar, away, days)
    if dense.since is None or day >= dense.since:
        return day
    return usable_from(dense.since, calendar, away, days)


def _last_day(due_day: date, stage: Stage) -> date:
    return due_day if stage in GRACELESS else due_day + _GRACE


def _intensified_on(rhythm: CadenceAgreement, day: date) -> IntensificationTerms | None:
    dense = rhythm.intensified
    if dense is None or (dense.until is not None and day > dense.until):
        return None
    if dense.since is not None and day < dense.since:
        return None
    return dense if dense.stage.days < rhythm.stage.days else None


def _present(day: date, away: Sequence[Away]) -> Iterator[date]:
    """The days from `day` on that are in no away block, leaping over each block."""
    while True:
        last = away_until(day, away)
        if last is None:
            yield day
        if day == date.max or last == date.max:
            return
        day = later(last or day)
