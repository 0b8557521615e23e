"""R4, R5, R6: what was asked for, whether it is what we do, and the talk offered each quarter."""

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest

from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.contact.preference import (
    Answer,
    AskReason,
    ComplianceEntry,
    Compromise,
    UnmetPreference,
    answer_valid_on,
    ask_again,
    compliance,
    kind_of,
    live_offer_due,
    unmet_preference,
)
from pwa.rules.scheduling.availability import AvailabilityPreference
from pwa.rules.vocabulary.enums import Channel, Compliance, Direction, Kind, Outcome
from pwa.rules.vocabulary.settings import RuleSettings
from tests.rules.build import DANA, MON, NEW_YORK, OSLO, SUN, oslo

IN, OUT = Direction.IN, Direction.OUT
ASKED = date(2026, 10, 3)
HONOURED, NOT_HONOURED = Compliance.HONOURED, Compliance.NOT_HONOURED


def answer(channel=Channel.PHONE, start=None, end=None, days=None, asked=ASKED, **more):
    opens, closes = (time.fromisoformat(clock) if clock else None for clock in (start, end))
    wanted = frozenset(days) if days is not None else None
    return Answer(AvailabilityPreference(channel, wanted, opens, closes, asked), **more)


def stamped(kind, clock, preference, direction=OUT, day=MON, zone=OSLO):
    event = ContactEvent(DANA, kind, direction, Outcome.NO_ANSWER, oslo(day, clock))
    return compliance(event, preference, zone, day)


MATTERS = Compromise("call me when it matters, otherwise mail", date(2026, 11, 1), Channel.PHONE)
MAIL = answer(Channel.EMAIL)
MAIL_OR_CALL = answer(Channel.EMAIL, compromise=MATTERS)
EARLY = answer(start="08:00", end="10:00", days=[0, 1, 2])
LATE = answer(start="22:00", end="02:00", days=[6])


@pytest.mark.parametrize(
    ("case", "stamp", "expected"),
    [
        ("nobody asked", stamped(Kind.CALL, "09:00", None), Compliance.NOT_ASKED),
        ("asked, no channel", stamped(Kind.CALL, "09:00", answer(None)), Compliance.NOT_ASKED),
        ("not asked, they called", stamped(Kind.CALL, "09:00", None, IN), Compliance.NOT_ASKED),
        ("a call to who wants calls", stamped(Kind.CALL, "23:00", answer()), HONOURED),
        ("a visit to who wants calls", stamped(Kind.VISIT, "09:00", answer()), NOT_HONOURED),
        ("a mail to who wants mail", stamped(Kind.EMAIL, "09:00", MAIL), HONOURED),
        ("a text to who wants mail", stamped(Kind.TEXT, "09:00", MAIL), NOT_HONOURED),
        ("a call to who wants mail", stamped(Kind.CALL, "09:00", MAIL), NOT_HONOURED),
        ("who wants mail called us", stamped(Kind.CALL, "22:00", MAIL, IN), HONOURED),
        ("with their first moment", stamped(Kind.CALL, "08:00", EARLY), HONOURED),
        ("before their last moment", stamped(Kind.CALL, "09:59", EARLY), HONOURED),
        ("at their last moment", stamped(Kind.CALL, "10:00", EARLY), NOT_HONOURED),
        ("on another day", stamped(Kind.CALL, "09:00", EARLY, day=SUN), NOT_HONOURED),
        ("by their own clock", stamped(Kind.CALL, "15:00", EARLY, zone=NEW_YORK), HONOURED),
        ("by ours only", stamped(Kind.CALL, "09:00", EARLY, zone=NEW_YORK), NOT_HONOURED),
        ("past their midnight", stamped(Kind.CALL, "01:00", LATE), HONOURED),
        ("the night after", stamped(Kind.CALL, "23:00", LATE), NOT_HONOURED),
        ("after six", stamped(Kind.CALL, "18:00", answer(start="18:00")), HONOURED),
        ("not yet six", stamped(Kind.CALL, "17:59", answer(start="18:00")), NOT_HONOURED),
        ("before seven", stamped(Kind.CALL, "06:30", answer(end="07:00")), HONOURED),
        ("as was agreed", stamped(Kind.CALL, "09:00", MAIL_OR_CALL), Compliance.COMPROMISE),
        ("and as asked", stamped(Kind.EMAIL, "09:00", MAIL_OR_CALL), HONOURED),
        ("in no channel agreed on", stamped(Kind.VISIT, "09:00", MAIL_OR_CALL), NOT_HONOURED),
        (
            "before it was agreed",
            stamped(Kind.CALL, "09:00", MAIL_OR_CALL, day=date(2026, 10, 31)),
            NOT_HONOURED,
        ),
        (
            "agreed without a channel",
            stamped(Kind.VISIT, "09:00", answer(Channel.EMAIL, compromise=Compromise("any"))),
            Compliance.COMPROMISE,
        ),
    ],
)
def test_stamps(case, stamp, expected):
    assert stamp is expected, case


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_has_its_kind(channel):
    assert stamped(kind_of(channel), "09:00", answer(channel)) is HONOURED


