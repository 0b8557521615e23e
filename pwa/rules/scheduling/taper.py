"""Taper: when the next slower stage may be offered (R9)."""

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
    """A request of any kind that is not done."""

    id: int
    opened: date
    priority: Priority | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The client's reply to an offered stage; `declined` is "Not yet"."""

    day: date
    stage: Stage
    declined: bool = False


def next_slower(stage: Stage) -> Stage | None:
    """The next slower stage; None for quarterly."""
    after = _STAGES.index(stage) + 1
    return _STAGES[after] if after < len(_STAGES) else None


def is_slower(stage: Stage, than: Stage) -> bool:
    """Whether `stage` has a longer period than `than`."""
    return stage.days > than.days


def offered_stage(
    agreement: CadenceAgreement,
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
    """The next slower stage if it may be offered today (R9), else None.

    `talks` are the days of counting contact (R2) by anyone in the team, oldest first; `days` the
    contact's weekdays. Requires a streak of conversations on schedule at the current stage
    (`numbers.offer_after`), no open recovery, no open request above low priority, every open
    request covered, no intensification in force, and no overdue conversation.
    """
    stage = next_slower(agreement.stage)
    if stage is None or (is_slower(stage, Stage.WEEKLY) and not numbers.below_weekly):
        return None
    past_talks = [talk for talk in talks if talk.day <= today]
    if (
        not past_talks
        or recoveries_open
        or effective_stage(agreement, today) is not agreement.stage
    ):
        return None
    if _has_pending_requests(requests_open, past_talks[-1]):
        return None
    due = next_due(agreement.stage, past_talks[-1].day, agreement.since, calendar, away, days)
    if is_overdue(due, today, agreement.stage):
        return None
    past_replies = [reply for reply in answers if reply.day <= today]
    run = on_schedule_streak(agreement, past_talks, past_replies, calendar, away, days)
    return stage if run >= numbers.offer_after(agreement.stage) else None


def on_schedule_streak(
    agreement: CadenceAgreement,
    talks: Sequence[CoveredDay],
    answers: Iterable[Reply],
    calendar: Calendar,
    away: Sequence[Away] = (),
    days: frozenset[int] | None = None,
) -> int:
    """The number of latest contact days in a row that kept this stage's schedule (R9).

    `talks` are oldest first. Counting starts with the cadence; a late conversation and a "Not yet"
    reset it. The conversation in which a cadence was agreed or declined does not count, nor do
    days of an intensification (R10). Each is due one stage after the one before; the first on the
    start day, or one stage after the last conversation before the start if that is later.
    """
    replies = list(answers)
    declined = max((reply.day for reply in replies if reply.declined), default=date.min)
    agreed = max(
        (reply.day for reply in replies if not reply.declined and reply.stage is agreement.stage),
        default=date.min,
    )
    start = next_due(agreement.stage, None, agreement.since, calendar, away, days)
    run, last = 0, None
    for talk in talks:
        if talk.day >= agreement.since and talk.day > agreed and _at_stage(agreement, talk.day):
            due = start
            if last is not None:
                follows = next_due(agreement.stage, last, agreement.since, calendar, away, days)
                due = follows if last >= agreement.since else max(start, follows)
            kept = on_schedule(due, talk.day, agreement.stage)
            run = run + 1 if kept and talk.day > declined else 0
        last = talk.day
    return run


def _at_stage(agreement: CadenceAgreement, day: date) -> bool:
    return effective_stage(agreement, day) is agreement.stage


def _has_pending_requests(requests: Sequence[OpenRequest], last: CoveredDay) -> bool:
    """Whether a request is open above low priority, or was not covered in the `last` talk."""
    pressing = any(request.priority is not Priority.LOW for request in requests)
    return pressing or not all_covered(requests, last)
