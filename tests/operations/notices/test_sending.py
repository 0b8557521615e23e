"""Deliveries: each device alone, and what happens to devices and databases meanwhile."""

import importlib
from contextlib import nullcontext
from datetime import time, timedelta
from threading import Event

import pytest
import sqlalchemy as sa

from pwa import clock
from pwa.db import session
from pwa.models import Delivery, Device, Notice, PushService, SignIn, User
from pwa.operations import notices
from pwa.operations.accounts import sessions
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices import expand as expanding
from pwa.operations.notices.claim import claim
from pwa.operations.notices.deliver import REMOVED, prepare
from pwa.operations.notices.expand import expand
from pwa.rules.notices.breaker import FIRST_REST, THRESHOLD
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.push.endpoint import Answer

sweeping = importlib.import_module("pwa.operations.notices.sweep")

NOW = factories.NOW
MINUTE = timedelta(minutes=1)
MUTED = "digest,evening"


@pytest.fixture
def manager(db) -> User:
    return factories.user(team_=factories.team(country="NO"), muted_kinds=MUTED)


def waiting(user: User, subject: str = "a-call", at=NOW, **values) -> Notice:
    """A notice that is due: a call that nobody logged."""
    client = factories.client(user, f"Client of {subject}")
    factories.contact(client)
    times = {"due_at": at, "next_try_at": at, "expires_at": at + timedelta(hours=2)}
    about = {"user_id": user.id, "kind": NoticeKind.UNLOGGED, "subject": subject}
    return factories.save(Notice(**about, client_id=client.id, **{**times, **values}))


def test_a_device_that_fails_is_tried_again_alone(db, manager, ring):
    well, ill = ring(manager), ring(manager)
    ill.answer = Answer(503)
    waiting(manager)
    (line,) = notices.sweep(NOW)
    assert sorted(device.result for device in line.devices) == ["sent", "waiting"]
    assert line.result == "sent"
    ill.answer = Answer()
    (line,) = notices.sweep(NOW + MINUTE)
    assert [device.result for device in line.devices] == ["sent", "sent"]
    assert (len(well.received), len(ill.received)) == (1, 1)


def test_a_service_that_is_out_of_order_is_left_alone_for_a_while(db, ring, service):
    team = factories.team()
    users = [factories.user(team_=team, muted_kinds=MUTED) for _ in range(8)]
    for user in users:
        ring(user).answer = Answer(500)
        waiting(user, f"call-{user.id}")
    notices.sweep(NOW)
    breaker = db.scalars(sa.select(PushService)).one()
    assert (breaker.service, breaker.failures) == (service.origin, THRESHOLD)
    assert breaker.open_until == NOW + FIRST_REST
    for phone in service.phones.values():
        phone.answer = Answer()
    assert notices.sweep(NOW + timedelta(seconds=25)) == []
    lines = notices.sweep(NOW + 5 * MINUTE)
    assert [line.result for line in lines] == ["sent"] * 8
    db.refresh(breaker)
    assert (breaker.failures, breaker.open_until) == (0, None)


def test_a_key_that_is_refused_is_noted_and_ends_no_device(db, manager, ring):
    phone = ring(manager)
    phone.answer = Answer(403, body="BadJwtToken")
    waiting(manager)
    notices.sweep(NOW)
    assert "BadJwtToken" in db.scalars(sa.select(PushService.refused_why)).one()
    assert db.scalars(sa.select(Device.gone_at)).one() is None
    phone.answer = Answer()  # put right while the notice is of use
    notices.sweep(NOW + 2 * MINUTE)
    assert db.scalars(sa.select(PushService.refused_at)).one() is None


def test_a_device_that_is_removed_after_the_claim_costs_nobody_else(db, manager, ring):
    colleague = factories.user(team_=manager.team, muted_kinds=MUTED)
    ring(manager), ring(colleague)
    waiting(manager)
    waiting(colleague, "another")
    expand(NOW)
    claimed = claim(NOW, {}, 9)
    mine = sa.select(Device.id).where(Device.user_id == manager.id)
    db.execute(sa.delete(Device).where(Device.id.in_(mine)))
    prepared = prepare(claimed, NOW)
    assert [settled.why for settled in prepared.unsent] == [REMOVED]
    assert len(prepared.messages) == 1


def test_a_notice_whose_devices_ended_is_settled(db, manager, ring):
    ring(manager)
    notice = waiting(manager)
    expand(NOW)
    db.execute(sa.delete(Device))
    notices.sweep(NOW + MINUTE)
    db.refresh(notice)
    assert (notice.result, notice.why) == (
        "skipped",
        "No device is left that takes notifications.",
    )


