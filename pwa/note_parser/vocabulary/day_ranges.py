"""Days counted from a day: weekdays, months, feasts. A week begins on Monday."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day that the words allow; mostly one day."""

    first: date
    last: date


def one(day: date) -> Days:
    return Days(day, day)


def ahead(today: date, count: int) -> date:
    return today + timedelta(days=count)


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def next_weekday(today: date, weekday: int) -> date:
    """The first such day after today: on a Friday, "on Friday" is in a week."""
    return ahead(today, (weekday - today.weekday() - 1) % 7 + 1)


def in_week(today: date, weekday: int, weeks: int) -> date:
    """That day of this week (0), of the next (1), ..."""
    return ahead(monday(today), 7 * weeks + weekday)


def end_of_week(today: date, weeks: int = 0) -> date:
    """Friday; at the weekend "the week" is the one to come."""
    if weeks == 0 and today.weekday() > FRIDAY:
        weeks = 1
    return in_week(today, FRIDAY, weeks)


def working_days(today: date, count: int) -> date:
    """`count` working days on, Saturdays and Sundays skipped. Linear in `count`, which is small."""
    day = today
    while count > 0:
        day = ahead(day, 1)
        count -= day.weekday() <= FRIDAY
    return day


def months_on(day: date, count: int) -> date:
    """The same day of a later month, or that month's last."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month(year: int, number: int) -> Days:
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def month_ahead(today: date, number: int) -> Days:
    """This month or the next of that name."""
    return month(today.year + (number < today.month), number)


def day_of_month(today: date, day: int) -> date | None:
    """The next such day from today on."""
    for count in range(12):
        start = months_on(today.replace(day=1), count)
        if day <= monthrange(start.year, start.month)[1] and start.replace(day=day) >= today:
            return start.replace(day=day)
    return None


def day_and_month(today: date, day: int, number: int) -> date | None:
    """The next such date; None for one that never is, or that went by less than 60 days ago."""
    for year in range(today.year, today.year + 5):
        if not 1 <= day <= monthrange(year, number)[1]:
            continue
        found = date(year, number, day)
        if found >= today:
            return found
        if (today - found).days < 60:
            return None
    return None


def whole_date(year: int, number: int, day: int) -> date | None:
    """A date said with its year; two figures mean this century."""
    try:
        return date(year + 2000 if year < 100 else year, number, day)
    except ValueError:
        return None


def nth_weekday(start: Days, nth: int, weekday: int) -> date | None:
    """The first (1), second, ... or last (-1) such day of a month."""
    if nth < 0:
        return ahead(start.last, -((start.last.weekday() - weekday) % 7))
    found = ahead(start.first, (weekday - start.first.weekday()) % 7 + 7 * (nth - 1))
    return found if found <= start.last else None


def easter(year: int) -> date:
    """Easter Sunday (Gauss, as Meeus/Jones/Butcher give it)."""
    century, rest = divmod(year, 100)
    leap = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - leap + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    number, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, number, day + 1)
