"""Calendar arithmetic: weekdays, weeks, months, Easter. A week begins on Monday."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class DayRange:
    """The first and the last day that an expression allows, mostly the same."""

    first: date
    last: date


def single_day(day: date) -> DayRange:
    return DayRange(day, day)


def add_days(day: date, count: int) -> date:
    return day + timedelta(days=count)


def week_start(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def next_weekday(today: date, weekday: int) -> date:
    """The first such weekday after today: on a Friday, "on Friday" is in a week."""
    return add_days(today, (weekday - today.weekday() - 1) % 7 + 1)


def weekday_in_week(today: date, weekday: int, weeks: int) -> date:
    """That weekday of this week (0), of the next (1), ..."""
    return add_days(week_start(today), 7 * weeks + weekday)


def end_of_week(today: date, weeks: int = 0) -> date:
    """The Friday of a week; on Saturday and Sunday "the week" is the coming week."""
    if weeks == 0 and today.weekday() > FRIDAY:
        weeks = 1
    return weekday_in_week(today, FRIDAY, weeks)


def add_working_days(today: date, count: int) -> date:
    """The day `count` working days later, Saturdays and Sundays skipped. O(count)."""
    day = today
    while count > 0:
        day = add_days(day, 1)
        count -= day.weekday() <= FRIDAY
    return day


def add_months(day: date, count: int) -> date:
    """The same day of a later month, or that month's last."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_range(year: int, number: int) -> DayRange:
    return DayRange(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def next_month_named(today: date, number: int) -> DayRange:
    """The current or the next month of that number."""
    return month_range(today.year + (number < today.month), number)


def next_day_of_month(today: date, day: int) -> date | None:
    """The next such day from today on, None for a number that no month has."""
    for count in range(12):
        start = add_months(today.replace(day=1), count)
        if day <= monthrange(start.year, start.month)[1] and start.replace(day=day) >= today:
            return start.replace(day=day)
    return None


def next_day_and_month(today: date, day: int, number: int) -> date | None:
    """The next such date; None for an impossible date or one less than 60 days past."""
    for year in range(today.year, today.year + 5):
        if not 1 <= day <= monthrange(year, number)[1]:
            continue
        candidate = date(year, number, day)
        if candidate >= today:
            return candidate
        if (today - candidate).days < 60:
            return None
    return None


def date_with_year(year: int, number: int, day: int) -> date | None:
    """A date with its year, None when impossible; two digits mean this century."""
    try:
        return date(year + 2000 if year < 100 else year, number, day)
    except ValueError:
        return None


def nth_weekday(month: DayRange, nth: int, weekday: int) -> date | None:
    """The first (1), second, ... or last (-1) such weekday of a month, None past its end."""
    if nth < 0:
        return add_days(month.last, -((month.last.weekday() - weekday) % 7))
    day = add_days(month.first, (weekday - month.first.weekday()) % 7 + 7 * (nth - 1))
    return day if day <= month.last else None


def easter(year: int) -> date:
    """Easter Sunday (Gauss, as Meeus/Jones/Butcher give it)."""
    century, rest = divmod(year, 100)
    leap = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - leap + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    number, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, number, day + 1)