def test_a_step_that_fails_sends_nothing_twice(db, app, manager, ring, monkeypatch):
    """The database is away just when the answer has come."""
    phone = ring(manager)
    manager.quiet_from = manager.quiet_to = time(0)  # the clock is the real one
    notice = waiting(manager, at=clock.now() - MINUTE)
    settle, stopping = sweeping.settle, Event()
    failures: list[int] = []

    def fails_once(settlements, now):
        if settlements and not failures:
            failures.append(len(settlements))
            raise sa.exc.OperationalError("UPDATE", {}, Exception("away"))
        settle(settlements, now)
        if settlements:
            stopping.set()

    monkeypatch.setattr(sweeping, "settle", fails_once)
    notices.run(app.config["ROUNDS"], nullcontext, stopping)
    assert failures == [1]
    db.refresh(notice)
    assert (notice.result, len(phone.received)) == ("sent", 1)


def seen(user: User, at) -> SignIn:
    sessions.start_session(user, "a browser", NOW)
    factories.save(user)
    row = sa.select(SignIn).where(SignIn.user_id == user.id)
    here = session.scalars(row).one()
    here.visible_at = at
    return factories.save(here)


def test_who_has_a_page_in_hand_is_pushed_what_they_do_not_see_in_a_minute(db, manager, ring):
    phone = ring(manager)
    here = seen(manager, NOW - timedelta(seconds=20))
    waiting(manager)
    assert notices.sweep(NOW) == []
    here.visible_at = NOW + timedelta(seconds=30)  # touched again
    factories.save(here)
    assert notices.sweep(NOW + timedelta(seconds=59)) == []
    assert phone.received == []
    (line,) = notices.sweep(NOW + MINUTE)
    assert line.result == "sent"


def test_a_page_seen_before_the_clock_was_set_back_holds_nothing(db, manager, ring):
    ring(manager)
    seen(manager, NOW + timedelta(days=1))
    waiting(manager)
    (line,) = notices.sweep(NOW)
    assert line.result == "sent"


def test_without_a_device_an_open_page_is_left_its_chance(db, manager, ring):
    ring(factories.user(team_=manager.team, muted_kinds=MUTED))
    seen(manager, NOW - timedelta(seconds=20))
    waiting(manager)
    assert notices.sweep(NOW) == []


def test_what_a_user_has_waiting_is_decided_on_together(db, ring, monkeypatch):
    """However few users fit into one transaction."""
    monkeypatch.setattr(expanding, "USERS", 1)
    team = factories.team()
    users = [factories.user(team_=team, muted_kinds=MUTED) for _ in range(3)]
    phones = [ring(user) for user in users]
    for user in users:
        for number in range(3):
            waiting(user, f"{user.id}-{number}")
    notices.sweep(NOW)
    assert [len(phone.received) for phone in phones] == [1, 1, 1]
    settled = db.scalars(sa.select(Notice.why).where(Notice.result == "skipped"))
    assert set(settled) == {"Combined with another notification."}


def test_a_worker_of_the_release_before_keeps_what_it_claimed(db, manager, ring):
    ring(manager)
    waiting(manager, claimed_until=NOW + MINUTE)
    assert notices.sweep(NOW) == []
    assert len(notices.sweep(NOW + MINUTE)) == 1


def test_deliveries_end_with_their_notice(db, manager, ring):
    ring(manager)
    notice = waiting(manager)
    notices.sweep(NOW)
    db.delete(notice)
    db.flush()
    assert db.scalars(sa.select(Delivery)).all() == []


@pytest.mark.parametrize(
    ("host", "kind", "urgency"),
    [
        ("web.push.apple.com", NoticeKind.DIGEST, "high"),
        ("fcm.googleapis.com", NoticeKind.DIGEST, "normal"),
        ("fcm.googleapis.com", NoticeKind.BOOKED, "high"),
    ],
)
def test_what_can_wait_may_wait_but_on_apples_devices(db, manager, ring, host, kind, urgency):
    ring(manager)
    customer = factories.contact(factories.client(manager)).client
    refresh_due_dates([customer.id], NOW)
    booking = factories.booking(customer, at=NOW + 4 * MINUTE)
    subject = f"{booking.id}@{booking.at:%Y%m%dT%H%M}" if kind is NoticeKind.BOOKED else "today"
    manager.muted_kinds = ""
    notice = waiting(manager, subject)
    notice.kind = kind
    db.execute(sa.update(Device).values(endpoint=f"https://{host}/x"))
    expand(NOW)
    ((_, message),) = prepare(claim(NOW, {}, 9), NOW).messages
    assert message.urgency == urgency
