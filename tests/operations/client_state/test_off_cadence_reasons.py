"""What is written down comes up on its day, by time alone: recaps, checks, the unheard, threads."""

from datetime import date, timedelta

import pytest

from pwa.db import session
from pwa.models import Recovery
from pwa.operations.client_state.due_dates import refresh_due_dates, refresh_lapsed
from pwa.operations.day_list import day_list
from pwa.rules.vocabulary.enums import (
    Channel,
    Direction,
    ReasonCode,
    RowKind,
    RowTier,
    Severity,
    Stage,
)
from tests import factories
from tests.factories import NOW  # a Friday
from tests.operations.exchanges import happened, line, person, row_after, wrote


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone")


@pytest.fixture
def halden(manager):
    return factories.client(manager, stage=Stage.QUARTERLY)


def test_a_recap_is_owed_the_same_day_and_lapses_by_itself(halden):
    happened(person(halden, channel=Channel.EMAIL), 0)
    refresh_due_dates([halden.id], NOW)
    row = row_after(halden, 0)
    assert (row.tier, row.reason, row.kind) == (
        RowTier.PROMISE,
        ReasonCode.RECAP_DUE,
        RowKind.WRITE,
    )
    assert line(row) == "Write the recap: you spoke today · due today"
    assert line(row_after(halden, 6), 6).startswith("Write the recap: you spoke on 20 November")
    assert "6 days late" in line(row_after(halden, 6), 6)
    assert row_after(halden, 7) is None


def test_a_recap_does_not_wait_for_the_window(halden):
    happened(person(halden, channel=Channel.EMAIL), 0)
    refresh_due_dates([halden.id], NOW)
    evening = NOW + timedelta(hours=10)
    (row,) = day_list.for_manager(halden.owner, evening).rows
    assert row.open_now


def test_a_lapsed_recap_is_no_longer_looked_at(halden):
    happened(person(halden, channel=Channel.EMAIL), 0)
    refresh_due_dates([halden.id], NOW)
    session.refresh(halden)
    assert halden.promised_on == NOW.date()
    for days, settled in ((7, 0), (8, 1), (9, 0)):
        assert refresh_lapsed(NOW + timedelta(days=days)) == settled, days
    session.refresh(halden)
    assert halden.promised_on is None


def test_an_open_promise_keeps_its_day(halden):
    happened(person(halden, channel=Channel.EMAIL), 0)
    factories.promise(halden, due=NOW.date())
    refresh_due_dates([halden.id], NOW)
    assert refresh_lapsed(NOW + timedelta(days=30)) == 0


def test_what_we_wrote_settles_it(halden):
    dana = person(halden, channel=Channel.EMAIL)
    happened(dana, 1)
    wrote(dana, 0)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 0) is None


def test_the_channel_of_that_day_decides(halden):
    dana = person(halden, channel=Channel.EMAIL, is_current=False)
    today = NOW.date()
    factories.preference(dana, Channel.PHONE, asked_on=today)
    happened(dana, 1)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 0).reason is ReasonCode.RECAP_DUE
    happened(dana, 0)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 0).due == today - timedelta(days=1)


def recovery(contact, live_days_ago, **values):
    live = NOW - timedelta(days=live_days_ago)
    made = {"severity": Severity.HIGH, "opened": live - timedelta(hours=2), "live": live, **values}
    made.setdefault("cause", "late")
    row = Recovery(client_id=contact.client_id, contact_id=contact.id, **made)
    return factories.save(row)


def test_a_check_comes_up_a_week_after_and_is_done_by_a_talk(halden):
    dana, ben = person(halden), person(halden, "Ben Stone", only_when_needed=True)
    happened(dana, 0)
    recovery(dana, 0)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 6) is None
    row = row_after(halden, 7)
    assert (row.tier, row.reason, row.contact_id) == (RowTier.CADENCE, ReasonCode.CHECK, dana.id)
    assert line(row, 7) == "Ask whether it is right again: late"
    happened(ben, -7)
    refresh_due_dates([halden.id], NOW + timedelta(days=7))
    assert row_after(halden, 7).reason is ReasonCode.CHECK
    happened(dana, -7)
    refresh_due_dates([halden.id], NOW + timedelta(days=7))
    assert row_after(halden, 7) is None
    assert row_after(halden, 30).reason is ReasonCode.CHECK


@pytest.mark.parametrize(
    ("checks", "days"),
    [
        (["2026-11-22"], 2),
        ([{"due": "2026-11-21", "done": "2026-11-21"}, {"due": "2026-11-23", "done": None}], 3),
    ],
)
def test_written_checks_count_as_written(halden, checks, days):
    dana = person(halden)
    happened(dana, 0)
    recovery(dana, 0, checks=checks)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, days - 1) is None
    assert row_after(halden, days).reason is ReasonCode.CHECK


