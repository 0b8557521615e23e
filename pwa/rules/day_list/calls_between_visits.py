"""Which phone calls fit between the visits of a tour (R20)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pwa.rules.day_list.reason import FAR_FUTURE

A_SHORT_CALL = 15


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit: minutes there, minutes of driving to it, and the moment agreed where there is one.

    The first is driven to from where the tour starts, each other one from the stop before.
    """

    minutes: int
    drive: int
    booked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A phone call: its minutes, from when to when they can be reached, the moment agreed.

    `opens` None means that no window is in sight, `closes` None that it does not close that day.
    """

    minutes: int
    opens: datetime | None
    closes: datetime | None = None
    booked: datetime | None = None

    def fits(self, begin: datetime, end: datetime) -> bool:
        """Whether it can be made from `begin` on and be over by `end`."""
        over = _after(begin, self.minutes)
        is_open = self.opens is not None and self.opens <= begin
        return is_open and over <= min(end, self.closes or FAR_FUTURE)


def calls_between(
    stops: Sequence[Stop], calls: Sequence[Call], start: datetime
) -> list[tuple[int, ...]]:
    """For each stop but the last, the numbers of the calls to make there before driving off (R20).

    All calls are made parked. One with an agreed time is made at its time, at the stop where one
    is by then. One whose window closes before the tour is over is made at the first stop where it
    is open. Where a visit further on has an agreed time, the minutes to spare before driving
    there are filled in the order given; else the last one given that takes at most a quarter of
    an hour is made. No call makes anybody late for an agreed time. What fits nowhere is left out.
    """
    left = dict(enumerate(calls))
    begins = _agreed_by(stops)
    over = _over(stops, start)
    found: list[tuple[int, ...]] = []
    at = start
    for stop, following, latest in zip(stops, stops[1:], begins[1:], strict=False):
        at = _after(max(_after(at, stop.drive), stop.booked or start), stop.minutes)
        gap = _Gap(at, _before(latest, following.drive), following, over, left)
        found.append(tuple(gap.fill()))
        at = gap.at
    return found


@dataclass(slots=True)
class _Gap:
    """The time between two stops: from `at` on, off by `leave`, to the stop `following`."""

    at: datetime
    leave: datetime
    following: Stop
    over: datetime
    left: dict[int, Call]

    def fill(self) -> Iterator[int]:
        for number, call in self._booked():
            if call.booked is None or call.booked < self.at:
                continue  # the call before it takes longer
            if _after(call.booked, call.minutes) > self.leave:
                continue
            yield from self._until(call.booked, call.booked)
            self.at = _after(call.booked, call.minutes)
            del self.left[number]
            yield number
        yield from self._until(self.leave, self.leave if self.leave < FAR_FUTURE else self.at)
        if self.leave == FAR_FUTURE:
            yield from self._a_short_one()

    def _booked(self) -> list[tuple[int, Call]]:
        """The agreed calls that would fall into the next drive or visit, by their time."""
        back = _after(self.at, self.following.drive + self.following.minutes)
        found = [
            (number, call)
            for number, call in self.left.items()
            if call.booked is not None and self.at <= call.booked < back
        ]
        return sorted(found, key=lambda pair: pair[1].booked or FAR_FUTURE)

    def _until(self, end: datetime, spare: datetime) -> Iterator[int]:
        """What closes during the tour and is over by `end`, then what fits the time to `spare`."""
        for must in (True, False):
            for number, call in list(self.left.items()):
                closes = call.closes is not None and call.closes <= self.over
                if call.booked is not None or closes is not must:
                    continue
                if call.fits(self.at, end if must else spare):
                    yield self._make(number)

    def _a_short_one(self) -> Iterator[int]:
        for number, call in reversed(list(self.left.items())):
            short = call.booked is None and call.minutes <= A_SHORT_CALL
            if short and call.fits(self.at, FAR_FUTURE):
                yield self._make(number)
                return

    def _make(self, number: int) -> int:
        self.at = _after(self.at, self.left.pop(number).minutes)
        return number


def most_punctual_tour(stops: Sequence[Sequence[Stop]], start: datetime) -> int:
    """Which of these tours keeps the agreed times best, and of those equal is over first (R20).

    All are the same visits in another order. The first of the best.
    """
    return min(range(len(stops)), key=lambda number: _late_and_over(stops[number], start))


def _late_and_over(stops: Sequence[Stop], start: datetime) -> tuple[timedelta, datetime]:
    at, late = start, timedelta()
    for stop in stops:
        at = _after(at, stop.drive)
        if stop.booked is not None:
            late += max(at - stop.booked, timedelta())
            at = max(at, stop.booked)
        at = _after(at, stop.minutes)
    return late, at


def _agreed_by(stops: Sequence[Stop]) -> list[datetime]:
    """By when each stop must begin for every agreed time from there on to be kept."""
    latest, found = FAR_FUTURE, []
    for stop in reversed(stops):
        latest = min(_before(latest, stop.minutes), stop.booked or FAR_FUTURE)
        found.append(latest)
        latest = _before(latest, stop.drive)
    return found[::-1]


def _over(stops: Sequence[Stop], start: datetime) -> datetime:
    """When the tour is over without a call."""
    return _late_and_over(stops, start)[1]


def _after(at: datetime, minutes: int) -> datetime:
    return at + timedelta(minutes=minutes)


def _before(at: datetime, minutes: int) -> datetime:
    return at if at == FAR_FUTURE else at - timedelta(minutes=minutes)
