"""Rules for days relative to today: "tomorrow", "in two weeks", "the end of the month"."""

import re
from datetime import date

from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.calendar_words import DAYS, MONTHS
from pwa.note_parser.vocabulary.compile_pattern import phrase
from pwa.note_parser.vocabulary.day_ranges import DayRange, single_day
from pwa.note_parser.vocabulary.grammar import DayRule, no_day
from pwa.note_parser.vocabulary.patterns import COUNT, DAY, MONTH, PART, count_of


def _in_days(count: int) -> DayRule:
    def rule(match: re.Match[str], today: date) -> DayRange:
        return single_day(day_ranges.add_days(today, count))

    return rule


def _interval(match: re.Match[str], today: date) -> DayRange | None:
    """ "In two weeks", "three working days from now", "two days from Monday"."""
    count, unit = count_of(match["up"] or match["count"]), match["unit"]
    start = today
    since = match.groupdict().get("since")
    if since in DAYS:
        start = day_ranges.next_weekday(today, DAYS.index(since))
    elif since == "tomorrow":
        start = day_ranges.add_days(today, 1)
    if match["kind"] and unit == "day":
        return single_day(day_ranges.add_working_days(start, min(count, 400)))
    if unit in {"month", "year"}:
        months = min(count, 400) * (12 if unit == "year" else 1)
        return single_day(day_ranges.add_months(start, months))
    days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
    return single_day(day_ranges.add_days(start, days))


def _week(weeks: int) -> DayRule:
    """A rule for a whole week: from its Monday, or today, to its Friday."""

    def rule(match: re.Match[str], today: date) -> DayRange:
        end = day_ranges.end_of_week(today, weeks)
        return DayRange(max(day_ranges.week_start(end), today), end)

    return rule


def _part_of_week(match: re.Match[str], today: date) -> DayRange | None:
    which = match["which"].strip()
    weeks = 2 if which == "week after next" else 1 if which not in {"", "this"} else 0
    weekday = _PARTS[match["part"]][0]
    end = day_ranges.end_of_week(today, weeks)
    day = day_ranges.add_days(day_ranges.week_start(end), weekday)
    return single_day(day) if day >= today else None


def _part_of_month(match: re.Match[str], today: date) -> DayRange | None:
    which = match["which"]
    if which in MONTHS:
        start = day_ranges.next_month_named(today, MONTHS.index(which) + 1)
    else:
        first = day_ranges.add_months(today.replace(day=1), 1 if "next" in which else 0)
        start = day_ranges.month_range(first.year, first.month)
    return _day_in_month(start, match["part"], today)


def _day_in_month(start: DayRange, part: str, today: date) -> DayRange | None:
    day = start.last if part == "end" else start.first.replace(day=_PARTS[part][1])
    return single_day(day) if day >= today else None


def _part_of_longer(match: re.Match[str], today: date) -> DayRange | None:
    """The last or the first day of a quarter or a year."""
    size = 3 if match["unit"] == "quarter" else 12
    start = (today.month - 1) // size * size + 1
    first = day_ranges.add_months(
        date(today.year, start, 1), size if match["which"] == "next" else 0
    )
    last = day_ranges.add_days(day_ranges.add_months(first, size), -1)
    day = last if match["part"] == "end" else first
    return single_day(day) if day >= today else None


def _before_weekend(match: re.Match[str], today: date) -> DayRange:
    return single_day(day_ranges.end_of_week(today))


def _start_of_month(match: re.Match[str], today: date) -> DayRange | None:
    """ "By March": its first day; said within March, its last."""
    month = day_ranges.next_month_named(today, MONTHS.index(match["which"]) + 1)
    return single_day(month.last if month.first <= today else month.first)


def _weekend(weeks: int) -> DayRule:
    def rule(match: re.Match[str], today: date) -> DayRange:
        saturday = day_ranges.weekday_in_week(today, 5, weeks)
        return DayRange(max(saturday, today), day_ranges.add_days(saturday, 1))

    return rule