@dataclass(frozen=True)
class Said:
    channel: str
    asked_on: date | None
    is_current: bool = False


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 30), "by a list"),
        (date(2026, 10, 3), "phone"),
        (date(2026, 10, 31), "phone"),
        (date(2026, 11, 1), "mail"),
        (date(2026, 12, 24), "mail"),
    ],
)
def test_the_answer_valid_on_a_day_is_the_latest_given_by_then(day, expected):
    answers = [
        Said("mail", date(2026, 11, 1), is_current=True),
        Said("text", date(2026, 11, 1)),
        Said("phone", date(2026, 10, 3)),
        Said("by a list", None),
    ]
    valid = answer_valid_on(answers, day)
    assert valid is not None
    assert valid.channel == expected


def test_nothing_is_valid_before_anybody_asked():
    assert answer_valid_on([Said("mail", date(2026, 11, 1))], date(2026, 10, 31)) is None


def calls(*stamps, kind=Kind.CALL, direction=OUT, last=MON, every=2):
    return [
        ComplianceEntry(last - timedelta(days=every * n), kind, direction, stamp)
        for n, stamp in enumerate(stamps)
    ]


OLD = answer(asked=MON - timedelta(days=181))
AGED = answer(asked=MON - timedelta(days=180))
MISSED = calls(NOT_HONOURED, NOT_HONOURED)


@pytest.mark.parametrize(
    ("case", "preference", "recent", "expected"),
    [
        ("nobody asked", None, [], AskReason.UNKNOWN),
        ("no channel named", answer(None), [], AskReason.UNKNOWN),
        ("asked and met", answer(), calls(HONOURED), None),
        ("180 days ago", AGED, [], None),
        ("181 days ago", OLD, [], AskReason.OLD),
        ("by a list, without a day", answer(asked=None), [], None),
        ("two, both missed", MAIL, MISSED, AskReason.UNMET),
        ("one, missed", MAIL, calls(NOT_HONOURED), None),
        ("two of four", MAIL, MISSED + calls(HONOURED, HONOURED, last=SUN), AskReason.UNMET),
        ("one of four", MAIL, calls(NOT_HONOURED, HONOURED, HONOURED, HONOURED), None),
        ("mended: four since", MAIL, calls(*[HONOURED] * 4) + MISSED[1:], None),
        ("by agreement", MAIL, calls(Compliance.COMPROMISE, Compliance.COMPROMISE), None),
        ("they called us", MAIL, calls(NOT_HONOURED, NOT_HONOURED, direction=IN), None),
        ("61 days ago", MAIL, calls(NOT_HONOURED, NOT_HONOURED, last=date(2026, 9, 22)), None),
        ("asked since", answer(Channel.EMAIL, asked=MON), MISSED, None),
        ("old and unmet", OLD, calls(NOT_HONOURED, NOT_HONOURED, every=1), AskReason.UNMET),
    ],
)
def test_when_to_ask_again(case, preference, recent, expected):
    today = MON if case != "two of four" else SUN
    assert ask_again(preference, recent, today) is expected, case


def test_how_long_an_answer_holds_may_be_changed():
    assert ask_again(AGED, [], MON, RuleSettings(ask_again_days=90)) is AskReason.OLD


def test_who_was_phoned_four_times_a_week_but_had_asked_for_mail():
    """The founding case: she complained of silence; every call was one she had not asked for."""
    week = [stamped(Kind.CALL, "10:00", MAIL, day=MON + timedelta(days=n)) for n in range(4)]
    assert week == [NOT_HONOURED] * 4
    recent = calls(*week, last=MON + timedelta(days=3), every=1)
    today = MON + timedelta(days=4)
    assert unmet_preference(MAIL, recent, today) == UnmetPreference(4, 4, Kind.CALL)
    assert ask_again(MAIL, recent, today) is AskReason.UNMET


LONG_AGO, LATELY = MON - timedelta(days=91), MON - timedelta(days=90)


@pytest.mark.parametrize(
    ("case", "preference", "live", "declined", "expected"),
    [
        ("a quarter without a talk", answer(Channel.EMAIL, asked=None), LONG_AGO, None, True),
        ("never talked", answer(Channel.TEXT, asked=LONG_AGO), None, None, True),
        ("talked lately", answer(Channel.EMAIL, asked=None), LATELY, None, False),
        ("declined lately", answer(Channel.EMAIL, asked=None), LONG_AGO, LATELY, False),
        ("declined a quarter ago", answer(Channel.EMAIL, asked=None), None, LONG_AGO, True),
        ("asked lately", answer(Channel.EMAIL, asked=LATELY), None, None, False),
        ("wants calls", answer(Channel.PHONE, asked=None), None, None, False),
        ("nobody asked", None, None, None, False),
        (
            "only when it concerns them",
            answer(Channel.EMAIL, asked=None, only_when_needed=True),
            None,
            None,
            False,
        ),
    ],
)
def test_a_conversation_is_offered_once_a_quarter(case, preference, live, declined, expected):
    assert live_offer_due(preference, live, declined, MON) is expected, case
