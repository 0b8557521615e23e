"""R1, R6, R7, R16: what brings a client onto the list beside the rhythm."""

from datetime import date, timedelta

import pytest

from pwa.rules.commitments.recovery_checks import Check, check_days, next_check
from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.contact.neglected_contacts import LastContact, earliest_neglected
from pwa.rules.contact.recaps import RecapDebt, owed_recaps, recap_debt
from pwa.rules.contact.written_threads import written_threads
from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome, Severity, Stage
from tests.rules.build import BEN, DANA, MON, OSLO, oslo

ALARM, DELIVERY = 7, 8


def days(number):
    return timedelta(days=number)


def wrote(day, clock="09:00", contact=DANA, covered=(ALARM,), recap=False, **values):
    made = {"kind": Kind.EMAIL, "direction": Direction.OUT, "wanted": None, **values}
    return ContactEvent(
        contact,
        made["kind"],
        made["direction"],
        Outcome.WRITTEN,
        oslo(MON, clock, day),
        made["wanted"],
        frozenset(covered),
        recap,
    )


def spoke(
    day, clock="09:00", contact=DANA, wanted=Channel.EMAIL, kind=Kind.CALL, direction=Direction.OUT
):
    outcome = Outcome.VISITED if kind is Kind.VISIT else Outcome.SPOKE
    return ContactEvent(contact, kind, direction, outcome, oslo(MON, clock, day), wanted)


def voicemail(day, wanted=Channel.EMAIL):
    return ContactEvent(
        DANA, Kind.CALL, Direction.OUT, Outcome.VOICEMAIL, oslo(MON, "09:00", day), wanted
    )


@pytest.mark.parametrize(
    ("severity", "after"),
    [
        (Severity.LOW, [7]),
        (Severity.MEDIUM, [7, 30, 90]),
        (Severity.HIGH, [7, 30, 90]),
        (None, [7, 30, 90]),
    ],
)
def test_the_days_to_check(severity, after):
    assert check_days(MON, severity) == tuple(MON + days(number) for number in after)
    assert check_days(date.max, severity)[0] == date.max


HIGH = Severity.HIGH


@pytest.mark.parametrize(
    ("case", "live", "severity", "talked", "stored", "expected"),
    [
        ("not talked about yet", None, HIGH, None, (), None),
        ("the first", 0, HIGH, 0, (), 7),
        ("nobody talked since the book began", 0, HIGH, None, (), 7),
        ("talked a day too soon", 0, HIGH, 6, (), 7),
        ("talked on the day", 0, HIGH, 7, (), 30),
        ("talked late, past the second", 0, HIGH, 30, (), 90),
        ("all done", 0, HIGH, 90, (), None),
        ("low ends with the first", 0, Severity.LOW, 7, (), None),
        ("written down: the earliest open", 0, HIGH, 90, [(9, None), (4, None)], 4),
        ("written down: done", 0, HIGH, None, [(4, 5), (9, None)], 9),
        ("written down: only by its own word", 0, HIGH, 90, [(9, None)], 9),
        ("written down: all done", 0, HIGH, None, [(4, 5)], None),
        ("written down, never talked", None, HIGH, None, [(4, None)], None),
    ],
)
def test_the_next_check(case, live, severity, talked, stored, expected):
    def day(number):
        return None if number is None else MON + days(number)

    checks = [Check(day(due), day(done)) for due, done in stored]
    next_day = next_check(day(live), severity, day(talked), checks)
    assert next_day == day(expected), case


def heard(contact, ago=None, asked=None, **values):
    def day(number):
        return None if number is None else MON - days(number)

    return LastContact(contact, day(ago), day(asked), **values)


@pytest.mark.parametrize(
    ("case", "dana", "ben", "stage", "who", "in_days"),
    [
        ("weekly: the eleventh day", heard(DANA, 10), heard(BEN, 1), Stage.WEEKLY, DANA, 1),
        ("and on it", heard(DANA, 11), heard(BEN, 1), Stage.WEEKLY, DANA, 0),
        ("daily: the second", heard(DANA, 2), heard(BEN, 1), Stage.DAILY, DANA, 0),
        ("fortnightly: the 22nd", heard(DANA, 21), heard(BEN, 1), Stage.FORTNIGHTLY, DANA, 1),
        ("twice a week: the fifth", heard(DANA, 5), heard(BEN, 1), Stage.TWICE_WEEKLY, DANA, 0),
        ("nobody else heard later", heard(DANA, 30), heard(BEN, 30), Stage.WEEKLY, None, 0),
        ("nobody else heard at all", heard(DANA, 30), heard(BEN), Stage.WEEKLY, None, 0),
        ("never heard, asked", heard(DANA, None, 20), heard(BEN, 1), Stage.WEEKLY, DANA, -9),
        ("heard before asked", heard(DANA, 20, 3), heard(BEN, 1), Stage.WEEKLY, DANA, -9),
        ("never heard, never asked", heard(DANA), heard(BEN, 1), Stage.WEEKLY, None, 0),
        (
            "only when needed",
            heard(DANA, 90, only_when_needed=True),
            heard(BEN, 1),
            Stage.WEEKLY,
            None,
            0,
        ),
        (
            "their own wish is slower",
            heard(DANA, 30, how_often=Stage.MONTHLY),
            heard(BEN, 1),
            Stage.WEEKLY,
            DANA,
            16,
        ),
        (
            "their own wish is denser",
            heard(DANA, 11, how_often=Stage.WEEKLY),
            heard(BEN, 1),
            Stage.MONTHLY,
            DANA,
            0,
        ),
    ],
)
def test_unheard(case, dana, ben, stage, who, in_days):
    for contacts in ([dana, ben], [ben, dana]):
        neglected = earliest_neglected(contacts, stage)
        assert (neglected and neglected.contact) == who, case
        if neglected:
            assert (neglected.colleague, neglected.day) == (BEN, MON + days(in_days)), case


