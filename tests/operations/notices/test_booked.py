"""The reminder of a booked time is written, moved and cancelled with the booking itself."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Booking, Cover, Notice
from pwa.operations import notices
from pwa.operations.calls import bookings
from pwa.operations.calls.commitments import Commitments
from pwa.operations.calls.record import CallOutcome, record
from pwa.rules.vocabulary.enums import Direction, Kind, Outcome
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.factories import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AT = NOW + timedelta(hours=4)  # 14:40 in Oslo
OSLO_CITY, DRAMMEN = (59.91, 10.75), (59.74, 10.20)


@pytest.fixture
def charlie(db):
    return factories.user(team_=factories.team())


@pytest.fixture
def halden(charlie):
    return factories.contact(factories.client(charlie)).client


def place(client, position):
    client.latitude, client.longitude = position
    return client


def waiting(db) -> list[Notice]:
    query = sa.select(Notice).where(Notice.kind == NoticeKind.BOOKED).order_by(Notice.due_at)
    return list(db.scalars(query.execution_options(populate_existing=True)))


def test_it_is_written_with_the_booking(db, charlie, halden):
    booking = bookings.book(halden, halden.contacts[0], Kind.CALL, AT, NOW)
    (notice,) = waiting(db)
    assert (notice.user_id, notice.client_id) == (charlie.id, halden.id)
    assert (notice.due_at, notice.next_try_at) == (AT - 5 * MINUTE, AT - 5 * MINUTE)
    assert notice.expires_at == AT + 5 * MINUTE
    assert notice.subject == f"{booking.id}@{AT:%Y%m%dT%H%M}"
    assert notices.plan(AT - 5 * MINUTE) == 0


def test_it_goes_with_the_booking(db, halden):
    kept = bookings.book(halden, None, Kind.CALL, AT + HOUR, NOW)
    bookings.cancel(bookings.book(halden, None, Kind.CALL, AT, NOW), NOW)
    assert [notice.subject.partition("@")[0] for notice in waiting(db)] == [str(kept.id)]


def test_it_moves_with_the_booking(db, halden):
    booking = bookings.book(halden, None, Kind.CALL, AT, NOW)
    for at in (AT + HOUR, AT):  # away and back again
        booking.at = at
        notices.booked.keep_in_step(booking, NOW)
        assert [notice.due_at for notice in waiting(db)] == [at - 5 * MINUTE]


def test_a_visit_that_moves_away_leaves_the_next_one_without_its_way(db, charlie, halden):
    far = place(factories.client(charlie, "Drammen Works"), DRAMMEN)
    before = bookings.book(place(halden, OSLO_CITY), None, Kind.VISIT, AT, NOW)
    bookings.book(far, None, Kind.VISIT, AT + 2 * HOUR, NOW)
    before.at = AT + 72 * HOUR
    notices.booked.keep_in_step(before, NOW)
    assert [notice.due_at for notice in waiting(db)] == [AT + 90 * MINUTE, AT + 71.5 * HOUR]


def test_what_is_being_sent_is_left_to_be_skipped(db, halden):
    booking = bookings.book(halden, None, Kind.CALL, AT, NOW)
    waiting(db)[0].expanded_at = NOW
    booking.at = AT + HOUR
    notices.booked.keep_in_step(booking, NOW)
    assert [notice.due_at for notice in waiting(db)] == [AT - 5 * MINUTE, AT + 55 * MINUTE]


def test_an_agreed_time_is_written_in_the_transaction_of_the_call(db, charlie, halden):
    agreed = Commitments(next_talk=AT)
    call = CallOutcome("k", Kind.CALL, Direction.OUT, Outcome.SPOKE, NOW, agreed=agreed)
    record(halden, halden.contacts[0], charlie, call, NOW)
    assert [notice.due_at for notice in waiting(db)] == [AT - 5 * MINUTE]


def test_a_call_that_arrives_late_announces_only_what_is_still_to_come(db, charlie, halden):
    """Logged without a connection: the agreed time has passed when the phone sends it."""
    agreed = Commitments(next_talk=NOW - HOUR)
    call = CallOutcome("k", Kind.CALL, Direction.OUT, Outcome.SPOKE, NOW - 3 * HOUR, agreed=agreed)
    record(halden, halden.contacts[0], charlie, call, NOW)
    assert waiting(db) == []


@pytest.mark.parametrize(
    ("kind", "values", "minutes"),
    [
        (Kind.CALL, {}, 5),
        (Kind.CALL, {"call_lead_minutes": 15}, 15),
        (Kind.VIDEO, {"call_lead_minutes": 15}, 15),
        (Kind.VISIT, {}, 30),
        (Kind.VISIT, {"visit_lead_minutes": 60}, 60),
    ],
)
def test_each_kind_has_its_lead(db, charlie, halden, kind, values, minutes):
    for name, value in values.items():
        setattr(charlie, name, value)
    bookings.book(halden, None, kind, AT, NOW)
    assert [notice.due_at for notice in waiting(db)] == [AT - minutes * MINUTE]


@pytest.mark.parametrize("kind", [Kind.EMAIL, Kind.TEXT])
def test_a_message_that_was_agreed_is_not_announced(db, halden, kind):
    bookings.book(halden, None, kind, AT, NOW)
    assert waiting(db) == []


def test_who_turned_them_off_has_none(db, charlie, halden):
    charlie.muted_kinds = "booked"
    bookings.book(halden, None, Kind.CALL, AT, NOW)
    assert waiting(db) == []
    assert notices.plan(AT) == 0


def test_a_visit_is_announced_in_time_for_the_way_from_the_one_before(db, charlie, halden):
    far = place(factories.client(charlie, "Drammen Works"), DRAMMEN)
    bookings.book(place(halden, OSLO_CITY), None, Kind.VISIT, AT, NOW)
    bookings.book(far, None, Kind.VISIT, AT + 2 * HOUR, NOW)
    first, second = waiting(db)
    assert first.due_at == AT - 30 * MINUTE
    travel = AT + 2 * HOUR - second.due_at
    assert 45 * MINUTE < travel < 75 * MINUTE
    before = next(booking for booking in db.scalars(sa.select(Booking)) if booking.at == AT)
    bookings.cancel(before, NOW)
    assert [notice.due_at for notice in waiting(db)] == [AT + 2 * HOUR - 30 * MINUTE]


def test_a_visit_of_another_day_or_without_a_place_is_no_way(db, charlie, halden):
    far = place(factories.client(charlie, "Drammen Works"), DRAMMEN)
    bookings.book(halden, None, Kind.VISIT, AT, NOW)
    bookings.book(place(factories.client(charlie, "Oslo"), OSLO_CITY), None, Kind.VISIT, AT, NOW)
    bookings.book(far, None, Kind.VISIT, AT + 24 * HOUR, NOW)
    assert waiting(db)[-1].due_at == AT + 24 * HOUR - 30 * MINUTE


def test_other_settings_move_what_waits(db, charlie, halden):
    bookings.book(halden, None, Kind.CALL, AT, NOW)
    charlie.call_lead_minutes = 20
    notices.booked.keep_all_in_step(charlie, NOW)
    assert [notice.due_at for notice in waiting(db)] == [AT - 20 * MINUTE]
    charlie.muted_kinds = "booked"
    notices.booked.keep_all_in_step(charlie, NOW)
    assert waiting(db) == []


def test_other_settings_leave_what_was_put_off(db, charlie, halden):
    bookings.book(halden, None, Kind.VISIT, AT, NOW)
    (notice,) = waiting(db)
    notice.settled_at = NOW
    values = {"due_at": AT - MINUTE, "next_try_at": AT - MINUTE, "expires_at": AT + 5 * MINUTE}
    about = {"user_id": charlie.id, "kind": NoticeKind.BOOKED, "client_id": halden.id}
    factories.save(Notice(subject=f"{notice.subject}+1", **about, **values))
    notices.booked.keep_all_in_step(charlie, NOW)
    assert [notice.subject[-2:] for notice in waiting(db)][1:] == ["+1"]


def test_a_cover_and_a_handover_are_added_by_the_sweep(db, charlie, halden):
    ingrid = factories.user(team_=charlie.team)
    sally = factories.user(team_=charlie.team)
    bookings.book(halden, None, Kind.CALL, AT, NOW)
    days = {"first_day": NOW.date(), "last_day": NOW.date()}
    factories.save(Cover(absent_id=charlie.id, covered_by_id=ingrid.id, reason="x", **days))
    assert notices.plan(AT - 6 * MINUTE) == 0
    assert notices.plan(AT - 5 * MINUTE) == 1
    halden.owner_id = sally.id
    db.flush()
    assert notices.plan(AT - 4 * MINUTE) == 1
    assert {notice.user_id for notice in waiting(db)} == {charlie.id, ingrid.id, sally.id}


def test_whoever_covers_that_day_is_written_with_the_booking(db, charlie, halden):
    ingrid = factories.user(team_=charlie.team)
    day = (NOW + 72 * HOUR).date()
    cover = {"first_day": day, "last_day": day, "reason": "x"}
    factories.save(Cover(absent_id=charlie.id, covered_by_id=ingrid.id, **cover))
    bookings.book(halden, None, Kind.CALL, NOW + 72 * HOUR, NOW)
    assert {notice.user_id for notice in waiting(db)} == {charlie.id, ingrid.id}


def test_a_flight_does_not_announce_it_again(db, charlie, halden, ring):
    phone = ring(charlie)
    bookings.book(halden, None, Kind.CALL, AT, NOW)
    charlie.muted_kinds = "digest,evening"
    for minute in range(12):
        notices.sweep(AT - (8 - minute) * MINUTE)
        charlie.timezone = "America/New_York" if minute % 2 else "Asia/Tokyo"
        db.flush()
    assert [push.json["title"] for push in phone.received] == ["In 5 minutes: Dana"]
