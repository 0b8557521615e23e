"""From what is due to the words on the phone: real rows, a real push service on this machine."""

import dataclasses
import json
import threading
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pwa.db import session
from pwa.models import Booking, Client, Delivery, Device, Notice, Role, Team, User
from pwa.operations import notices
from pwa.operations.client_state import due_dates
from pwa.operations.notices import compose as composing
from pwa.operations.notices.claim import LEASE, claim, renew
from pwa.operations.notices.composing import digests
from pwa.operations.notices.expand import expand
from pwa.push import configured
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.push.endpoint import Answer

MORNING = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # a Friday, half past seven in Oslo
MINUTE = timedelta(minutes=1)


@pytest.fixture
def manager(db) -> User:
    return factories.user(team_=factories.team(country="NO"))


def customer(owner: User, name: str, person: str, **values: Any) -> Client:
    client = factories.client(owner, name, **values)
    contact = factories.contact(client, person)
    factories.preference(contact)
    due_dates.refresh_due_dates([client.id], MORNING)
    return client


def booked(client: Client, at: datetime, **values: object) -> Booking:
    row = Booking(client_id=client.id, contact_id=client.contacts[0].id, at=at, **values)
    factories.save(row)
    due_dates.refresh_due_dates([client.id], MORNING)
    return row


def shown(received: Any) -> dict[str, Any]:
    """What the person sees of a push, and where it leads."""
    return {name: received.json[name] for name in ("title", "body", "url", "tag")}


def stored(db) -> list[Notice]:
    return list(db.scalars(sa.select(Notice).execution_options(populate_existing=True)))


def test_the_morning_says_how_many_and_who_first(db, manager, ring, service):
    phone = ring(manager)
    dana = customer(manager, "Halden Freight", "Dana Whitfield")
    customer(manager, "Nordfjord Timber", "Omar Haddad")
    booked(dana, MORNING + timedelta(hours=2))
    (line,) = notices.sweep(MORNING)
    assert (line.result, line.why) == ("sent", "Handed to the push service for 1 device.")
    assert phone.received[0].json["badge"] == 2
    assert shown(phone.received[0]) == {
        "title": "2 to call",
        "body": "First: Dana at 9:30",
        "url": "/today",
        "tag": "digest",
    }
    assert phone.received[0].headers["ttl"] == "14400"
    assert service.complaints == []


def test_the_same_is_never_sent_twice(db, manager, ring):
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    for minutes in range(20):
        notices.sweep(MORNING + minutes * MINUTE)
    assert len(phone.received) == 1


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (MORNING - MINUTE, 0),
        (MORNING + 14 * MINUTE, 1),
        (MORNING + 16 * MINUTE, 1),  # the worker stood still from 07:29 to 07:46
        (MORNING + 90 * MINUTE, 1),  # an outage from 07:20 to 09:00
        (MORNING + timedelta(hours=4), 0),  # of no use any more
        (MORNING + timedelta(days=1), 0),  # a Saturday
        (datetime(2026, 12, 25, 6, 30, tzinfo=UTC), 0),  # a Friday, and Christmas Day
    ],
)
def test_the_digest_has_its_moment(db, manager, ring, at, sent):
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    notices.sweep(at)
    assert len(phone.received) == sent


@pytest.mark.parametrize(
    ("zone", "day", "clock", "due"),
    [
        ("Europe/Oslo", date(2026, 3, 27), time(7, 30), "2026-03-27T06:30"),
        ("Europe/Oslo", date(2026, 3, 30), time(7, 30), "2026-03-30T05:30"),  # clocks went forward
        ("Australia/Lord_Howe", date(2026, 10, 5), time(7, 30), "2026-10-04T20:30"),  # by 30 min
        ("Pacific/Kiritimati", date(2026, 11, 20), time(0, 5), "2026-11-19T10:05"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 10), "2026-04-23T22:10"),  # leapt over
    ],
)
def test_the_digest_comes_by_the_persons_own_clock(db, zone, day, clock, due):
    never: dict[str, Any] = {"quiet_from": time(12), "quiet_to": time(12)}
    factories.user(team_=factories.team(country=None), timezone=zone, digest_at=clock, **never)
    due_at = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert notices.plan(due_at - MINUTE) == 0
    assert notices.plan(due_at) == 1
    assert (stored(db)[0].subject, stored(db)[0].due_at) == (day.isoformat(), due_at)


