"""R4: when a contact can be called, clock changes included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from pwa.rules.scheduling.availability import (
    UNKNOWN,
    Availability,
    AvailabilityPreference,
    hours_of,
)
from pwa.rules.vocabulary.calendar import WEEKDAYS, Away
from pwa.rules.vocabulary.timezones import moment
from tests.rules.build import (
    FRI,
    MON,
    NEW_YORK,
    OSLO,
    SAT,
    SUN,
    SYDNEY,
    THU,
    TUE,
    WED,
    Holidays,
    oslo,
    prefers,
)

MORNINGS = prefers(None, "08:00", "10:00", {0, 1, 2})
NEXT_MON = MON + timedelta(days=7)


@pytest.mark.parametrize(
    ("case", "preference", "expected"),
    [
        ("nothing said", UNKNOWN, ("08:00", "17:00")),
        ("both said", MORNINGS, ("08:00", "10:00")),
        ("only from", prefers(None, "10:00"), ("10:00", "17:00")),
        ("only to", prefers(None, None, "12:00"), ("08:00", "12:00")),
        ("after six", prefers(None, "18:00"), ("18:00", "00:00")),
        ("before seven", prefers(None, None, "07:00"), ("00:00", "07:00")),
    ],
)
def test_hours(case, preference, expected):
    assert hours_of(preference) == tuple(map(time.fromisoformat, expected)), case


@pytest.mark.parametrize(
    ("case", "reach", "at", "opens", "is_open"),
    [
        ("before it opens", Availability(OSLO), oslo(MON, "07:59"), oslo(MON, "08:00"), False),
        ("the first moment", Availability(OSLO), oslo(MON, "08:00"), oslo(MON, "08:00"), True),
        ("the last minute", Availability(OSLO), oslo(MON, "16:59"), oslo(MON, "16:59"), True),
        (
            "closing time is closed",
            Availability(OSLO),
            oslo(MON, "17:00"),
            oslo(TUE, "08:00"),
            False,
        ),
        (
            "over the weekend",
            Availability(OSLO),
            oslo(FRI, "18:00"),
            oslo(NEXT_MON, "08:00"),
            False,
        ),
        (
            "days of their own",
            Availability(OSLO, MORNINGS),
            oslo(WED, "11:00"),
            oslo(NEXT_MON, "08:00"),
            False,
        ),
        (
            "a stated Saturday is meant",
            Availability(OSLO, prefers(None, days={5})),
            oslo(MON, "09:00"),
            oslo(SAT, "08:00"),
            False,
        ),
        (
            "a holiday",
            Availability(OSLO, UNKNOWN, Holidays(TUE)),
            oslo(MON, "17:30"),
            oslo(WED, "08:00"),
            False,
        ),
        (
            "a holiday on a stated day",
            Availability(OSLO, MORNINGS, Holidays(TUE)),
            oslo(MON, "11:00"),
            oslo(WED, "08:00"),
            False,
        ),
        (
            "away",
            Availability(OSLO, away=[Away(MON, WED)]),
            oslo(MON, "09:00"),
            oslo(THU, "08:00"),
            False,
        ),
        ("their own zone", Availability(NEW_YORK), oslo(MON, "09:00"), oslo(MON, "14:00"), False),
        (
            "open in Sydney at night",
            Availability(SYDNEY),
            oslo(SUN, "23:00"),
            oslo(SUN, "23:00"),
            True,
        ),
        (
            "past midnight",
            Availability(OSLO, prefers(None, "22:00", "02:00")),
            oslo(TUE, "01:00"),
            oslo(TUE, "01:00"),
            True,
        ),
    ],
)
def test_open_now_or_next_opening(case, reach, at, opens, is_open):
    assert (reach.next_opening(at), reach.open_at(at)) == (opens, is_open), case


def test_a_window_ends_before_its_last_moment():
    window = Availability(OSLO).on(MON)
    assert window is not None
    assert window.is_open(window.opens) and not window.is_open(window.closes)


def test_no_window_in_sight():
    assert Availability(OSLO, away=[Away(MON, date.max)]).next_opening(oslo(MON, "09:00")) is None
    assert Availability(OSLO, away=[Away(MON, TUE)]).on(TUE) is None
    assert Availability(OSLO, calendar=Holidays()).on(SAT) is None


def test_clocks_that_leap_or_repeat():
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert moment(spring, time(2, 30), OSLO) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(autumn, time(2, 30), OSLO) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    night = Availability(OSLO, prefers(None, "02:30", "03:15", range(7))).on(spring)
    assert night is not None
    assert (night.opens, night.closes) == (oslo(spring, "03:30"), oslo(spring, "04:15"))


def transitions() -> dict[tuple[object, ...], tuple[ZoneInfo, datetime]]:
    """One zone and moment for each distinct clock change of 2025 to 2028."""
    changes: dict[tuple[object, ...], tuple[ZoneInfo, datetime]] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for at, before, after in _changes(zone):
            local = (at + before).replace(tzinfo=None)
            changes.setdefault((local, before, after), (zone, at))
    return changes


def _changes(zone: ZoneInfo):
    """(moment, offset before, offset after), found by halving between days a week apart."""
    step = timedelta(days=7)
    low = datetime(2025, 1, 1, tzinfo=UTC)
    while low.year < 2029:
        high = low + step
        if _offset(low, zone) != _offset(high, zone):
            left, right = low, high
            while right - left > timedelta(minutes=1):
                middle = left + (right - left) // 120 * 60
                middle = middle.replace(second=0, microsecond=0)
                if _offset(middle, zone) == _offset(low, zone):
                    left = middle
                else:
                    right = middle
            yield right, _offset(low, zone), _offset(high, zone)
        low = high


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def test_at_every_clock_change_each_day_has_one_window():
    changes = transitions()
    assert len(changes) > 40
    for zone, at in changes.values():
        first = (at.astimezone(zone) - timedelta(days=1)).date()
        days = [first + timedelta(days=n) for n in range(4)]
        leap = at.astimezone(zone)
        near = range(leap.hour * 60 + leap.minute - 135, leap.hour * 60 + leap.minute + 90, 45)
        for start in {8 * 60, *(minute % 1440 for minute in near)}:
            for length in (30, 120, 540):
                _one_window_a_day(zone, days, start, length)


def _one_window_a_day(zone: ZoneInfo, days: list[date], start: int, length: int) -> None:
    end = (start + length) % 1440
    preference = AvailabilityPreference(
        days=frozenset(range(7)), start=time(*divmod(start, 60)), end=time(*divmod(end, 60))
    )
    reach = Availability(zone, preference, WEEKDAYS)
    windows = [reach.on(day) for day in days]
    shown = timedelta(minutes=length)
    closed = datetime.min.replace(tzinfo=UTC)
    for window in windows:
        assert window is not None
        assert closed <= window.opens < window.closes
        assert shown - timedelta(hours=2) <= window.closes - window.opens
        assert window.closes - window.opens <= shown + timedelta(hours=2)
        assert reach.next(window.opens) == window
        closed = window.closes
