"""The client's perspective (R7): what one contact got from us, day by day.

All days are in the manager's zone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from math import floor

from pwa.rules.contact.neglected_contacts import NEGLECT_FACTOR
from pwa.rules.contact.preference import Answer, ComplianceEntry, UnmetPreference, unmet_preference
from pwa.rules.scheduling.cadence import add_stage, usable_from
from pwa.rules.vocabulary.calendar import WEEKDAYS, Away, Calendar, later
from pwa.rules.vocabulary.enums import Compliance, Stage

DAYS = 28
_COMPLIED = frozenset({Compliance.HONOURED, Compliance.COMPROMISE})


class DayExperience(StrEnum):
    """A contact's experience of one day."""

    ASKED = "asked"
    OTHER = "other"
    SILENT = "silent"
    WRONG = "wrong"


class OverallExperience(StrEnum):
    """A contact's overall experience of our contact."""

    NEVER = "never"
    WRONG = "wrong"
    OTHERWISE = "otherwise"
    AS_ASKED = "as_asked"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ReceivedContact:
    """A conversation with `contact` or a message to them; failed attempts are left out.

    `counts` says that it counts as contact (R2).
    """

    contact: int
    day: date
    stamp: Compliance
    counts: bool


@dataclass(frozen=True, slots=True)
class ContactExpectation:
    """A contact expects to hear from us once a `stage`, the first time counted from `since`.

    Without `since` they expect nothing before the first contact. `days` are their weekdays.
    """

    stage: Stage
    since: date | None
    calendar: Calendar = WEEKDAYS
    away: Sequence[Away] = ()
    days: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class DayView:
    """One day; `got` None is a day without contact on which none was expected."""

    day: date
    got: DayExperience | None


@dataclass(frozen=True, slots=True)
class PerspectiveSummary:
    """The overall experience; `unmet` is the non-compliance behind it, if any."""

    says: OverallExperience
    unmet: UnmetPreference | None = None


def day_strip(
    contact: int,
    heard: Iterable[ReceivedContact],
    wrong: Collection[tuple[int, date]],
    expected: ContactExpectation | None,
    today: date,
    days: int = DAYS,
) -> tuple[DayView, ...]:
    """The last `days` days of one contact, today last (R7).

    `heard` holds the contact received by anyone at the client, from before the first day on;
    `wrong` holds contact and day of each recovery. Only contact that complied with a known
    preference is ASKED.

    A day is SILENT if contact was expected and none came: one stage after the last contact that
    counts (R2), then each period again. For stages slower than weekly, after one and a half stages
    and then weekly, so that a long silence shows within four weeks. Today is never silent.
    """
    received = [event for event in heard if event.contact == contact]
    recovery_days = {day for concerned, day in wrong if concerned == contact}
    experience: dict[date, DayExperience] = {}
    for event in received:
        complied = event.stamp in _COMPLIED
        if complied or event.day not in experience:
            experience[event.day] = DayExperience.ASKED if complied else DayExperience.OTHER
    first = today - timedelta(days=days - 1)
    counting = {event.day for event in received if event.counts}
    silent = set(_silent_days(counting, expected, first, today)) if expected else set()

    def got(day: date) -> DayExperience | None:
        if day in recovery_days:
            return DayExperience.WRONG
        return experience.get(day) or (DayExperience.SILENT if day in silent else None)

    return tuple(DayView(day, got(day)) for day in _days(first, days))


def is_neglected(last: date | None, expected: ContactExpectation | None, today: date) -> bool:
    """Whether more than one and a half stages passed without contact (R7)."""
    base = last or (expected.since if expected else None)
    if expected is None or base is None:
        return False
    return (today - base).days > NEGLECT_FACTOR * expected.stage.days


def summary(
    answer: Answer | None,
    last: date | None,
    expected: ContactExpectation | None,
    recent: Iterable[ComplianceEntry],
    open_wrong: bool,
    days: Sequence[DayView],
) -> PerspectiveSummary | None:
    """The overall experience of a contact (R7), the gravest first; None without any to report.

    `last` is the day of the last contact that counts, `recent` as in `unmet_preference`,
    `open_wrong` whether a recovery has not been talked about with them, `days` their day strip.
    AS_ASKED requires that at least half of the days with contact complied.
    """
    today = days[-1].day
    missed = unmet_preference(answer, recent, today) if answer else None
    if is_neglected(last, expected, today):
        return PerspectiveSummary(OverallExperience.NEVER, missed)
    if open_wrong:
        return PerspectiveSummary(OverallExperience.WRONG, missed)
    if missed:
        return PerspectiveSummary(OverallExperience.OTHERWISE, missed)
    if answer is None or answer.wishes.channel is None:
        return PerspectiveSummary(OverallExperience.NOT_ASKED) if last else None
    got = Counter(view.got for view in days)
    return (
        PerspectiveSummary(OverallExperience.AS_ASKED)
        if last and got[DayExperience.ASKED] >= got[DayExperience.OTHER]
        else None
    )


def known_since(came: date, signs: Iterable[date]) -> date:
    """The first day on which a contact could hear from us: nobody waits before they came (R7).

    `came` is the day of their client or, for a later contact, their own. An earlier day among
    `signs` (the cadence, their answer, what they heard) says that we knew them before.
    """
    return min([came, *signs])


def contact_expectation(
    answer: Answer | None,
    stage: Stage,
    agreed: date | None = None,
    calendar: Calendar = WEEKDAYS,
    away: Sequence[Away] = (),
    new_since: date | None = None,
) -> ContactExpectation | None:
    """The expected stage (R7): the contact's wished stage, else the client's `stage`.

    Counted from their answer, else from `agreed`: the start of the cadence for the contact to
    reach, None for their colleagues; never from before a contact came (`new_since`). None if
    `only_when_needed`.
    """
    if agreed and new_since:
        agreed = max(agreed, new_since)
    if answer is None:
        return ContactExpectation(stage, agreed, calendar, away)
    if answer.only_when_needed:
        return None
    wishes = answer.wishes
    since = wishes.asked_on or agreed
    return ContactExpectation(answer.how_often or stage, since, calendar, away, wishes.days)


def _silent_days(
    counting: Collection[date], expected: ContactExpectation, first: date, today: date
) -> Iterator[date]:
    """The days from `first` to yesterday on which contact was expected and none came."""
    before = [day for day in counting if day < first]
    bases = {max(before)} if before else set()
    bases |= {day for day in counting if first <= day <= today}
    if expected.since and expected.since < min(bases, default=today):
        bases.add(expected.since)
    ordered = sorted(bases)
    for base, until in pairwise([*ordered, today]):
        for day in _due_days(base, expected):
            if day >= until:
                break
            if day >= first:
                yield day


def _due_days(base: date, expected: ContactExpectation) -> Iterator[date]:
    """The days after `base` on which contact is expected, as long as none comes; no end."""
    day = _usable(add_stage(base, expected.stage), expected)
    yield day
    if expected.stage.days > Stage.WEEKLY.days:
        day = _usable(later(base, floor(NEGLECT_FACTOR * expected.stage.days) + 1), expected)
        yield day
    again = min(expected.stage, Stage.WEEKLY, key=lambda stage: stage.days)
    while day < date.max:
        day = _usable(add_stage(day, again), expected)
        yield day


def _usable(day: date, expected: ContactExpectation) -> date:
    return usable_from(day, expected.calendar, expected.away, expected.days)


def _days(first: date, count: int) -> Iterator[date]:
    return (later(first, n) for n in range(count))
