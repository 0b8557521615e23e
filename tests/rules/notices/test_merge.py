"""One push per person and minute, and one after the quiet hours."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.rules.notices import merge
from pwa.rules.notices.merge import Waiting, decide
from pwa.rules.notices.settings import NoticeSettings
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests.rules.build import MON, OSLO, Holidays, oslo

AT = oslo(MON, "07:30")
MINUTE = timedelta(minutes=1)
OWN = NoticeSettings(OSLO, Holidays())
K = NoticeKind


def notice(number: int, kind: NoticeKind, minutes: int = 600) -> Waiting:
    """One that is of use for so many minutes more."""
    return Waiting(number, kind, AT, AT + minutes * MINUTE)


@pytest.mark.parametrize(
    ("case", "waiting", "send", "later", "absorbed"),
    [
        ("nothing", [], [], [], []),
        ("one", [notice(1, K.DIGEST)], [1], [], []),
        (
            "the digest says what is promised",
            [notice(1, K.PROMISE), notice(2, K.PROMISE_TODAY), notice(3, K.DIGEST)],
            [3],
            [],
            [1, 2],
        ),
        (
            "what was missed, with the morning's list",
            [notice(1, K.OUTCOME), notice(2, K.DIGEST)],
            [2],
            [],
            [1],
        ),
        (
            "promises of two days without a digest",
            [notice(1, K.PROMISE), notice(2, K.PROMISE_TODAY)],
            [2],
            [],
            [1],
        ),
        ("promises without a digest", [notice(1, K.PROMISE), notice(2, K.PROMISE)], [1], [], [2]),
        ("several recoveries", [notice(n, K.RECOVERY) for n in (1, 2, 3)], [1], [], [2, 3]),
        (
            "the one of use longest",
            [notice(1, K.RECOVERY, 25), notice(2, K.RECOVERY)],
            [2],
            [],
            [1],
        ),
        (
            "booked first, the rest a minute later",
            [notice(1, K.DIGEST), notice(2, K.RECOVERY), notice(3, K.BOOKED, 10)],
            [3],
            [1, 2],
            [],
        ),
        ("two booked", [notice(1, K.BOOKED, 10), notice(2, K.BOOKED, 9)], [2], [1], []),
        (
            "two booked, almost too late",
            [notice(1, K.BOOKED, 6), notice(2, K.BOOKED, 6)],
            [1, 2],
            [],
            [],
        ),
        (
            "no minute is left to wait",
            [notice(1, K.BOOKED, 10), notice(2, K.RECOVERY, 1)],
            [1, 2],
            [],
            [],
        ),
        ("of no use any more", [notice(1, K.DIGEST, 0), notice(2, K.PROMISE)], [2], [], [1]),
        ("a test beside anything", [notice(1, K.TEST, 5), notice(2, K.DIGEST)], [2, 1], [], []),
        (
            "the evening says what is unlogged",
            [notice(1, K.UNLOGGED), notice(2, K.EVENING)],
            [2],
            [],
            [1],
        ),
    ],
)
def test_what_becomes_of_them(case, waiting, send, later, absorbed):
    decision = decide(waiting, AT, OWN)
    assert sorted(decision.send) == sorted(send), case
    assert sorted(decision.later) == [(number, AT + MINUTE) for number in later], case
    assert sorted(number for number, _ in decision.absorbed) == absorbed, case


def test_it_says_why():
    waiting = [notice(1, K.PROMISE), notice(2, K.DIGEST), notice(3, K.RECOVERY, 0)]
    assert dict(decide(waiting, AT).absorbed) == {1: merge.IN_DIGEST, 3: merge.TOO_LATE}
    two = [notice(1, K.RECOVERY), notice(2, K.RECOVERY)]
    assert dict(decide(two, AT).absorbed) == {2: merge.MERGED}


@pytest.mark.parametrize(("seconds", "sent"), [(30, False), (60, True)])
def test_a_minute_after_the_last_one(seconds, sent):
    last = AT - timedelta(seconds=seconds)
    assert bool(decide([notice(1, K.RECOVERY)], AT, OWN, last).send) == sent


def test_the_quiet_hours_end_in_one_catch_up():
    night, morning = oslo(MON, "05:00"), oslo(MON, "07:00")
    held = [Waiting(n, K.RECOVERY, night, night + timedelta(hours=12)) for n in (1, 2)]
    unlogged = Waiting(3, K.UNLOGGED, night, night + timedelta(hours=2))
    booked = Waiting(4, K.BOOKED, night, night + 10 * MINUTE)
    decision = decide([*held, unlogged, booked], night, OWN)
    assert decision.send == (4,)
    assert dict(decision.later) == {1: morning, 2: morning}
    assert dict(decision.absorbed) == {3: merge.QUIET}
    assert decide(held, morning, OWN).send == (1,)


KINDS = st.sampled_from(list(NoticeKind))
SOME = st.lists(st.tuples(KINDS, st.integers(-5, 900)), max_size=12)


@given(SOME, st.integers(0, 24 * 60), st.booleans())
def test_none_is_lost_and_few_are_sent_at_once(drawn, minute, busy):
    now = oslo(MON, "00:00") + minute * MINUTE
    waiting = [
        Waiting(number, kind, now - MINUTE, now + left * MINUTE)
        for number, (kind, left) in enumerate(drawn)
    ]
    decision = decide(waiting, now, OWN, now - MINUTE / 2 if busy else None)
    later = [number for number, _ in decision.later]
    absorbed = [number for number, _ in decision.absorbed]
    assert sorted([*decision.send, *later, *absorbed]) == list(range(len(waiting)))
    assert all(now < at < waiting[number].expires_at for number, at in decision.later)
    hurried = [
        number
        for number in decision.send
        if waiting[number].kind is not K.TEST and waiting[number].expires_at > now + 7 * MINUTE
    ]
    assert len(hurried) <= 1