def test_the_second_time_is_said(halden):
    dana = person(halden)
    recovery(dana, 90, closed=NOW - timedelta(days=60), cause="Late again")
    recovery(dana, 0, live=None, opened=NOW - timedelta(hours=1), cause="late AGAIN")
    refresh_due_dates([halden.id], NOW)
    assert line(row_after(halden, 0)).startswith("The second time: late AGAIN")


def test_no_check_once_it_is_closed(halden):
    dana = person(halden)
    happened(dana, 0)
    recovery(dana, 20, closed=NOW)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 0) is None


def test_somebody_who_hears_nothing_is_named(manager, halden):
    dana = person(halden, how_often=Stage.WEEKLY)
    ben = person(halden, "Ben Stone")
    marc = factories.user(name="Marc Ruud", team_=manager.team)
    happened(dana, 9)
    happened(ben, 0, user_id=marc.id)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 1) is None
    row = row_after(halden, 2)
    assert (row.tier, row.reason, row.contact_id) == (RowTier.CADENCE, ReasonCode.UNHEARD, dana.id)
    words = "Marc spoke to Ben on 20 November; Dana has heard nothing for 11 days"
    assert line(row, 2).startswith(words)
    happened(dana, -2)
    refresh_due_dates([halden.id], NOW + timedelta(days=2))
    assert row_after(halden, 3) is None


def test_what_is_raised_is_found_among_many_who_are_due(halden):
    manager = halden.owner
    dana = person(halden, how_often=Stage.DAILY)
    happened(dana, 60)
    happened(person(halden, "Ben Stone"), 1)
    others = [factories.client(manager, f"Due {number}") for number in range(60)]
    for one in others:
        happened(person(one), 8)
    refresh_due_dates([halden.id, *(one.id for one in others)], NOW)
    assert halden.id in day_list.load_candidates(manager, NOW, ())


def test_what_the_manager_said_is_said_to_them(halden):
    dana = person(halden, how_often=Stage.WEEKLY)
    happened(dana, 20)
    happened(person(halden, "Ben Stone"), 1)
    refresh_due_dates([halden.id], NOW)
    assert line(row_after(halden, 0)).startswith(
        "You spoke to Ben yesterday; Dana has heard nothing for 20 days"
    )


def test_the_second_message_on_one_matter_becomes_a_call(halden):
    dana = person(halden, channel=Channel.EMAIL)
    alarm = factories.request(halden)
    happened(dana, 8)
    wrote(dana, 3, covered=[alarm])
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 0) is None
    wrote(dana, 0, covered=[alarm], direction=Direction.IN)
    refresh_due_dates([halden.id], NOW)
    row = row_after(halden, 0)
    assert (row.tier, row.reason, row.kind) == (RowTier.CADENCE, ReasonCode.THREAD, RowKind.CALL)
    assert "Written about twice: Backup alarm. Talk instead" in line(row)
    happened(dana, -1)
    wrote(dana, -1)
    refresh_due_dates([halden.id], NOW + timedelta(days=1))
    assert row_after(halden, 1) is None


def test_the_past_is_told_without_what_came_after(halden):
    dana = person(halden, channel=Channel.EMAIL)
    happened(dana, 3)
    wrote(dana, 1)
    refresh_due_dates([halden.id], NOW)
    then = NOW - timedelta(days=2)
    assert [row.reason for row in day_list.whole_list(halden.owner, then, past=True)] == [
        ReasonCode.RECAP_DUE
    ]
    assert day_list.whole_list(halden.owner, NOW, past=True) == []


def test_a_correction_takes_back_what_it_brought_up(halden):
    talk = happened(person(halden, channel=Channel.EMAIL), 0)
    refresh_due_dates([halden.id], NOW)
    talk.superseded_at = NOW
    session.flush()
    refresh_due_dates([halden.id], NOW)
    row = row_after(halden, 0)
    assert row is None or row.reason is not ReasonCode.RECAP_DUE


def test_somebody_new_at_a_known_client_has_a_first_call(manager, halden):
    happened(person(halden), 1)
    ben = person(halden, "Ben Stone")
    ben.new_since = NOW.date()
    refresh_due_dates([halden.id], NOW)
    row = row_after(halden, 0)
    assert (row.reason, row.contact_id, row.due) == (ReasonCode.FIRST, ben.id, date(2026, 11, 24))
    assert [one.client_id for one in day_list.for_manager(manager, NOW).rows] == [halden.id]
    happened(ben, 0)
    refresh_due_dates([halden.id], NOW)
    assert row_after(halden, 0) is None
