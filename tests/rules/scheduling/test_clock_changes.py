"""Every change of the clocks in every zone, 2025 to 2028: no window or booked time is skipped or
doubled.

What happens where the clocks leap over a time, or show it twice, is written down in
`rules.windows` and `rules.moments`, and held here.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from pwa.rules.day_list.client_state import Booking, ClientState, ContactState, ManagerContext
from pwa.rules.day_list.row import row_for
from pwa.rules.scheduling.availability import Availability, AvailabilityPreference, clock_window
from pwa.rules.scheduling.cadence import CadenceAgreement
from pwa.rules.vocabulary.enums import Channel, Kind, ReasonCode, Stage
from pwa.rules.vocabulary.timezones import local_day, moment

FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
EVERY_DAY = frozenset(range(7))
HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
LENGTHS = (timedelta(minutes=30), timedelta(hours=2), timedelta(hours=9), timedelta(hours=24))


class AllDays:
    """A country that works every day."""

    def is_working_day(self, day: date) -> bool:
        return True


ALL_DAYS = AllDays()


@dataclass(frozen=True)
class Change:
    """The clocks of `zone` change at `at` by `by`: forward where it is positive."""

    zone: ZoneInfo
    at: datetime
    by: timedelta

    def __str__(self) -> str:
        return f"{self.zone.key} {self.at:%Y-%m-%dT%H:%M} {self.by}"


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def changes_of(zone: ZoneInfo) -> list[Change]:
    """Looks at every twelfth hour, then halves the time down to the minute of the change."""
    changes, before = [], FIRST
    while before < LAST:
        after = before + DAY / 2
        if offset(zone, before) != offset(zone, after):
            low, high = before, after
            while high - low > MINUTE:
                middle = low + (high - low) / 2
                is_before = offset(zone, middle) == offset(zone, before)
                low, high = (middle, high) if is_before else (low, middle)
            by = offset(zone, after) - offset(zone, before)
            changes.append(Change(zone, high.replace(second=0, microsecond=0), by))
        before = after
    return changes


@cache
def every_change() -> tuple[Change, ...]:
    """One zone for each moment at which clocks that show the same change by as much."""
    distinct: dict[tuple[datetime, timedelta, timedelta], Change] = {}
    for name in sorted(available_timezones()):
        for change in changes_of(ZoneInfo(name)):
            shown = offset(change.zone, change.at)
            distinct.setdefault((change.at, change.by, shown), change)
    return tuple(distinct.values())


def days_around(change: Change) -> list[date]:
    day = local_day(change.at, change.zone)
    return [day + number * DAY for number in (-2, -1, 0, 1, 2)]


@pytest.mark.slow
def test_the_clocks_do_change():
    changes = every_change()
    assert len(changes) > 100
    assert {change.by > timedelta() for change in changes} == {True, False}
    assert any(abs(change.by) == timedelta(minutes=30) for change in changes)  # Lord Howe Island


def test_every_day_has_its_window_and_no_two_overlap():
    for change in every_change():
        for start in HOURS:
            for length in LENGTHS:
                end = (datetime.combine(date.min, start) + length).time()
                windows = [
                    clock_window(day, start, end, change.zone) for day in days_around(change)
                ]
                assert all(window.opens < window.closes for window in windows), (
                    str(change),
                    start,
                    length,
                )
                in_order = all(
                    window.closes <= following.opens for window, following in pairwise(windows)
                )
                gap = abs(change.by)
                assert in_order or _reaches_into(windows, gap), (str(change), start, length)


def _reaches_into(windows, gap):
    """A window moved on by the gap may only reach into the next by as much as the clocks leapt."""
    return all(
        window.closes - following.opens <= gap and window.opens < following.opens
        for window, following in pairwise(windows)
    )


@pytest.mark.parametrize(("start", "end"), [(1, 4), (2, 3), (22, 3)])
def test_a_window_can_be_reached_on_every_day_exactly_once(start, end):
    """From midnight on, when the window of the day before is still open where it lasts until 3."""
    for change in every_change():
        wishes = AvailabilityPreference(Channel.PHONE, EVERY_DAY, time(start), time(end))
        reach = Availability(change.zone, wishes, ALL_DAYS)
        first, *rest = days_around(change)
        window_days, at = [], moment(first, time(0), change.zone)
        for _ in days_around(change):
            window = reach.next(at)
            assert window is not None, str(change)
            window_days.append(local_day(window.opens, change.zone))
            at = window.closes
        expected = [first, *rest] if start < end else [first - DAY, first, *rest[:-1]]
        assert window_days == expected, str(change)


@pytest.mark.parametrize("clock", [time(0, 30), time(1, 30), time(2), time(2, 30), time(3)])
def test_a_booked_time_is_a_moment_once(clock):
    """A time in the gap is later by the gap; of one that is shown twice it is the first."""
    for change in every_change():
        for day in days_around(change):
            at = moment(day, clock, change.zone)
            shown = at.astimezone(change.zone)
            leapt = datetime.combine(day, clock) + max(change.by, timedelta())
            assert shown.replace(tzinfo=None) in (datetime.combine(day, clock), leapt), str(change)
            earlier = (at - abs(change.by)).astimezone(change.zone)
            assert earlier.replace(tzinfo=None) != shown.replace(tzinfo=None), str(change)


def test_a_booked_time_stands_on_one_day_of_the_list():
    for change in every_change():
        manager = ManagerContext(change.zone, ALL_DAYS)
        for minutes in (-61, -30, 0, 30, 61):
            at = change.at + minutes * MINUTE
            booked = _client_with(at, change.zone)
            day = local_day(at, change.zone)
            before = moment(day, time(0), change.zone) - MINUTE
            row = row_for(booked, manager, at)
            assert row is not None and row.reason is ReasonCode.BOOKED, str(change)
            assert row_for(booked, manager, before) is None, str(change)


def _client_with(at: datetime, zone: ZoneInfo) -> ClientState:
    """Booked for `at`, and not otherwise due."""
    wishes = AvailabilityPreference(Channel.PHONE, EVERY_DAY, asked_on=date(2025, 1, 1))
    return ClientState(
        id=1,
        name="Halden Freight",
        zone=zone,
        cadence=CadenceAgreement(Stage.QUARTERLY, date(2024, 1, 1)),
        calendar=ALL_DAYS,
        last=at - 10 * DAY,
        contacts=(ContactState(1, "Dana Whitfield", "+4722123456", preference=wishes),),
        bookings=(Booking(1, Kind.CALL, at),),
    )