def test_a_wrong_zone_costs_nobody_else_the_morning(db, manager, ring):
    broken = factories.user(team_=manager.team)
    broken.timezone = "Europe/Nowhere"
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    notices.sweep(MORNING)
    assert len(phone.received) == 1


def test_a_free_day_rings_nobody(db, manager, ring):
    phone = ring(manager)
    (line,) = notices.sweep(MORNING)
    assert (line.result, line.why) == ("skipped", "Nobody is on the list today.")
    assert phone.received == []


def test_the_digest_never_comes_in_quiet_hours_but_when_they_end(db, manager, ring):
    phone = ring(manager)
    manager.quiet_to = time(8)
    customer(manager, "Halden Freight", "Dana Whitfield")
    assert notices.sweep(MORNING) == []
    assert notices.sweep(MORNING + 29 * MINUTE) == []
    (line,) = notices.sweep(MORNING + 30 * MINUTE)
    assert line.result == "sent"
    assert len(phone.received) == 1


def test_quiet_hours_that_were_set_since_are_kept(db, manager, ring):
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    notices.plan(MORNING)
    manager.quiet_to = time(8)
    assert notices.sweep(MORNING) == []
    assert notices.sweep(MORNING + 29 * MINUTE) == []
    assert phone.received == []
    (line,) = notices.sweep(MORNING + 30 * MINUTE)
    assert line.result == "sent"


def test_a_booked_call_comes_in_quiet_hours_too(db, manager, ring):
    phone = ring(manager)
    at = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    client = customer(manager, "Halden Freight", "Dana Whitfield")
    booking = booked(client, at)
    assert notices.sweep(at - 6 * MINUTE) == []
    notices.sweep(at - 5 * MINUTE)
    notices.sweep(at - 4 * MINUTE)
    assert [shown(received) for received in phone.received] == [
        {
            "title": "In 5 minutes: Dana",
            "body": "Booked for 21:00",
            "url": f"/clients/{client.id}",
            "tag": f"booking-{booking.id}",
        }
    ]
    assert phone.received[0].headers["urgency"] == "high"
    assert phone.received[0].headers["ttl"] == "600"


def test_booked_at_the_last_moment_it_says_how_long_there_is(db, manager, ring):
    phone = ring(manager)
    booked(customer(manager, "Halden Freight", "Dana Whitfield"), MORNING + timedelta(hours=5))
    notices.sweep(MORNING + timedelta(hours=5) - 2 * MINUTE)
    assert phone.received[0].json["title"] == "In 2 minutes: Dana"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"cancelled_at": MORNING}, "The booking was cancelled."),
        ({"settled_at": MORNING}, "The conversation has taken place already."),
        ({"at": MORNING + timedelta(hours=9)}, "The booking was moved to another time."),
    ],
)
def test_what_changed_meanwhile_is_left_alone(db, manager, ring, change, why):
    phone = ring(manager)
    at = MORNING + timedelta(hours=5)
    booking = booked(customer(manager, "Halden Freight", "Dana Whitfield"), at)
    notices.plan(at - 5 * MINUTE)
    for name, value in change.items():
        setattr(booking, name, value)
    db.flush()
    (line,) = notices.sweep(at - 5 * MINUTE)
    assert (line.result, line.why) == ("skipped", why)
    assert phone.received == []


def test_a_moved_booking_is_announced_at_its_new_time(db, manager, ring):
    phone = ring(manager)
    at = MORNING + timedelta(hours=5)
    booking = booked(customer(manager, "Halden Freight", "Dana Whitfield"), at)
    notices.sweep(at - 5 * MINUTE)
    booking.at = at + timedelta(hours=1)
    db.flush()
    notices.sweep(booking.at - 5 * MINUTE)
    assert len(phone.received) == 2


def test_a_client_handed_over_is_announced_to_the_new_owner_only(db, manager, ring):
    phone = ring(manager)
    colleague = factories.user(team_=manager.team)
    colleagues_phone = ring(colleague)
    at = MORNING + timedelta(hours=5)
    client = customer(manager, "Halden Freight", "Dana Whitfield")
    booked(client, at)
    notices.plan(at - 5 * MINUTE)
    client.owner = colleague
    db.flush()
    notices.sweep(at - 5 * MINUTE)
    assert (len(phone.received), len(colleagues_phone.received)) == (0, 1)


def test_without_a_device_it_says_so(app, db, manager):
    configured.make_key(app.config["ROUNDS"])
    customer(manager, "Halden Freight", "Dana Whitfield")
    (line,) = notices.sweep(MORNING)
    assert (line.result, line.why) == ("skipped", "No device takes notifications.")