def test_the_one_who_waits_longest_and_whom_we_spoke_to_instead():
    contacts = [heard(1, 20), heard(2, 40), heard(3, 5), heard(4, 1)]
    neglected = earliest_neglected(contacts, Stage.WEEKLY)
    assert neglected is not None
    assert (neglected.contact, neglected.colleague, neglected.base) == (2, 4, MON - days(40))
    assert earliest_neglected([], Stage.WEEKLY) is None
    assert earliest_neglected([heard(1, 40)], Stage.WEEKLY) is None


@pytest.mark.parametrize(
    ("case", "interactions", "due"),
    [
        ("nothing", [], None),
        ("the same day", [spoke(0)], 0),
        ("six days after", [spoke(-6)], -6),
        ("lapsed on the seventh", [spoke(-7)], None),
        ("they called us", [spoke(0, direction=Direction.IN)], 0),
        ("a visit", [spoke(0, kind=Kind.VISIT)], 0),
        ("who wants text", [spoke(0, wanted=Channel.TEXT)], 0),
        ("who wants calls", [spoke(0, wanted=Channel.PHONE)], None),
        ("not asked by then", [spoke(0, wanted=None)], None),
        ("a voicemail is none", [voicemail(0)], None),
        ("written after", [spoke(-1), wrote(0)], None),
        ("in another channel", [spoke(-1), wrote(0, kind=Kind.TEXT)], None),
        ("at the very moment", [spoke(0, "09:00"), wrote(0, "09:00")], None),
        ("written before", [wrote(0, "08:00"), spoke(0, "09:00")], 0),
        ("they wrote", [spoke(0), wrote(0, "10:00", direction=Direction.IN)], 0),
        ("written to a colleague", [spoke(0), wrote(0, "10:00", BEN)], 0),
        ("the oldest of two", [spoke(-1), spoke(-3)], -3),
        ("one was settled", [spoke(-3), wrote(-2), spoke(-1)], -1),
        ("the older has lapsed", [spoke(-9), spoke(-1)], -1),
        ("late in the evening there", [spoke(-1, "23:30")], -1),
    ],
)
def test_recaps(case, interactions, due):
    recaps = [(recap.contact, recap.due) for recap in owed_recaps(interactions, MON, OSLO)]
    assert recaps == ([] if due is None else [(DANA, MON + days(due))]), case


def test_one_recap_a_contact():
    recaps = owed_recaps([spoke(-1, contact=BEN), spoke(-2), spoke(0)], MON, OSLO)
    assert [recap.contact for recap in recaps] == [DANA, BEN]


@pytest.mark.parametrize(
    ("case", "interactions", "day"),
    [
        ("one is none", [wrote(0)], None),
        ("two on a day", [wrote(0), wrote(0, "15:00")], 0),
        ("a week apart", [wrote(-7, "08:00"), wrote(0, "18:00")], 0),
        ("eight days apart", [wrote(-8, "18:00"), wrote(0, "08:00")], None),
        ("they wrote back", [wrote(-1), wrote(0, direction=Direction.IN)], 0),
        ("by text too", [wrote(-1), wrote(0, kind=Kind.TEXT)], 0),
        ("another matter", [wrote(-1), wrote(0, covered=[DELIVERY])], None),
        ("one matter of several", [wrote(-1), wrote(0, covered=[DELIVERY, ALARM])], 0),
        ("no matter named", [wrote(-1, covered=[]), wrote(0, covered=[])], None),
        ("a recap is none", [wrote(-1), wrote(0, recap=True)], None),
        ("with somebody else", [wrote(-1), wrote(0, contact=BEN)], None),
        ("talked since", [wrote(-2), wrote(-1), spoke(0)], None),
        ("talked between", [wrote(-2), spoke(-1), wrote(0)], None),
        ("talked before", [spoke(-3), wrote(-2), wrote(0)], 0),
        ("talked to a colleague", [wrote(-2), wrote(-1), spoke(0, contact=BEN)], -1),
        ("a voicemail does not end it", [wrote(-2), wrote(-1), voicemail(0)], -1),
        ("still one after weeks", [wrote(-40), wrote(-38)], -38),
        ("the first pair counts", [wrote(-5), wrote(-3), wrote(0)], -3),
        ("the second may be long after the first", [wrote(-30), wrote(-5), wrote(0)], 0),
    ],
)
def test_threads(case, interactions, day):
    expected = [] if day is None else [(DANA, ALARM, MON + days(day))]
    for order in (interactions, interactions[::-1]):
        threads = [
            (thread.contact, thread.request, thread.day) for thread in written_threads(order, OSLO)
        ]
        assert threads == expected, case


def test_threads_by_contact_the_oldest_first():
    threads = written_threads(
        [wrote(-1), wrote(0), wrote(-4, contact=BEN), wrote(-3, contact=BEN)], OSLO
    )
    assert [thread.contact for thread in threads] == [BEN, DANA]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("", None),
        ("promised", RecapDebt.OFFERED),
        ("decided", RecapDebt.OFFERED),
        ("put_right", RecapDebt.OFFERED),
        ("wants_writing", RecapDebt.OWED),
        ("wants_writing promised", RecapDebt.OWED),
        ("wants_writing wrote_since", None),
        ("wants_writing wrote_since decided", RecapDebt.OFFERED),
    ],
)
def test_what_a_conversation_asks_for_afterwards(flags, expected):
    names = ("wants_writing", "wrote_since", "promised", "decided", "put_right")
    assert recap_debt(**{name: name in flags.split() for name in names}) is expected
