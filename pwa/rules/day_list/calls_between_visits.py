"""Schedules phone calls between the visits of a tour (R20)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pwa.rules.day_list.reason import FAR_FUTURE

SHORT_CALL = 15


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit: its minutes, the minutes of driving to it, and its booked time if any.

    The drive begins at the previous stop; for the first, where the tour starts.
    """

    minutes: int
    drive: int
    booked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A phone call: its minutes, the contact's window, and its booked time if any.

    `opens` None means that no window is in sight, `closes` None that it stays open that day.
    """

    minutes: int
    opens: datetime | None
    closes: datetime | None = None
    booked: datetime | None = None

    def fits(self, begin: datetime, end: datetime) -> bool:
        """Whether a call begun at `begin` is inside its window and over by `end`."""
        over = _after(begin, self.minutes)
        is_open = self.opens is not None and self.opens <= begin
        return is_open and over <= min(end, self.closes or FAR_FUTURE)


def calls_between(
    stops: Sequence[Stop], calls: Sequence[Call], start: datetime
) -> list[tuple[int, ...]]:
    """For each stop but the last, the indexes of the calls to make there before driving on (R20).

    A booked call is made at its time, at the stop reached by then. A call whose window closes
    before the tour ends is made at the first stop where it is open. Before a booked visit the
    spare minutes are filled in input order; otherwise the last call of at most `SHORT_CALL`
    minutes is made. No call delays a booked time; calls that fit nowhere are left out.
    """
    left = dict(enumerate(calls))
    begins = _latest_begins(stops)
    over = _tour_end(stops, start)
    planned: list[tuple[int, ...]] = []
    at = start
    for stop, following, latest in zip(stops, stops[1:], begins[1:], strict=False):
        at = _after(max(_after(at, stop.drive), stop.booked or start), stop.minutes)
        gap = _Gap(at, _before(latest, following.drive), following, over, left)
        planned.append(tuple(gap.fill()))
        at = gap.at
    return planned


@dataclass(slots=True)
class _Gap:
    """The time at one stop from `at` on until `leave`, when the drive to `following` begins."""

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
            yield from self._short_call()

    def _booked(self) -> list[tuple[int, Call]]:
        """The booked calls during the next drive or visit, by time."""
        back = _after(self.at, self.following.drive + self.following.minutes)
        booked = [
            (number, call)
            for number, call in self.left.items()
            if call.booked is not None and self.at <= call.booked < back
        ]
        return sorted(booked, key=lambda pair: pair[1].booked or FAR_FUTURE)

    def _until(self, end: datetime, spare: datetime) -> Iterator[int]:
        """Calls whose window closes during the tour, until `end`; then others, until `spare`."""
        for must in (True, False):
            for number, call in list(self.left.items()):
                closes = call.closes is not None and call.closes <= self.over
                if call.booked is not None or closes is not must:
                    continue
                if call.fits(self.at, end if must else spare):
                    yield self._make(number)

    def _short_call(self) -> Iterator[int]:
        for number, call in reversed(list(self.left.items())):
            short = call.booked is None and call.minutes <= SHORT_CALL
            if short and call.fits(self.at, FAR_FUTURE):
                yield self._make(number)
                return

    def _make(self, number: int) -> int:
        self.at = _after(self.at, self.left.pop(number).minutes)
        return number


def most_punctual_tour(stops: Sequence[Sequence[Stop]], start: datetime) -> int:
    """The index of the tour with the least delay to booked times, then the earliest end (R20).

    All tours are the same visits in another order; of equal tours the first.
    """
    return min(range(len(stops)), key=lambda number: _delay_and_end(stops[number], start))


def _delay_and_end(stops: Sequence[Stop], start: datetime) -> tuple[timedelta, datetime]:
    at, late = start, timedelta()
    for stop in stops:
        at = _after(at, stop.drive)
        if stop.booked is not None:
            late += max(at - stop.booked, timedelta())
            at = max(at, stop.booked)
        at = _after(at, stop.minutes)
    return late, at


def _latest_begins(stops: Sequence[Stop]) -> list[datetime]:
    """The latest beginning of each stop that keeps all booked times from there on."""
    latest, begins = FAR_FUTURE, []
    for stop in reversed(stops):
        latest = min(_before(latest, stop.minutes), stop.booked or FAR_FUTURE)
        begins.append(latest)
        latest = _before(latest, stop.drive)
    return begins[::-1]


def _tour_end(stops: Sequence[Stop], start: datetime) -> datetime:
    """The end of the tour without any call."""
    return _delay_and_end(stops, start)[1]


def _after(at: datetime, minutes: int) -> datetime:
    return at + timedelta(minutes=minutes)


def _before(at: datetime, minutes: int) -> datetime:
    return at if at == FAR_FUTURE else at - timedelta(minutes=minutes)