def test_paused_clients_and_people_who_left_get_nothing_planned(db, manager):
    at = MORNING + timedelta(hours=5)
    client = customer(manager, "Halden Freight", "Dana Whitfield", status=ClientStatus.PAUSED)
    booked(client, at)
    left = factories.user(team_=manager.team, deactivated_at=MORNING)
    booked(customer(left, "Nordfjord Timber", "Omar Haddad"), at)
    factories.user(Role.SUPERVISOR, team_=manager.team)
    assert notices.plan(at) == 0


def test_it_is_tried_again_later_and_later_and_then_given_up(db, manager, ring):
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    phone.answer = Answer(503)
    tried = [
        minute
        for minute in range(60)
        if any(
            line.result in {"waiting", "failed"}
            for line in notices.sweep(MORNING + minute * MINUTE)
        )
    ]
    assert tried[:4] == [0, 1, 3, 6]
    assert {later - earlier for earlier, later in pairwise(tried[3:])} <= {5, 6, 7}
    (notice,) = stored(db)
    assert notice.settled_at is None  # it is of use for four hours
    notices.sweep(MORNING + timedelta(hours=4))
    db.refresh(notice)
    assert notice.result == "failed"
    assert notice.why == "The push service isn't working right now (503)."


def test_a_push_service_may_ask_for_more_time(db, manager, ring):
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    phone.answer = Answer(429, {"Retry-After": "600"})
    (line,) = notices.sweep(MORNING)
    assert line.result == "waiting"
    phone.answer = Answer()
    assert notices.sweep(MORNING + 9 * MINUTE) == []
    assert [line.result for line in notices.sweep(MORNING + 10 * MINUTE)] == ["sent"]


def test_a_booked_call_is_not_announced_after_it(db, manager, ring):
    phone = ring(manager)
    at = MORNING + timedelta(hours=5)
    booked(customer(manager, "Halden Freight", "Dana Whitfield"), at)
    phone.answer = Answer(429, {"Retry-After": "600"})
    (line,) = notices.sweep(at - 5 * MINUTE)
    assert line.result == "failed"


def test_a_device_that_ended_is_rung_no_more(db, manager, ring):
    old, new = ring(manager), ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    old.answer = Answer(410)
    (line,) = notices.sweep(MORNING)
    assert line.result == "sent"
    assert line.why.startswith("Taken for 1 of 2 devices.")
    ended = db.scalars(sa.select(Device).where(Device.endpoint == old.endpoint)).one()
    assert ended.gone_at == MORNING
    old.answer = Answer()
    notices.sweep(MORNING + timedelta(days=3))
    assert (len(old.received), len(new.received)) == (0, 2)


def test_a_refusal_is_noted_where_the_person_sees_it(db, manager, ring):
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    phone.answer = Answer(400, body="BadVapidSubject")
    (line,) = notices.sweep(MORNING)
    assert line.result == "failed"
    device = db.scalars(sa.select(Device)).one()
    assert "BadVapidSubject" in device.last_problem


def test_one_poison_row_waits_and_the_others_arrive(db, manager, ring, monkeypatch):
    phone, colleague = ring(manager), factories.user(team_=manager.team)
    colleagues_phone = ring(colleague)
    for owner in (manager, colleague):
        customer(owner, f"Client of {owner.name}", "Dana Whitfield")
    whole = digests.digest

    def broken(notice, user, known):
        if user.id == manager.id:
            raise RuntimeError("nobody foresaw this")
        return whole(notice, user, known)

    monkeypatch.setitem(composing._COMPOSERS, NoticeKind.DIGEST, broken)
    results = {line.person: line.result for line in notices.sweep(MORNING)}
    assert results == {manager.email: "waiting", colleague.email: "sent"}
    assert (len(phone.received), len(colleagues_phone.received)) == (0, 1)
    monkeypatch.setitem(composing._COMPOSERS, NoticeKind.DIGEST, whole)
    assert [line.result for line in notices.sweep(MORNING + MINUTE)] == ["sent"]


def test_what_a_dead_worker_held_is_free_when_its_lease_ends(db, manager, ring):
    ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    notices.plan(MORNING)
    expand(MORNING)
    (first,) = claim(MORNING, {}, 9)
    assert claim(MORNING + LEASE / 2, {}, 9) == []
    renew([first.id], MORNING + LEASE / 2)
    assert claim(MORNING + LEASE, {}, 9) == []
    assert claim(MORNING + 2 * LEASE, {first.id: first}, 9) == []  # our own, the clock set forward
    assert [delivery.tries for delivery in claim(MORNING + 2 * LEASE, {}, 9)] == [2]
    set_back = MORNING - timedelta(days=1)
    session.execute(sa.update(Delivery).values(next_try_at=set_back))
    assert [delivery.tries for delivery in claim(set_back, {}, 9)] == [3]


