"""Spreads the first due days of imported clients over working days (Definitions, R12)."""

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
    """An imported client without any contact yet."""

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
    """The first due day of each newcomer, in the order of `newcomers` (R12).

    The newcomers of a stage are spread over one period from `start` on, in proportion to the free
    minutes of each working day: `capacity_minutes` less those `planned`. Denser stages choose
    first, then tier A before B before C, then input order. If a period cannot hold them they are
    spread evenly: overload is reported elsewhere, the period is never extended. A period has at
    least two working days, so that not all are due on the first.
    """
    days: list[date] = [start] * len(newcomers)
    taken = dict(planned)
    for stage, members in _by_stage(newcomers):
        period = list(_period(start, stage, calendar))
        free = [max(0, capacity_minutes - taken.get(day, 0)) // minutes for day in period]
        if sum(free) < len(members):
            free = [1] * len(period)
        for index, day in zip(members, _distribute(len(members), period, free), strict=True):
            days[index] = day
            taken[day] = taken.get(day, 0) + minutes
    return days


def _by_stage(newcomers: Sequence[Newcomer]) -> Iterator[tuple[Stage, list[int]]]:
    indexes: dict[Stage, dict[Tier, list[int]]] = {
        stage: {tier: [] for tier in Tier} for stage in Stage
    }
    for index, newcomer in enumerate(newcomers):
        indexes[newcomer.stage][newcomer.tier].append(index)
    for stage, tiers in indexes.items():
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


def _distribute(count: int, days: Sequence[date], room: Sequence[int]) -> Iterator[date]:
    """Yields `count` of the `days`, earliest first, in proportion to each day's `room`."""
    total = sum(room)
    at, filled = 0, room[0]
    for place in range(count):
        while filled * count <= place * total:
            at += 1
            filled += room[at]
        yield days[at]
