"""Our side of the chain: its data, and what the worker does once a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from pwa import clock
from pwa.db import session
from pwa.models import Delivery, Notice, User
from pwa.operations.notices.sweep import sweep
from tests import factories

NAIROBI = ZoneInfo("Africa/Nairobi")  # where no hour is left out or comes twice
EVERY_DAY = "mon,tue,wed,thu,fri,sat,sun"
SOON = timedelta(minutes=4)  # within the five minutes before a call


@dataclass(frozen=True)
class Office:
    """The server at `url`, which the certificate of `authority` vouches for."""

    app: Flask
    url: str
    authority: bytes
    tens_of_minutes: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def data(self) -> Iterator[Session]:
        """A session for arranging and looking; committed at the end."""
        with self.app.app_context():
            yield session()
            session.commit()

    def add_manager(self) -> str:
        """The address of a manager whose notices name people, and are about bookings alone."""
        half_a_day_off = (clock.now().astimezone(NAIROBI) + timedelta(hours=12)).time()
        with self.data():
            factories.reset()
            return factories.user(
                name="Charlie Boone",
                timezone=NAIROBI.key,
                digest_at=half_a_day_off,
                evening_at=half_a_day_off,
                quiet_from=time(),
                quiet_to=time(),
                notice_days=EVERY_DAY,
                full_names=True,
            ).email

    def add_client(self, name: str) -> int:
        """The id of a new client of theirs, where somebody of that name prefers a call."""
        with self.data() as db:
            client = factories.client(db.scalars(sa.select(User)).one(), f"Where {name} works")
            factories.preference(factories.contact(client, name))
            return client.id

    def next_time(self) -> datetime:
        """A time for a booking, by the manager's clock, ten minutes after the one before.

        Reminders are a minute apart, and what is due while a page is looked at is said there.
        """
        now = clock.now().astimezone(NAIROBI).replace(second=0, microsecond=0)
        return now + next(self.tens_of_minutes) * timedelta(minutes=10)

    def send_reminders(self, booked_at: datetime) -> None:
        """What the worker does four minutes before a booked time."""
        with self.app.app_context():
            sweep(booked_at - SOON)

    def is_shown(self, client: str) -> bool:
        """Whether the device has said that it shows the notice about the client of that page."""
        return self._shown_and_opened(client)[0] is not None

    def is_opened(self, client: str) -> bool:
        """Whether somebody has opened that notice, by the address that the tap led to."""
        return self._shown_and_opened(client)[1] is not None

    def _shown_and_opened(self, client: str) -> tuple[datetime | None, datetime | None]:
        client_id = int(PurePosixPath(client).name)
        query = sa.select(Delivery.shown_at, Notice.opened_at).join_from(Delivery, Notice)
        with self.data() as db:
            shown, opened = db.execute(query.where(Notice.client_id == client_id)).one()
        return shown, opened