# Part of a week or month: its weekday (0 is Monday), its day of the month.
_PARTS = {
    "end": (4, 31), "late": (4, 25), "later": (4, 25), "latter part": (4, 25),
    "middle": (2, 15), "mid": (2, 15),
    "early": (0, 5), "earlier": (0, 5), "start": (0, 1), "beginning": (0, 1),
}  # fmt: skip
_PART_OF = phrase(rf"""
    (?!(?:start|end|beginning) in\b)(?:the )?(?:very )?(?P<part>{"|".join(_PARTS)})(?: part)?
    (?: on)?(?: of| in)?(?: the)?
""")
_UNIT = r"(?P<kind>working |business )?(?P<unit>day|week|month|year|fortnight)s?"
_QUANTITY = phrase(rf"""
    (?:about |around |roughly )?(?P<count>{COUNT})(?: (?:or|to) (?P<up>[0-9]{{1,3}}))?
    (?: or so| more)?
""")
_OR_SO = r"(?: or so)?(?: 's)?(?: time)?"
_DAYTIME = rf"(?:,? (?:in the )?{PART})?"
_TIMES = r"(?:day|week|month|year|fortnight|hour|minute)s?"

RULES: tuple[tuple[str, DayRule], ...] = (
    (rf"{COUNT} {_TIMES} (?:ago|earlier|late|before|back)", no_day),
    (
        phrase(r"""
            (?:the )?(?:last|past|previous)(?: [0-9]+| few| couple of)? (?:weeks?|months?|days?|
            years?|time)
        """),
        no_day,
    ),
    (r"(?:the )?(?:other day|day before yesterday)", no_day),
    (rf"yesterday{_DAYTIME}|last night|earlier today|so far", no_day),
    (r"(?:the )?day after tomorrow", _in_days(2)),
    (r"(?:(?:a|1) )?week(?: from)? tomorrow|tomorrow week", _in_days(8)),
    (r"(?:(?:a|1) )?week(?: from)? today|today week|(?:this|same) time next week", _in_days(7)),
    (r"(?:a fortnight|2 weeks)(?: from)? today|same time in (?:2 weeks|a fortnight)", _in_days(14)),
    (r"the week (?:is|'s) (?:out|over|up)", _week(0)),
    (r"(?:the )?end of today", _in_days(0)),
    (r"(?:the )?end of tomorrow", _in_days(1)),
    (rf"tomorrow{_DAYTIME}|(?:the )?(?:very )?next day", _in_days(1)),
    (
        r"tonight|(?:later on |later )?today|"
        r"(?:later )?this (?:morning|afternoon|evening|lunchtime)",
        _in_days(0),
    ),
    (r"(?:straight |right )?after this(?: call)?", _in_days(0)),
    (rf"1st thing(?: in the morning)?(?!,? (?:on |next |in |tomorrow|the )|,? {DAY})", _in_days(1)),
    (
        r"(?:in|within) (?P<count>a)(?P<kind>) (?P<unit>day|week) or (?P<up>2)(?: 's)?(?: time)?",
        _interval,
    ),
    (rf"(?:in|within) (?:(?:the )?next )?{_QUANTITY} {_UNIT}{_OR_SO}", _interval),
    (
        rf"{_QUANTITY} {_UNIT}(?: 's)? (?:time|hence|from (?:now|(?P<since>{DAY}|today|tomorrow)))",
        _interval,
    ),
    (r"(?:the )?month(?: 's)? (?P<part>end)(?P<which>)", _part_of_month),
    (rf"{_PART_OF} (?P<which>{MONTH}|(?:this |next )?month)", _part_of_month),
    (rf"{_PART_OF} (?:(?P<which>this|next) )?(?P<unit>quarter|year)", _part_of_longer),
    (
        phrase(rf"""
            {_PART_OF} (?P<which>week after next|week after|(?:this |next |following |coming )?
            (?=week))(?:week)?(?! after)
        """),
        _part_of_week,
    ),
    (r"(?:the )?week after next", _week(2)),
    (r"(?:the )?(?:next|following|coming) week|(?:the )?week after(?! the)", _week(1)),
    (r"this week|(?:the )?rest of the week", _week(0)),
    (r"(?<=\bby )the weekend", _before_weekend),
    (r"next weekend", _weekend(1)),
    (r"(?:this |the |at the |over the )weekend", _weekend(0)),
    (rf"(?<=\bin )(?P<which>{MONTH})|(?:next|this) month", no_day),
    (rf"(?<=\bby )(?P<which>{MONTH})", _start_of_month),
)
