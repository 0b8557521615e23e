"""Close care: planned and actual minutes a week (R12), shown but never a target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pwa.rules.commitments.request_coverage import CoveredDay
from pwa.rules.scheduling.cadence import CadenceAgreement, effective_stage
from pwa.rules.vocabulary.enums import Stage
from pwa.rules.vocabulary.settings import DEFAULTS, RuleSettings

WEEKS = 4
_CLOSE = frozenset({Stage.DAILY, Stage.TWICE_WEEKLY})
_A_WEEK = {Stage.DAILY: 5, Stage.TWICE_WEEKLY: 2}


@dataclass(frozen=True, slots=True)
class Care:
    """Whole minutes a week: `planned`, and `had` on average."""

    planned: int
    had: int


def is_close(agreement: CadenceAgreement, day: date) -> bool:
    """Whether `day` is in close care: stage daily or twice a week, or an intensification."""
    stage = effective_stage(agreement, day)
    return stage in _CLOSE or stage is not agreement.stage


def planned_minutes(stage: Stage, usual_minutes: int, numbers: RuleSettings = DEFAULTS) -> int:
    """Minutes a week to plan at `stage` for conversations of `usual_minutes` (R12).

    At least `numbers.care_minutes`. Stages slower than twice a week count one conversation a week.
    """
    return max(numbers.care_minutes, _A_WEEK.get(stage, 1) * usual_minutes)


def average_minutes(talks: Iterable[CoveredDay], today: date, since: date) -> int:
    """Average minutes a week over the last four weeks, or since `since` (at least one week)."""
    first = max(today - timedelta(weeks=WEEKS) + timedelta(days=1), since)
    days = (today - first).days + 1
    weeks = min(max(days / 7, 1), WEEKS)
    return round(sum(talk.minutes for talk in talks if first <= talk.day <= today) / weeks)


def weekly_care(
    agreement: CadenceAgreement,
    talks: Iterable[CoveredDay],
    usual_minutes: int,
    today: date,
    numbers: RuleSettings = DEFAULTS,
) -> Care | None:
    """Planned and average weekly minutes (R12); None outside close care."""
    if not is_close(agreement, today):
        return None
    intensification = agreement.intensified
    begun = [agreement.since] if agreement.stage in _CLOSE else []
    started = intensification.since if intensification else None
    if started is not None and started <= today:
        begun.append(started)
    since = min(begun, default=date.min)
    stage = effective_stage(agreement, today)
    return Care(
        planned_minutes(stage, usual_minutes, numbers), average_minutes(talks, today, since)
    )
