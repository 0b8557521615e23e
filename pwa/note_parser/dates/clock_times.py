"""Rules for clock times: "half past two", "ten thirty", "14:30", "by noon", "in two hours"."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from pwa.note_parser.vocabulary.compile_pattern import phrase
from pwa.note_parser.vocabulary.patterns import AFTER, COUNT, DAY, PART, count_of

# A time, and the moment itself where the phrase counts from now ("in two hours").
ClockReading = tuple[time, datetime | None]
ClockRule = Callable[[re.Match[str], datetime], ClockReading | None]

CLOSE = time(17)
NOON = time(12)


def _to_24_hours(hour: int, minute: int, half: str, part: str) -> time | None:
    """The time in the 24 hour clock; without "am" or "pm" 1 to 6 is the afternoon."""
    if hour > 23 or minute > 59:
        return None
    if half == "pm" or part in {"afternoon", "evening", "night", "tonight"}:
        hour += 12 if hour < 12 else 0
    elif half == "am" or part == "morning":
        hour = 0 if hour == 12 and half == "am" else hour
    elif 1 <= hour <= 6:
        hour += 12
    return time(hour, minute)


def _part_of_day(match: re.Match[str]) -> str:
    """The part of the day within 26 characters: "nine in the evening"."""
    near = match.string[max(0, match.start() - 26) : match.end() + 26].split(" . ")
    words = re.findall(r"\b(?:morning|afternoon|evening|night|tonight)\b", " ".join(near))
    return words[0] if len(set(words)) == 1 else ""


def _reading(hour: int, minute: int, match: re.Match[str]) -> ClockReading | None:
    half = match.groupdict().get("half") or ""
    clock = _to_24_hours(hour, minute, half, _part_of_day(match))
    return (clock, None) if clock else None


def _written(match: re.Match[str], now: datetime) -> ClockReading | None:
    hour, minute = (int(part) for part in re.split("[:.]", match["time"]))
    if match["time"].startswith("0") and not match["half"]:
        return (time(hour, minute), None) if minute < 60 else None
    return _reading(hour, minute, match)


def _two_numbers(match: re.Match[str], now: datetime) -> ClockReading | None:
    return _reading(int(match["hour"]), int(match["minute"]), match)


def full_hour(match: re.Match[str], now: datetime) -> ClockReading | None:
    """A full hour, in the group `hour`."""
    return _reading(int(match["hour"]), 0, match)


def _european(match: re.Match[str], now: datetime) -> ClockReading | None:
    """ "At fifteen hours thirty"."""
    return _reading(int(match["hour"]), int(match["minute"] or 0), match)


def _past(match: re.Match[str], now: datetime) -> ClockReading | None:
    return _reading(int(match["hour"]), _MINUTES.get(match["off"]) or int(match["off"]), match)


def _to(match: re.Match[str], now: datetime) -> ClockReading | None:
    off = _MINUTES.get(match["off"]) or int(match["off"])
    hour = int(match["hour"]) - 1
    return _reading(hour or 12, 60 - off, match)


def _fixed(at: time) -> ClockRule:
    def rule(match: re.Match[str], now: datetime) -> ClockReading:
        return at, None

    return rule


def _in_hours(match: re.Match[str], now: datetime) -> ClockReading:
    """Elapsed real time, correct across a change to or from summer time."""
    count = count_of(match["count"])
    minutes = count * (60 if match["unit"] == "hour" else 1)
    if match["count"].startswith("half"):
        minutes = 30
    then = (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
    return time(then.hour, then.minute), then


_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15}
_HALF = r"(?: (?P<half>am|pm)(?= |,|$))?"
_HOUR = r"(?P<hour>1?[0-9]|2[0-3])"
_OFF = r"(?P<off>half|a quarter|quarter|5|10|20|25)(?: minutes)?"
_AT = phrase(r"""
    \b(?:at|by|before|after|from|till|until|around|about|towards|between|for) (?:about |
    around )?
""")
_NEAR = rf"\b(?:{DAY}|today|tomorrow|tonight|{PART}) "
_MINUTE = r"(?P<minute>00|0[5-9]|[1-5][05])"

RULES: tuple[tuple[str, ClockRule], ...] = (
    (r"(?P<time>[0-9]{1,2}[:.][0-9]{2})(?![:.0-9])" + _HALF, _written),
    (rf"{_OFF} past {_HOUR}{_HALF}", _past),
    (rf"{_OFF} (?:to|before) {_HOUR}{_HALF}", _to),
    (rf"(?P<off>half) (?P<hour>[1-9]|1[0-2]){_HALF}{AFTER}", _past),
    (rf"{_HOUR} {_MINUTE} (?P<half>am|pm)(?= |,|$)", _two_numbers),
    (rf"(?:{_AT}|{_NEAR}){_HOUR} {_MINUTE}{AFTER}", _two_numbers),
    (rf"{_HOUR} (?P<minute>15|30|45){AFTER}", _two_numbers),
    (rf"{_HOUR} (?P<half>am|pm)(?= |,|$)", full_hour),
    (rf"{_HOUR} o'clock{_HALF}", full_hour),
    (rf"(?:{_AT}|{_NEAR}){_HOUR}{AFTER}", full_hour),
    (
        rf"(?:{_AT}|{_NEAR}|same time,? ){_HOUR} (?:hours?|h)(?: (?P<minute>00|15|30|45))?{AFTER}",
        _european,
    ),
    (rf"{_HOUR} hundred(?: hours)?", full_hour),
    (rf"same time,? {_HOUR}{AFTER}", full_hour),
    (r"noon|midday|12 noon", _fixed(NOON)),
    (r"(?:the )?(?:close|end) of (?:the )?(?:business|play|working day|day)", _fixed(CLOSE)),
    (r"cob|eod", _fixed(CLOSE)),
    (r"(?:in|within) the (?P<count>)(?:next )?(?P<unit>hour)", _in_hours),
    (rf"(?:in|within) (?P<count>{COUNT}) (?P<unit>hour|minute)s?(?: 's)?(?: time)?", _in_hours),
)