def test_nothing_is_claimed_while_there_is_no_key(db, manager, app, tmp_path, monkeypatch):
    config = dataclasses.replace(app.config["ROUNDS"], instance_path=tmp_path)
    monkeypatch.setitem(app.config, "ROUNDS", config)
    answer = app.test_cli_runner().invoke(args=["send-reminders"])
    assert answer.exit_code == 1
    assert "flask --app pwa init" in answer.stderr


def test_send_reminders_prints_what_was_sent_and_what_was_not(app, db, manager, ring):
    phone = ring(manager)
    customer(manager, "Halden Freight", "Dana Whitfield")
    factories.user(team_=manager.team)
    db.commit()
    runner = app.test_cli_runner()
    command = runner.invoke(args=["send-reminders", "--at", "2026-11-20T07:30+01:00"])
    assert command.exit_code == 0
    assert command.output.splitlines() == [
        "sent: digest “1 to call” for person1@example.com."
        " Handed to the push service for 1 device.",
        "skipped: digest for person2@example.com. No device takes notifications.",
    ]
    assert len(phone.received) == 1
    again = runner.invoke(args=["send-reminders", "--at", "2026-11-20T07:31+01:00"])
    assert again.output == "Nothing is due.\n"
    wrong = runner.invoke(args=["send-reminders", "--at", "tomorrow"])
    assert (wrong.exit_code, wrong.output.count("\n")) == (1, 1)


def test_send_reminders_prints_the_same_as_json(app, db, manager, ring):
    phone, broken = ring(manager), ring(manager)
    broken.answer = Answer(500)
    client = customer(manager, "Halden Freight", "Dana Whitfield")
    at = MORNING + timedelta(hours=3)
    booked(client, at)
    manager.muted_kinds = "digest"
    db.commit()
    command = ["send-reminders", "--at", at.isoformat(), "--json"]
    (line,) = json.loads(app.test_cli_runner().invoke(args=command).output)
    devices = line.pop("devices")
    assert line == {
        "person": manager.email,
        "kind": "booked",
        "client": "Halden Freight",
        "title": phone.received[0].json["title"],
        "body": phone.received[0].json["body"],
        "result": "sent",
        "why": "Taken for 1 of 2 devices."
        " Safari on iPhone: The push service isn't working right now (500).",
    }
    assert sorted((device["name"], device["result"]) for device in devices) == [
        ("Safari on iPhone", "sent"),
        ("Safari on iPhone", "waiting"),
    ]


def test_of_four_workers_no_two_claim_the_same(migrated_app: Flask):
    """On the real database, each worker with connections of its own."""
    with migrated_app.app_context():
        user_id = _two_hundred()
    taken: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        with migrated_app.app_context():
            start.wait()
            while batch := claim(MORNING, {}, 20):
                taken.extend(delivery.id for delivery in batch)

    threads = [threading.Thread(target=work) for _ in range(4)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(taken) == len(set(taken)) == 200
    finally:
        with migrated_app.app_context():
            _clear(user_id)


def _two_hundred() -> int:
    user = factories.user(email="two-hundred@example.com", team_=factories.team("Two hundred"))
    device = factories.save(
        Device(
            user_id=user.id,
            endpoint="https://push.example/two-hundred",
            p256dh="",
            auth="",
            name="",
            created_at=MORNING,
        )
    )
    for number in range(200):
        times = {"expires_at": MORNING + MINUTE, "next_try_at": MORNING}
        about = {"user_id": user.id, "kind": NoticeKind.TEST, "subject": str(number)}
        notice = factories.save(Notice(**about, due_at=MORNING, expanded_at=MORNING, **times))
        ids = {"notice_id": notice.id, "device_id": device.id}
        factories.save(Delivery(**ids, service="https://push.example", **times))
    session.commit()
    return user.id


def _clear(user_id: int) -> None:
    session.execute(sa.delete(Notice).where(Notice.user_id == user_id))
    session.execute(sa.delete(User).where(User.id == user_id))
    session.execute(sa.delete(Team).where(Team.name == "Two hundred"))
    session.commit()
