"""First due days for an imported book (Definitions, R12)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pwa.rules.scheduling.cadence import add_stage
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.vocabulary.calendar import Calendar, next_working_day
from pwa.rules.vocabulary.enums import RowKind, Stage, Tier

_FEWEST_DAYS = 2


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An imported client that nobody has talked to yet."""

    tier: Tier
    stage: Stage


def first_due_days(
    newcomers: Sequence[Newcomer],
    start: date,
    calendar: Calendar,
    capacity_minutes: int,
    planned: Mapping[date, int],
    minutes: int = USUAL[RowKind.CALL],
) -> list[date]:
    """A first due day for each newcomer, in the order given.

    Those of a stage are spread over one period of it from `start` on, in step with what is free
    each working day: the capacity less the minutes `planned` there. A goes before B before C,
    otherwise the order given; denser stages choose first. What one period cannot hold is spread
    evenly over it all the same: an overfull week is said, never stretched (R12). A period has at
    least two working days, so that never all are due on the first.
    """
    days: list[date] = [start] * len(newcomers)
    taken = dict(planned)
    for stage, members in _by_stage(newcomers):
        period = list(_period(start, stage, calendar))
        free = [max(0, capacity_minutes - taken.get(day, 0)) // minutes for day in period]
        if sum(free) < len(members):
            free = [1] * len(period)
        for index, day in zip(members, _dealt(len(members), period, free), strict=True):
            days[index] = day
            taken[day] = taken.get(day, 0) + minutes
    return days


def _by_stage(newcomers: Sequence[Newcomer]) -> Iterator[tuple[Stage, list[int]]]:
    by: dict[Stage, dict[Tier, list[int]]] = {stage: {tier: [] for tier in Tier} for stage in Stage}
    for index, one in enumerate(newcomers):
        by[one.stage][one.tier].append(index)
    for stage, tiers in by.items():
        members = [index for tier in Tier for index in tiers[tier]]
        if members:
            yield stage, members


def _period(start: date, stage: Stage, calendar: Calendar) -> Iterator[date]:
    """The working days of one period from `start` on, at least two."""
    end = add_stage(start, stage)
    day = start if calendar.is_working_day(start) else next_working_day(start, calendar)
    count = 0
    while day < end or count < _FEWEST_DAYS:
        yield day
        count += 1
        day = next_working_day(day, calendar)


def _dealt(count: int, days: Sequence[date], room: Sequence[int]) -> Iterator[date]:
    """`count` days, earliest first, each day's share of them in proportion to its room."""
    total = sum(room)
    at, filled = 0, room[0]
    for place in range(count):
        while filled * count <= place * total:
            at += 1
            filled += room[at]
        yield days[at]
