"""Resolves the time expressions of a suggestion to one day and one time."""

from collections.abc import Sequence
from datetime import date, datetime, time

from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.day_ranges import DayRange


def resolve(
    expressions: Sequence[TimeExpression], now: datetime, *, deadline: bool
) -> tuple[date | None, time | None]:
    """The day and the time that the expressions mean together, no day before that of `now`.

    A deadline is the last day that they allow, anything else the first. A time alone is today,
    or tomorrow when it has passed today.
    """
    clock = next((expression.clock for expression in expressions if expression.clock), None)
    dated = [expression for expression in expressions if expression.days]
    if not dated:
        if clock is None:
            return None, None
        is_later = clock > now.time().replace(tzinfo=None)
        return (now.date() if is_later else day_ranges.add_days(now.date(), 1)), clock
    day = _choose_day(dated, deadline=deadline)
    return (day, clock) if day >= now.date() else (None, clock)


def _choose_day(dated: Sequence[TimeExpression], *, deadline: bool) -> date:
    ranges = [expression.days for expression in dated if expression.days]
    single = [days for days in ranges if days.first == days.last]
    longer = [days for days in ranges if days.first != days.last]
    if longer and single and (day := _day_in_period(longer[-1], single[-1].first)):
        return day
    firm = [
        expression.days
        for expression in dated
        if expression.days and expression.preposition in {"by", "before"}
    ]
    options = (firm if deadline and firm else None) or single or longer
    if deadline:
        return max(days.last for days in options)
    return min(days.first for days in options)


def _day_in_period(period: DayRange, day: date) -> date | None:
    """ "Next week, I think Thursday": the Thursday of that week."""
    if period.first <= day <= period.last:
        return day
    moved = day_ranges.add_days(day_ranges.week_start(period.first), day.weekday())
    return moved if (period.last - period.first).days < 7 and moved <= period.last else None
