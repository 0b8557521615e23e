"""A booked conversation is announced in time on every device, whenever a worker is killed."""

import base64
import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pwa.db import session
from pwa.models import Booking, Client, Delivery, Notice, User
from pwa.operations.accounts import push_devices
from pwa.push.keys import application_server_key, generate, parse
from pwa.push.message import Subscription
from tests import factories
from tests.faults.scale import FULL
from tests.faults.sweeping import STEPS, Kill, Worker
from tests.push.endpoint import Phone, PushService

LOCAL = frozenset({"127.0.0.1"})
FIRST = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday
LEFT = timedelta(minutes=4)
LOOK_AGAIN = timedelta(seconds=16)  # a lease and a second
ROUNDS = 500 if FULL else 8
KILLS = [
    *(Kill(step, before) for step in STEPS for before in (True, False)),
    *(Kill("settlement", before, 2) for before in (True, False)),
    *(Kill("commit", before, turn) for turn in range(1, 13) for before in (True, False)),
]


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def key() -> str:
    """A VAPID key as a setting."""
    number = generate().private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode()


@pytest.fixture
def phones(app: Flask, manager: User, service: PushService, key: str) -> list[Phone]:
    public = application_server_key(parse(key))
    phones = [service.subscribe(public) for _ in range(2)]
    for phone in phones:
        made = Subscription(phone.endpoint, phone.p256dh, phone.auth)
        push_devices.subscribe(manager, made, "A phone", FIRST, LOCAL)
    session.commit()
    return phones


def booked(client: Client, at: datetime) -> int:
    booking = factories.save(Booking(client_id=client.id, at=at))
    session.commit()
    return booking.id


def still_open() -> bool:
    session.rollback()
    notices = sa.select(Notice.id).where(Notice.settled_at.is_(None))
    deliveries = sa.select(Delivery.id).where(Delivery.settled_at.is_(None))
    return bool(session.scalars(notices).first() or session.scalars(deliveries).first())


@pytest.mark.parametrize("count", [1, 2])
def test_killed_at_any_step_it_is_announced_in_time_and_once(
    own_database: str, tmp_path: Path, app, client, phones, key, count
):
    chance = random.Random(count)
    kills = [*KILLS * (ROUNDS // len(KILLS)), *chance.sample(KILLS, ROUNDS % len(KILLS))]
    chance.shuffle(kills)
    killed = 0
    with ExitStack() as stack:
        workers = [
            stack.enter_context(Worker(own_database, tmp_path / str(number), key))
            for number in range(count)
        ]
        for turn, kill in enumerate(kills):
            at = FIRST + turn * timedelta(minutes=11)
            booking = booked(client, at)
            now = at - LEFT
            for worker in workers:
                worker.begin(now, kill)
            for worker in workers:
                killed += worker.end()
            while still_open() or not announced(phones, booking):
                now += LOOK_AGAIN
                assert now < at, kill
                for worker in workers:
                    worker.begin(now)
                for worker in workers:
                    assert not worker.end()
            for phone in phones:
                ids = {received.json["tag"] for received in of(phone, booking)}
                assert len(ids) == 1, kill  # the phone shows the same notice in its own place
    assert killed > ROUNDS // 2


def of(phone: Phone, booking: int) -> list:
    return [push for push in phone.received if push.json["tag"] == f"booking-{booking}"]


def announced(phones: list[Phone], booking: int) -> bool:
    return all(of(phone, booking) for phone in phones)
