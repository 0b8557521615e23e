"""R2, R22: what counts as contact and what it settles."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pwa.rules.contact.contact_events import (
    BookedTime,
    ContactEvent,
    counts_as_contact,
    is_live,
    settles_booking,
    settles_recovery,
    tries_on,
)
from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome
from tests.rules.build import BEN, DANA, MON, OSLO, SYDNEY, TUE, failed_attempt, oslo

IN, OUT = Direction.IN, Direction.OUT
NINE = oslo(MON, "09:00")


def made(kind, outcome, direction=OUT, wanted=Channel.PHONE, contact=DANA, at=NINE):
    return ContactEvent(contact, kind, direction, outcome, at, wanted)


@pytest.mark.parametrize(
    ("case", "interaction", "expected"),
    [
        ("a call that reached them", made(Kind.CALL, Outcome.SPOKE), True),
        ("they called me", made(Kind.CALL, Outcome.SPOKE, IN), True),
        ("a video conversation", made(Kind.VIDEO, Outcome.SPOKE), True),
        ("a visit", made(Kind.VISIT, Outcome.VISITED), True),
        ("met by chance", made(Kind.VISIT, Outcome.SPOKE, IN), True),
        ("a voicemail", made(Kind.CALL, Outcome.VOICEMAIL), False),
        ("no answer", made(Kind.CALL, Outcome.NO_ANSWER), False),
        ("busy", made(Kind.CALL, Outcome.BUSY), False),
        ("a wrong number", made(Kind.CALL, Outcome.WRONG_NUMBER), False),
        ("not in", made(Kind.VISIT, Outcome.NOT_IN), False),
        ("a mail to one who wants calls", made(Kind.EMAIL, Outcome.WRITTEN), False),
        (
            "only a question when to talk",
            replace(made(Kind.EMAIL, Outcome.WRITTEN, wanted=Channel.EMAIL), asks=True),
            False,
        ),
        ("a mail to one not asked", made(Kind.EMAIL, Outcome.WRITTEN, wanted=None), False),
        (
            "a mail to one who wants mail",
            made(Kind.EMAIL, Outcome.WRITTEN, wanted=Channel.EMAIL),
            True,
        ),
        (
            "a text to one who wants texts",
            made(Kind.TEXT, Outcome.WRITTEN, wanted=Channel.TEXT),
            True,
        ),
        (
            "a text to one who wants mail",
            made(Kind.TEXT, Outcome.WRITTEN, wanted=Channel.EMAIL),
            False,
        ),
        (
            "a mail from one who wants mail",
            made(Kind.EMAIL, Outcome.WRITTEN, IN, Channel.EMAIL),
            False,
        ),
        (
            "a call to one who wants mail",
            made(Kind.CALL, Outcome.SPOKE, wanted=Channel.EMAIL),
            True,
        ),
    ],
)
def test_what_counts(case, interaction, expected):
    assert counts_as_contact(interaction) is expected, case


def test_writing_is_never_live():
    assert not is_live(Kind.EMAIL, Outcome.SPOKE)


@pytest.mark.parametrize(
    ("case", "interaction", "expected"),
    [
        ("spoke with her since", made(Kind.CALL, Outcome.SPOKE), True),
        ("she called", made(Kind.CALL, Outcome.SPOKE, IN), True),
        ("spoke with a colleague", made(Kind.CALL, Outcome.SPOKE, contact=BEN), False),
        ("spoke before", made(Kind.CALL, Outcome.SPOKE, at=NINE - timedelta(hours=2)), False),
        ("wrote, as she likes", made(Kind.EMAIL, Outcome.WRITTEN, wanted=Channel.EMAIL), False),
        ("a voicemail", made(Kind.CALL, Outcome.VOICEMAIL), False),
    ],
)
def test_only_a_live_conversation_with_her_settles_a_recovery(case, interaction, expected):
    before = NINE - timedelta(minutes=10)
    assert settles_recovery(interaction, DANA, before) is expected, case


@pytest.mark.parametrize(
    ("case", "interaction", "expected"),
    [
        ("at the time", made(Kind.CALL, Outcome.SPOKE, at=oslo(MON, "15:00")), True),
        ("she called", made(Kind.CALL, Outcome.SPOKE, IN, at=oslo(MON, "15:10")), True),
        ("earlier that day", made(Kind.CALL, Outcome.SPOKE), True),
        ("later that day", made(Kind.CALL, Outcome.SPOKE, at=oslo(MON, "23:50")), True),
        ("the day before", made(Kind.CALL, Outcome.SPOKE, at=oslo(MON, "15:00", -1)), False),
        ("the day after", made(Kind.CALL, Outcome.SPOKE, at=oslo(TUE, "00:10")), False),
        ("of another kind", made(Kind.VISIT, Outcome.VISITED, at=oslo(MON, "15:00")), False),
        ("with a colleague", made(Kind.CALL, Outcome.SPOKE, contact=BEN), False),
        ("a colleague answered", made(Kind.CALL, Outcome.COLLEAGUE_ANSWERED), False),
        ("a voicemail", made(Kind.CALL, Outcome.VOICEMAIL, at=oslo(MON, "15:00")), False),
    ],
)
def test_a_conversation_of_that_kind_on_that_day_settles_a_booking(case, interaction, expected):
    booked = BookedTime(DANA, Kind.CALL, oslo(MON, "15:00"))
    assert settles_booking(interaction, booked, OSLO) is expected, case


def test_the_conversation_in_which_it_was_booked_does_not_settle_it():
    spoke = made(Kind.CALL, Outcome.SPOKE)
    for agreed, expected in ((NINE, False), (NINE - timedelta(minutes=1), True)):
        booked = BookedTime(DANA, Kind.CALL, oslo(MON, "15:00"), agreed)
        assert settles_booking(spoke, booked, OSLO) is expected


@pytest.mark.parametrize(
    ("case", "interactions", "count", "voicemail"),
    [
        ("none", [], 0, False),
        ("no answer", [failed_attempt(Outcome.NO_ANSWER, NINE)], 1, False),
        (
            "no answer, then a voicemail",
            [
                failed_attempt(Outcome.VOICEMAIL, oslo(MON, "13:00")),
                failed_attempt(Outcome.NO_ANSWER, NINE),
            ],
            2,
            True,
        ),
        ("a colleague did not answer", [failed_attempt(Outcome.NO_ANSWER, NINE, BEN)], 0, False),
        ("a colleague answered", [failed_attempt(Outcome.COLLEAGUE_ANSWERED, NINE)], 1, False),
        ("on another day", [failed_attempt(Outcome.BUSY, NINE - timedelta(days=1))], 0, False),
        ("a wrong number", [failed_attempt(Outcome.WRONG_NUMBER, NINE)], 0, False),
        (
            "reached afterwards",
            [failed_attempt(Outcome.BUSY, NINE), failed_attempt(Outcome.SPOKE, oslo(MON, "10:00"))],
            0,
            False,
        ),
        (
            "tried again after a conversation",
            [failed_attempt(Outcome.SPOKE, NINE), failed_attempt(Outcome.BUSY, oslo(MON, "10:00"))],
            1,
            False,
        ),
        ("they missed us: their try", [made(Kind.CALL, Outcome.NO_ANSWER, IN)], 0, False),
    ],
)
def test_tries_of_the_day(case, interactions, count, voicemail):
    tries = tries_on(interactions, DANA, MON, OSLO)
    assert (tries.count, tries.voicemail, tries.spent) == (count, voicemail, count >= 2), case


def test_a_day_of_tries_is_one_of_the_managers_zone():
    late = failed_attempt(Outcome.BUSY, oslo(MON, "23:30"))
    assert tries_on([late], DANA, MON, OSLO).last == oslo(MON, "23:30")
    assert not tries_on([late], DANA, MON, SYDNEY).count


def test_tries_before_a_moment_are_left_out():
    assert not tries_on(
        [failed_attempt(Outcome.BUSY, NINE)], DANA, MON, OSLO, oslo(MON, "09:01")
    ).count
