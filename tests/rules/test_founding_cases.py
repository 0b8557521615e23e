"""What this is made for, told from beginning to end through the rules.

The office manager who was called daily, then twice a week, then weekly is in test_taper.py; the
customer who was phoned four times a week and had asked for e-mail in test_preference.py and
test_client_view.py.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from pwa.rules.brief.recovery import (
    all_checks_done,
    complete_checks,
    is_second_time,
    recovery_lines,
    writing_locked,
)
from pwa.rules.commitments.recovery_checks import Check, check_days
from pwa.rules.contact.neglected_contacts import LastContact
from pwa.rules.day_list.client_state import Recovery, Request
from pwa.rules.day_list.row import Row, row_for
from pwa.rules.scheduling.availability import AvailabilityPreference
from pwa.rules.scheduling.cadence import CadenceAgreement, IntensificationTerms
from pwa.rules.scheduling.intensification import ended_intensification, ends_intensification
from pwa.rules.vocabulary.enums import (
    Channel,
    Outcome,
    Priority,
    ReasonCode,
    RequestKind,
    RowKind,
    Severity,
    Stage,
)
from pwa.rules.vocabulary.timezones import local_day
from tests.rules.build import DANA, DESK, OSLO, client, dana, failed_attempt, oslo, prefers

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
CAUSE = "delivery missing"


def at(day: date, clock: str) -> datetime:
    return oslo(day, clock)


def row(facts, moment: datetime) -> Row:
    client_row = row_for(facts, DESK, moment)
    assert client_row is not None
    return client_row


def test_the_delivery_that_never_arrived():
    """Opened on Friday at half past four: the deadline waits for Monday and for her hours."""
    opened = at(FRIDAY, "16:30")
    wrong = Recovery(DANA, CAUSE, opened, Severity.HIGH, id=1)
    halden = client(
        contacts=(dana(preference=prefers(Channel.EMAIL, "10:00", "12:00")),),
        last=at(FRIDAY, "09:00"),
        recoveries=(wrong,),
    )

    # She asked for e-mail; something went wrong, so she is called. Nobody is disturbed on Friday.
    first = row(halden, at(FRIDAY, "16:40"))
    assert (first.reason, first.kind, first.step.at) == (
        ReasonCode.RECOVERY,
        RowKind.CALL,
        at(MONDAY, "10:00"),
    )
    assert not first.step.prepared
    assert writing_locked([wrong], DANA)

    # Prepared: the lines hold what we will do.
    wrong = replace(wrong, prepared=True)
    lines = recovery_lines("a courier brings it today", None)
    assert "a courier brings it today" in [line.words for line in lines]

    # A voicemail opens nothing, and the row comes back inside her window.
    left = replace(
        halden, recoveries=(wrong,), tries=(failed_attempt(Outcome.VOICEMAIL, at(MONDAY, "10:05")),)
    )
    again = row(left, at(MONDAY, "10:30"))
    assert again.reason is ReasonCode.RETRY and again.step.of is ReasonCode.RECOVERY
    assert again.waits_until is not None and again.waits_until < at(MONDAY, "12:00")
    assert writing_locked([wrong], DANA)

    # They talked about it: first on the list no longer, the mail opens, the checks begin.
    talked = at(MONDAY, "11:10")
    checks = tuple(Check(day) for day in check_days(MONDAY, Severity.HIGH))
    wrong = replace(wrong, live=talked, checks=checks)
    assert not writing_locked([wrong], DANA)
    calm = replace(
        halden,
        recoveries=(wrong,),
        last=talked,
        heard=(LastContact(DANA, MONDAY, talked=MONDAY),),
        cadence=CadenceAgreement(Stage.QUARTERLY, date(2026, 10, 1)),
    )
    week = MONDAY + timedelta(days=7)
    assert row_for(calm, DESK, at(MONDAY + timedelta(days=3), "10:30")) is None
    check = row(calm, at(week, "10:30"))
    assert (check.reason, check.kind) == (ReasonCode.CHECK, RowKind.CALL)

    # It held, three times over; then the same again is a second time.
    for day in (check.due for check in wrong.checks):
        checks = complete_checks(checks, day)
    assert all_checks_done(checks)
    assert is_second_time("Delivery missing", [CAUSE])


def test_the_client_under_migration():
    """Weekly, then daily for the migration until Friday; afterwards weekly again, said aloud."""
    end = date(2026, 11, 27)
    dense = IntensificationTerms(Stage.DAILY, end, "migration", since=MONDAY)
    agreement = CadenceAgreement(Stage.WEEKLY, date(2026, 10, 1), dense)
    open_one = Request(RequestKind.REQUEST, "Move the phones", Priority.HIGH)
    halden = client(
        contacts=(dana(preference=AvailabilityPreference(Channel.PHONE)),),
        cadence=agreement,
        last=at(FRIDAY, "09:00"),
        requests=(open_one,),
    )
    # Every day, and not late although they last talked before it began.
    monday = row(halden, at(MONDAY, "09:00"))
    assert (monday.reason, monday.step.days_late) == (ReasonCode.INTENSIFIED, 0)
    for number in range(1, 5):
        day = MONDAY + timedelta(days=number)
        spoken = replace(halden, last=at(day - timedelta(days=1), "09:00"))
        assert row(spoken, at(day, "09:00")).reason is ReasonCode.INTENSIFIED
        assert ends_intensification(agreement, day, spoken.calendar) is (day == end), day

    # Talked on the last day: a week later, and the end is said until then.
    over = replace(halden, last=at(end, "09:00"))
    assert row_for(over, DESK, at(end + timedelta(days=3), "09:00")) is None
    weekly = row(over, at(end + timedelta(days=7), "09:00"))
    assert (weekly.reason, weekly.step.stage) == (ReasonCode.CADENCE_DUE, Stage.WEEKLY)
    today = local_day(at(end + timedelta(days=7), "09:00"), OSLO)
    assert ended_intensification(agreement, end, today) == dense
    assert ended_intensification(agreement, today, today + timedelta(days=1)) is None
