"""What close care costs (R12): planned for and shown, never a target to talk longer."""

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
    """Whole minutes a week: `planned` for, and `had` on average."""

    planned: int
    had: int


def is_close(rhythm: CadenceAgreement, day: date) -> bool:
    """Whether the client is in close care on `day`: daily, twice a week or intensified."""
    stage = effective_stage(rhythm, day)
    return stage in _CLOSE or stage is not rhythm.stage


def planned_minutes(stage: Stage, usual_minutes: int, numbers: RuleSettings = DEFAULTS) -> int:
    """Minutes a week that conversations of `usual_minutes` take at `stage`.

    At least what a week of close care takes in any case. Slower than twice a week is one
    conversation in a week.
    """
    return max(numbers.care_minutes, _A_WEEK.get(stage, 1) * usual_minutes)


def average_minutes(talks: Iterable[CoveredDay], today: date, since: date) -> int:
    """Minutes a week over the last four weeks, or over those since `since` (at least one)."""
    first = max(today - timedelta(weeks=WEEKS) + timedelta(days=1), since)
    days = (today - first).days + 1
    weeks = min(max(days / 7, 1), WEEKS)
    return round(sum(one.minutes for one in talks if first <= one.day <= today) / weeks)


def weekly_care(
    rhythm: CadenceAgreement,
    talks: Iterable[CoveredDay],
    usual_minutes: int,
    today: date,
    numbers: RuleSettings = DEFAULTS,
) -> Care | None:
    """What a week of this client is planned with and took (R12); None outside close care."""
    if not is_close(rhythm, today):
        return None
    dense = rhythm.intensified
    begun = [rhythm.since] if rhythm.stage in _CLOSE else []
    if dense is not None and dense.since is not None and dense.since <= today:
        begun.append(dense.since)
    since = min(begun, default=date.min)
    stage = effective_stage(rhythm, today)
    return Care(
        planned_minutes(stage, usual_minutes, numbers), average_minutes(talks, today, since)
    )
