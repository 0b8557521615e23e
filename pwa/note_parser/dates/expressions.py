"""Every expression of a day or a time in a note, corrections applied."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise

from pwa.note_parser.dates import clock_times, dates, holidays, relative, weekdays
from pwa.note_parser.tokens.token_text import Text
from pwa.note_parser.tokens.tokens import Token
from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.day_ranges import Days
from pwa.note_parser.vocabulary.patterns import AFTER


@dataclass(frozen=True, slots=True)
class When:
    """The tokens [first, last) say `days` or `clock`; neither when past, negated or corrected."""

    first: int
    last: int
    days: Days | None = None
    clock: time | None = None
    lead: str = ""
    held: Days | None = None  # what "until Friday" names, for those who mean "by Friday"


_DAY_RULES = [
    (re.compile(rf"\b(?:{pattern})(?![^ ,])"), rule)
    for pattern, rule in (*dates.RULES, *relative.RULES, *holidays.RULES, *weekdays.RULES)
]
_CLOCK_RULES = [
    (re.compile(rf"(?<![^ ])(?:{pattern})"), rule) for pattern, rule in clock_times.RULES
]
_DAY_AFTER = re.compile(
    r"\b(?:(?:the )?(?:day (?:after|(?P<back>before))(?: that)?|following day)|"
    r"(?P<same>(?:(?:that|the) )?(?:very )?same day))" + AFTER
)
_BARE_HOUR = re.compile(
    rf"\b(?:no|sorry|mean|rather|actually|wait|that|it),? (?:at )?(?P<hour>[1-9]|1[0-2]){AFTER}"
)

_CORRECTING = frozenset("no sorry mean rather wait actually correction nope apologies".split())
_MAKING = frozenset({("make", "that"), ("make", "it"), ("better", "say"), ("or", "rather")})
_BETWEEN = _CORRECTING | frozenset(
    "i it that on by at the or for to let 's say well oh in excuse me make better hang one 1 "
    "actually of be is was should not".split()
)
_LEADS = frozenset(
    "by before after on at from for until till since to about around in than of not through".split()
)
_MOVED = frozenset(
    """push pushing shift change postpone bring moved move moving rescheduled reschedule postponed
    pushed changed shifted""".split()
)
_PARTS = frozenset("morning afternoon evening lunchtime night".split())
_TAILS = (
    ["at", "the", "latest"], ["at", "the", "very"], ["the", "latest"], ["latest"],
    ["or", "so"], ["or", "earlier"], ["sharp"], ["ish"],
)  # fmt: skip
_SLIGHT = frozenset("the about around just like".split())
_VOID = frozenset("until till since than not through".split())


def find(tokens: Sequence[Token], now: datetime) -> list[When]:
    """All of them, in order, without overlaps. `now` is aware; its day is today."""
    if not tokens:
        return []
    text = Text(tokens)
    found = _without_overlaps([*_days(text, now.date()), *_clocks(text, now)])
    found = [_widened(_led(one, tokens, now.date()), tokens) for one in found]
    found = _anchored(_meant(_carried_on(found, tokens), tokens), text)
    return _corrected(_restated(found, text, now), tokens)


def _days(text: Text, today: date) -> Iterator[tuple[int, When]]:
    for order, (pattern, rule) in enumerate(_DAY_RULES):
        for match in pattern.finditer(text.line):
            try:
                said = rule(match, today)
            except (OverflowError, ValueError):  # a day after the year 9999
                said = None
            first, last = text.tokens_of(match)
            yield order, When(first, last, days=said)


def _clocks(text: Text, now: datetime) -> Iterator[tuple[int, When]]:
    for order, (pattern, rule) in enumerate(_CLOCK_RULES):
        for match in pattern.finditer(text.line):
            try:
                said = rule(match, now)
            except OverflowError:
                said = None
            if said is None:
                continue
            groups = match.groupdict()
            named = next((name for name in ("off", "hour", "time") if groups.get(name)), 0)
            first = text.tokens_of(match, named)[0]
            last = text.tokens_of(match)[1]
            day = day_ranges.one(said[1].date()) if said[1] else None
            yield order, When(first, last, clock=said[0], days=day)


def _without_overlaps(candidates: list[tuple[int, When]]) -> list[When]:
    """The one that begins first, the longer one, the earlier rule."""
    candidates.sort(key=lambda one: (one[1].first, -one[1].last, one[0]))
    kept: list[When] = []
    for _, one in candidates:
        if not kept or one.first >= kept[-1].last:
            kept.append(one)
    return kept


def _led(one: When, tokens: Sequence[Token], today: date) -> When:
    """With the word that leads to it: "before Friday" is Thursday, "until Friday" no day."""
    before = _said_before(one, tokens)
    lead = before[-1] if before and before[-1] in _LEADS else ""
    if one.clock and before[-2:] in (["not", "before"], ["not", "until"], ["not", "till"]):
        return replace(one, first=one.first - 2, lead="from")  # "Monday, not before ten"
    void = lead in _VOID or "not" in before[-2:] or before[-2:] == ["instead", "of"]
    if lead == "of":
        lead = ""
    if void and before[-3:-1] != ["no", "later"]:
        held = one.days if lead in {"until", "till"} and "not" not in before else None
        return replace(one, days=None, clock=None, lead=lead, held=held)
    if one.days and one.clock is None:
        said = tokens[one.first].word
        if lead == "before" and not _is_end(tokens, one) and one.days.first > today:
            return replace(
                one, days=day_ranges.one(day_ranges.ahead(one.days.first, -1)), lead=lead
            )
        if lead == "after" and said not in {"before", "after"}:
            return replace(one, days=_after(tokens, one), lead=lead)
    return replace(one, lead=lead)


def _said_before(one: When, tokens: Sequence[Token]) -> list[str]:
    """The words before it, without what stands between the one that leads and the time."""
    before = [tokens[place].word for place in range(max(0, one.first - 3), one.first)]
    while len(before) > 1 and before[-1] in _SLIGHT and before[-2] in _LEADS:
        before.pop()
    return before


def _widened(one: When, tokens: Sequence[Token]) -> When:
    """With the part of the day behind it: "Monday morning", "two in the afternoon"."""
    words = [token.word for token in tokens[one.last : one.last + 3]]
    for tail in _TAILS:
        if words[: len(tail)] == tail:
            return replace(one, last=one.last + len(tail))
    last = one.last
    while last < min(len(tokens), one.last + 2) and tokens[last].word in {"in", "the"}:
        last += 1
    if last < len(tokens) and tokens[last].word in _PARTS and not tokens[one.last].before:
        return replace(one, last=last + 1)
    return one


def _is_end(tokens: Sequence[Token], one: When) -> bool:
    return any(
        tokens[place].word in {"end", "noon", "out", "over"} for place in range(one.first, one.last)
    )


def _after(tokens: Sequence[Token], one: When) -> Days | None:
    """ "After the weekend" is Monday; "after Friday" says no day."""
    if one.days and tokens[one.last - 1].word == "weekend":
        return day_ranges.one(day_ranges.ahead(one.days.last, 1))
    return None


def _carried_on(found: list[When], tokens: Sequence[Token]) -> list[When]:
    """ "After Christmas, the 28th": the 28th that comes after that."""
    for place in range(1, len(found)):
        one, before = found[place], found[place - 1]
        number = tokens[one.last - 1].word
        alone = one.last - one.first <= 2 and number[0].isdigit() and not number[-1].isdigit()
        if not (alone and one.days and before.days and one.first - before.last <= 1):
            continue
        day = day_ranges.day_of_month(before.days.first, int(number[:-2]))
        if day and day > one.days.first:
            found[place] = replace(one, days=day_ranges.one(day))
            found[place - 1] = replace(before, days=None)
    return found


def _meant(found: list[When], tokens: Sequence[Token]) -> list[When]:
    """ "Tomorrow, first thing" is tomorrow; "moved from Tuesday to Thursday" is Thursday."""
    for place, one in enumerate(found):
        near = [other for other in found[max(0, place - 1) : place + 2] if other is not one]
        close = any(other.days and abs(other.first - one.first) < 7 for other in near)
        said = [token.word for token in tokens[max(0, one.first - 9) : one.first]]
        to = place + 1 < len(found) and found[place + 1].lead == "to"
        moved = one.lead == "from" and to and any(word in _MOVED for word in said)
        if (
            tokens[one.first].word == "1st" and "thing" in tokens[one.first + 1].word and close
        ) or moved:
            found[place] = replace(one, days=None, clock=None)
    return found


def _anchored(found: list[When], text: Text) -> list[When]:
    """ "The day after" counts from the day said before it."""
    dated = [one for one in found if one.days]
    made: list[When] = []
    for match in _DAY_AFTER.finditer(text.line):
        first, last = text.tokens_of(match)
        place = bisect_right(dated, first, key=lambda one: one.last)
        if not place or _taken(found, first, last):
            continue
        anchor = dated[place - 1].days
        assert anchor
        day = day_ranges.ahead(anchor.last, -1 if match["back"] else 0 if match["same"] else 1)
        made.append(When(first, last, days=day_ranges.one(day)))
    return sorted([*found, *made], key=lambda one: one.first)


def _taken(found: list[When], first: int, last: int) -> bool:
    """Whether something is read in the tokens [first, last) already. `found` is in order."""
    place = bisect_left(found, last, key=lambda one: one.first)
    return place > 0 and found[place - 1].last > first


def _restated(found: list[When], text: Text, now: datetime) -> list[When]:
    """ "At two, no, three": a bare number is a time where it corrects one."""
    timed = [one for one in found if one.clock]
    made: list[When] = []
    for match in _BARE_HOUR.finditer(text.line):
        first, last = text.tokens_of(match, "hour")
        place = bisect_right(timed, first, key=lambda one: one.last)
        near = place > 0 and first < timed[place - 1].last + 6
        if near and not _taken(found, first, last) and (said := clock_times.hour(match, now)):
            made.append(When(first, last, clock=said[0]))
    return sorted([*found, *made], key=lambda one: one.first)


def _corrected(found: list[When], tokens: Sequence[Token]) -> list[When]:
    """ "By Tuesday, no, by Wednesday" says Wednesday."""
    for place in range(1, len(found)):
        one, gap = found[place], found[place - 1].last
        if not corrects([token.word for token in tokens[gap : min(one.first, gap + 9)]]):
            continue
        if one.first - gap > 8:
            continue
        for earlier in range(place - 1, max(place - 4, -1), -1):
            other = found[earlier]
            same_kind = (other.days and one.days) or (other.clock and one.clock)
            if same_kind and one.first - other.last < 12:
                found[earlier] = replace(other, days=None, clock=None)
    return found


def corrects(between: list[str]) -> bool:
    """Whether these words between two times say that the second one is meant."""
    if not all(word in _BETWEEN for word in between):
        return False
    pairs = set(pairwise(between))
    return bool(_CORRECTING.intersection(between)) or bool(_MAKING & pairs)


def moment(
    found: Sequence[When], now: datetime, *, deadline: bool
) -> tuple[date | None, time | None]:
    """The day and time that these expressions say together, never before now's day.

    A deadline is the last day that the words allow, else it is the first. A time alone is today,
    or tomorrow when it has gone by today.
    """
    at = next((one.clock for one in found if one.clock), None)
    said = [one for one in found if one.days]
    if not said:
        if at is None:
            return None, None
        later = at > now.time().replace(tzinfo=None)
        return (now.date() if later else day_ranges.ahead(now.date(), 1)), at
    day = _chosen(said, deadline=deadline)
    return (day, at) if day >= now.date() else (None, at)


def _chosen(said: Sequence[When], *, deadline: bool) -> date:
    narrow = [one.days for one in said if one.days and one.days.first == one.days.last]
    wide = [one.days for one in said if one.days and one.days.first != one.days.last]
    if wide and narrow and (day := _in_period(wide[-1], narrow[-1].first)):
        return day
    firm = [one.days for one in said if one.days and one.lead in {"by", "before"}]
    options = (firm if deadline and firm else None) or narrow or wide
    if deadline:
        return max(one.last for one in options)
    return min(one.first for one in options)


def _in_period(period: Days, day: date) -> date | None:
    """ "Next week, I think Thursday": the Thursday of that week."""
    if period.first <= day <= period.last:
        return day
    moved = day_ranges.ahead(day_ranges.monday(period.first), day.weekday())
    return moved if (period.last - period.first).days < 7 and moved <= period.last else None
