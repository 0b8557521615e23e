"""As the client sees it (R7): what one contact would say they got from us, day by day.

All days are days of the manager's zone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from math import floor

from pwa.rules.contact.neglected_contacts import TIMES
from pwa.rules.contact.preference import Answer, ComplianceEntry, UnmetPreference, unmet_preference
from pwa.rules.scheduling.cadence import add_stage, usable_from
from pwa.rules.vocabulary.calendar import WEEKDAYS, Away, Calendar, later
from pwa.rules.vocabulary.enums import Compliance, Stage

DAYS = 28
_AS_ASKED = frozenset({Compliance.HONOURED, Compliance.COMPROMISE})


class DayExperience(StrEnum):
    """What a contact would say of one day."""

    ASKED = "asked"
    OTHER = "other"
    SILENT = "silent"
    WRONG = "wrong"


class OverallExperience(StrEnum):
    """What a contact would say altogether."""

    NEVER = "never"
    WRONG = "wrong"
    OTHERWISE = "otherwise"
    AS_ASKED = "as_asked"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ReceivedContact:
    """Something that came to `contact`: a conversation with that person, or our writing to them.

    An attempt that reached nobody is none. `counts` is R2: it meets the rhythm of that contact.
    """

    contact: int
    day: date
    stamp: Compliance
    counts: bool


@dataclass(frozen=True, slots=True)
class ContactExpectation:
    """To hear once a `stage` since they last heard, before the first time since `since`.

    Without a `since` they expect nothing until they hear from us once. `days` are the weekdays
    that they named.
    """

    stage: Stage
    since: date | None
    calendar: Calendar = WEEKDAYS
    away: Sequence[Away] = ()
    days: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class DayView:
    """One day; `got` None is a day on which nothing came and nothing was expected."""

    day: date
    got: DayExperience | None


@dataclass(frozen=True, slots=True)
class PerspectiveSummary:
    """What they would say altogether; `unmet` what did not match, where it did not."""

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

    `heard` holds what came to anybody at the client, from before the first day on; what came to a
    colleague is not theirs. `wrong` are contact and day of what went wrong. Who never said how
    they like to hear from us cannot have heard the way they asked.

    A day of silence is a day on which they waited for us and nothing came: the day they were due
    by the stage since they last heard (R2), and if nothing comes the same again each period. Where
    the stage is slower than weekly they wait again once one and a half stages have passed, and
    from there on every week, so that weeks of silence are seen in four weeks. Today is not over.
    """
    theirs = [one for one in heard if one.contact == contact]
    gone_wrong = {day for who, day in wrong if who == contact}
    came: dict[date, DayExperience] = {}
    for one in theirs:
        as_asked = one.stamp in _AS_ASKED
        if as_asked or one.day not in came:
            came[one.day] = DayExperience.ASKED if as_asked else DayExperience.OTHER
    first = today - timedelta(days=days - 1)
    counting = {one.day for one in theirs if one.counts}
    silent = set(_expected(counting, expected, first, today)) if expected else set()

    def got(day: date) -> DayExperience | None:
        if day in gone_wrong:
            return DayExperience.WRONG
        return came.get(day) or (DayExperience.SILENT if day in silent else None)

    return tuple(DayView(day, got(day)) for day in _days(first, days))


def is_neglected(last: date | None, expected: ContactExpectation | None, today: date) -> bool:
    """Whether they have heard nothing for more than one and a half stages (R7)."""
    base = last or (expected.since if expected else None)
    if expected is None or base is None:
        return False
    return (today - base).days > TIMES * expected.stage.days


def summary(
    answer: Answer | None,
    last: date | None,
    expected: ContactExpectation | None,
    recent: Iterable[ComplianceEntry],
    open_wrong: bool,
    days: Sequence[DayView],
) -> PerspectiveSummary | None:
    """What they would say (R7), the gravest first; None when they have no reason to say anything.

    `last` is the last contact that counts with them, `recent` as in `preference.unmet`,
    `open_wrong` whether something went wrong that we have not talked about with them yet, `days`
    their strip. Nobody says that we keep in touch as they asked while most of it came another way.
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
    got = Counter(one.got for one in days)
    return (
        PerspectiveSummary(OverallExperience.AS_ASKED)
        if last and got[DayExperience.ASKED] >= got[DayExperience.OTHER]
        else None
    )


def contact_expectation(
    answer: Answer | None,
    stage: Stage,
    agreed: date | None = None,
    calendar: Calendar = WEEKDAYS,
    away: Sequence[Away] = (),
) -> ContactExpectation | None:
    """What a contact expects (R7): their own wish, else the client's `stage`; from their answer on.

    `agreed` is the start of the rhythm for the contact to reach, None for their colleagues. None
    for somebody who wants to hear only when it concerns them.
    """
    if answer is None:
        return ContactExpectation(stage, agreed, calendar, away)
    if answer.only_when_needed:
        return None
    wishes = answer.wishes
    since = wishes.asked_on or agreed
    return ContactExpectation(answer.how_often or stage, since, calendar, away, wishes.days)


def _expected(
    counting: Collection[date], expected: ContactExpectation, first: date, today: date
) -> Iterator[date]:
    """The days from `first` to yesterday on which they were due and had not heard."""
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
    """The days after `base` on which they wait for us while nothing comes, one after the other."""
    day = _usable(add_stage(base, expected.stage), expected)
    yield day
    if expected.stage.days > Stage.WEEKLY.days:
        day = _usable(later(base, floor(TIMES * expected.stage.days) + 1), expected)
        yield day
    again = min(expected.stage, Stage.WEEKLY, key=lambda stage: stage.days)
    while day < date.max:
        day = _usable(add_stage(day, again), expected)
        yield day


def _usable(day: date, expected: ContactExpectation) -> date:
    return usable_from(day, expected.calendar, expected.away, expected.days)


def _days(first: date, count: int) -> Iterator[date]:
    return (later(first, n) for n in range(count))
