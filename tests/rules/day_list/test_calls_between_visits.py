"""R20: which calls are made between which visits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.rules.day_list.calls_between_visits import Call, Stop, calls_between, most_punctual_tour
from tests.rules.build import MON, oslo


def clock(text):
    return None if text is None else oslo(MON, text)


def stop(minutes=45, drive=15, booked=None):
    return Stop(minutes, drive, clock(booked))


def call(minutes=10, opens="08:00", closes="17:00", booked=None):
    return Call(minutes, clock(opens), clock(closes), clock(booked))


# From nine: there at 9:15, done at 10:00; there at 10:15, done at 11:00; there at 11:15, done 12:00
THREE = [stop(), stop(), stop()]


@pytest.mark.parametrize(
    ("case", "stops", "calls", "expected"),
    [
        ("no visit", [], [call()], []),
        ("one visit has nothing between", [stop()], [call()], []),
        ("no call", THREE, [], [(), ()]),
        ("a short one each, the last first", THREE, [call(), call(), call()], [(2,), (1,)]),
        ("a long one waits", THREE, [call(20)], [(), ()]),
        ("nobody in sight", THREE, [call(opens=None)], [(), ()]),
        ("opens later", THREE, [call(opens="10:30")], [(), (0,)]),
        ("opens as it is called", THREE, [call(opens="10:00")], [(0,), ()]),
        ("closes during the tour", THREE, [call(20, closes="11:30"), call()], [(0, 1), ()]),
        ("closes too soon", THREE, [call(closes="10:05")], [(), ()]),
        ("closes as it is over", THREE, [call(closes="10:10")], [(0,), ()]),
        ("closed already", THREE, [call(closes="09:30")], [(), ()]),
        ("booked in the first gap", THREE, [call(booked="10:05")], [(0,), ()]),
        ("booked in the second gap", THREE, [call(booked="11:05")], [(), (0,)]),
        ("booked while at the first", THREE, [call(booked="09:30")], [(), ()]),
        ("booked after the tour", THREE, [call(booked="14:00")], [(), ()]),
        (
            "time before the booked call",
            THREE,
            [call(booked="10:40"), call(20, closes="11:00")],
            [(1, 0), ()],
        ),
        (
            "time before a booked visit, in order",
            [stop(), stop(booked="11:00")],
            [call(20), call(20), call(20)],
            [(0, 1)],
        ),
        ("to the minute", [stop(), stop(booked="10:25")], [call()], [(0,)]),
        ("never late for a visit", [stop(), stop(booked="10:24")], [call()], [()]),
        (
            "nor for one further on",
            [stop(), stop(), stop(booked="11:15")],
            [call(closes="12:00")],
            [(), ()],
        ),
        (
            "nor for an agreed call",
            [stop(), stop(booked="10:30")],
            [call(booked="10:00"), call(booked="10:10")],
            [(0,)],
        ),
        (
            "one agreed call over the other",
            THREE,
            [call(booked="10:05"), call(booked="10:10")],
            [(0,), ()],
        ),
    ],
)
def test_the_calls_between(case, stops, calls, expected):
    assert calls_between(stops, calls, oslo(MON, "09:00")) == expected, case


@pytest.mark.parametrize(
    ("case", "tours", "best"),
    [
        ("the way as driven", [[stop(), stop(drive=30)], [stop(drive=10), stop(drive=30)]], 1),
        ("alike: the first", [THREE, THREE], 0),
        (
            "the agreed time is kept",
            [[stop(), stop(booked="09:30")], [stop(booked="09:30"), stop()]],
            1,
        ),
        ("no idle hours", [[stop(booked="11:00"), stop()], [stop(), stop(booked="11:00")]], 1),
    ],
)
def test_the_tour_that_keeps_agreed_times(case, tours, best):
    assert most_punctual_tour(tours, oslo(MON, "09:00")) == best, case


minutes = st.integers(0, 90)
moments = st.none() | st.times().map(lambda at: oslo(MON, at.strftime("%H:%M")))
a_stop = st.builds(Stop, minutes, minutes, moments)
a_call = st.builds(Call, minutes, moments, moments, moments)


@given(st.lists(a_stop, max_size=6), st.lists(a_call, max_size=8))
def test_each_call_at_most_once_and_one_gap_for_each_pair(stops, calls):
    planned = calls_between(stops, calls, oslo(MON, "09:00"))
    assert len(planned) == max(0, len(stops) - 1)
    made = [number for gap in planned for number in gap]
    assert len(made) == len(set(made)) and set(made) <= set(range(len(calls)))
