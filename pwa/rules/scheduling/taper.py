"""When a slower cadence is offered (R9): negotiated, earned by keeping the present one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pwa.rules.commitments.request_coverage import CoveredDay, all_covered
from pwa.rules.scheduling.cadence import (
    CadenceAgreement,
    effective_stage,
    is_overdue,
    next_due,
    on_schedule,
)
from pwa.rules.vocabulary.calendar import Away, Calendar
from pwa.rules.vocabulary.enums import Priority, Stage
from pwa.rules.vocabulary.settings import DEFAULTS, RuleSettings

_STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that is not done, of whatever kind."""

    id: int
    opened: date
    priority: Priority | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the client said to another cadence, and on which day; `rests` is "Not yet"."""

    day: date
    stage: Stage
    rests: bool = False


def next_slower(stage: Stage) -> Stage | None:
    """The next slower stage; None after quarterly."""
    after = _STAGES.index(stage) + 1
    return _STAGES[after] if after < len(_STAGES) else None


def is_slower(stage: Stage, than: Stage) -> bool:
    """Whether `stage` means fewer conversations than `than`."""
    return stage.days > than.days


def offered_stage(
    rhythm: CadenceAgreement,
    talks: Sequence[CoveredDay],
    requests_open: Sequence[OpenRequest],
    recoveries_open: int,
    answers: Iterable[Reply],
    today: date,
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
    numbers: RuleSettings = DEFAULTS,
) -> Stage | None:
    """The next slower stage when it may be offered (R9), else None.

    `talks` are the days of contact that counts (R2), oldest first, by whomever of us; `days` the
    contact's weekdays. It takes so many of them on schedule in a row at this stage, nothing
    recovering, nothing high or medium open, everything open gone through, and nobody waiting for
    us: not while intensified, and not while the present conversation is late.
    """
    stage = next_slower(rhythm.stage)
    if stage is None or (is_slower(stage, Stage.WEEKLY) and not numbers.below_weekly):
        return None
    known = [one for one in talks if one.day <= today]
    if not known or recoveries_open or effective_stage(rhythm, today) is not rhythm.stage:
        return None
    if not _is_calm(requests_open, known[-1]):
        return None
    due = next_due(rhythm.stage, known[-1].day, rhythm.since, calendar, away, days)
    if is_overdue(due, today, rhythm.stage):
        return None
    told = [one for one in answers if one.day <= today]
    run = on_schedule_streak(rhythm, known, told, calendar, away, days)
    return stage if run >= numbers.offer_after(rhythm.stage) else None


def on_schedule_streak(
    rhythm: CadenceAgreement,
    talks: Sequence[CoveredDay],
    answers: Iterable[Reply],
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> int:
    """How many of the latest days of contact kept this stage's schedule (R9), oldest first.

    Counted from the start day of the cadence; a late one begins anew, and so does "Not yet". The
    conversation in which a cadence was agreed or refused still belongs to what was before it, and
    days of a denser stage (R10) count for nothing. Each is due as it followed from the one before,
    the first on the start day or, if that is later, as it followed from the last one before it.
    """
    replies = list(answers)
    rested = max((one.day for one in replies if one.rests), default=date.min)
    began = max(
        (one.day for one in replies if not one.rests and one.stage is rhythm.stage),
        default=date.min,
    )
    start = next_due(rhythm.stage, None, rhythm.since, calendar, away, days)
    run, last = 0, None
    for talk in talks:
        if talk.day >= rhythm.since and talk.day > began and _at_stage(rhythm, talk.day):
            due = start
            if last is not None:
                follows = next_due(rhythm.stage, last, rhythm.since, calendar, away, days)
                due = follows if last >= rhythm.since else max(start, follows)
            kept = on_schedule(due, talk.day, rhythm.stage)
            run = run + 1 if kept and talk.day > rested else 0
        last = talk.day
    return run


def _at_stage(rhythm: CadenceAgreement, day: date) -> bool:
    return effective_stage(rhythm, day) is rhythm.stage


def _is_calm(requests: Sequence[OpenRequest], last: CoveredDay) -> bool:
    """Nothing that matters is open, and whatever is was gone through."""
    pressing = any(one.priority is not Priority.LOW for one in requests)
    return not pressing and all_covered(requests, last)
