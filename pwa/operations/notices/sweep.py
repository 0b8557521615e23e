"""Sweeps: plan, expand, claim, send and settle, in small steps until nothing is due any more.

The steps are small so that a push service that is slow holds up nobody else: each looks at the
clock anew, takes what has become due, and waits for the first answers at most.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

from flask import current_app

from config import Config
from pwa import clock
from pwa.db import insert, session, writing
from pwa.machine_lock import acquire
from pwa.models import Heartbeat
from pwa.operations.notices.claim import RENEW_EVERY, ClaimedDelivery, claim, renew
from pwa.operations.notices.deliver import prepare
from pwa.operations.notices.expand import expand
from pwa.operations.notices.plan import plan
from pwa.operations.notices.report import DeliveryLine, lines_of
from pwa.operations.notices.settle import settle, settle_expired, settlement
from pwa.push import configured
from pwa.push.payload import Push
from pwa.push.results import Result

if TYPE_CHECKING:
    from pwa.push.sender import Sender
    from pwa.push.stream import Stream

PLAN_EVERY = timedelta(seconds=15)
WAIT_SECONDS = 1.0  # for an answer, before the next look at what is due

log = logging.getLogger(__name__)


class Sweep:
    """Pushes under way over one stream; `step` does what is due now."""

    def __init__(
        self,
        stream: "Stream",
        now: Callable[[], datetime],
        sender: "Sender",
        *,
        keeps_report: bool = False,
    ) -> None:
        """`keeps_report` collects which notices were `touched`, and their `pushes`."""
        self.keeps_report = keeps_report
        self._stream = stream
        self._now = now
        self._concurrency = sender.concurrency
        self._in_flight: dict[int, ClaimedDelivery] = {}
        self._answers: list[tuple[int, Result]] = []  # kept until they are settled
        self.planned_at: datetime | None = None
        self._renewed_at: datetime | None = None
        self.touched: set[int] = set()
        self.pushes: dict[int, Push] = {}

    def step(self) -> bool:
        """Sends what is due and settles what was answered; False if there was nothing to do."""
        self._plan_if_due(self._now())
        skipped = expand(self._now())
        if self.keeps_report:
            self.touched.update(skipped)
        claimed = self._claim()
        self._collect()
        self._renew(self._now())
        return bool(claimed or self._in_flight)

    def finish(self) -> None:
        """Waits for the answers to what is under way, and settles it."""
        while self._in_flight:
            self._collect()
            self._renew(self._now())

    def _plan_if_due(self, now: datetime) -> None:
        if self.planned_at and self.planned_at <= now < self.planned_at + PLAN_EVERY:
            return
        self.planned_at = now
        try:
            plan(now)
        except Exception:  # notices planned earlier are sent all the same
            log.exception("cannot plan notices")
            session.rollback()
        settle_expired(now)

    def _claim(self) -> int:
        claimed = claim(self._now(), self._in_flight, self._concurrency)
        if not claimed:
            return 0
        now = self._now()
        prepared = prepare(claimed, now)
        by_id = {delivery.id: delivery for delivery in claimed}
        self._in_flight |= {key: by_id[key] for key, _ in prepared.messages}
        self._stream.submit(prepared.messages)
        settle(prepared.unsent, now)
        if self.keeps_report:
            self.touched.update(delivery.notice_id for delivery in claimed)
            self.pushes |= prepared.pushes
        return len(claimed)

    def _collect(self) -> None:
        self._answers += self._stream.completed(0 if self._answers else WAIT_SECONDS)
        now = self._now()
        of = self._in_flight
        settle([settlement(of[key], answer, now) for key, answer in self._answers], now)
        for key, _ in self._answers:
            del self._in_flight[key]
        self._answers.clear()

    def _renew(self, now: datetime) -> None:
        if self._renewed_at and self._renewed_at <= now < self._renewed_at + RENEW_EVERY:
            return
        self._renewed_at = now
        if self._in_flight:
            renew(self._in_flight, now)


def lock(config: Config, *, wait: bool) -> AbstractContextManager[bool]:
    """One sweep at a time for an instance on this machine; between machines the leases do."""
    return acquire("notices", wait=wait, folder=config.instance_path)


def sweep(at: datetime | None = None) -> list[DeliveryLine]:
    """Sends the notices due now, or at the moment `at`; one line for each of them.

    One at a time on a machine: waits for the worker's own. Raises VapidKeyError, before anything
    is claimed, while there is no key to sign with.
    """
    config = current_app.config["ROUNDS"]
    sender = configured.sender(config, clock.now)
    with lock(config, wait=True), sender.stream() as stream:
        run = Sweep(stream, (lambda: at) if at else clock.now, sender, keeps_report=True)
        while run.step():
            pass
    return lines_of(run.touched, run.pushes)


def run(
    config: Config, context: Callable[[], AbstractContextManager[object]], stopping: Event
) -> None:
    """Sweeps until `stopping`, each step in a `context` of the application of its own.

    The lock is held while something is under way. Raises VapidKeyError.
    """
    sender = configured.sender(config, clock.now)
    with sender.stream() as stream:
        sending = Sweep(stream, clock.now, sender)
        while not stopping.is_set():
            with lock(config, wait=False) as ours:
                if ours:
                    _send_due(sending, context, stopping)
            stopping.wait(WAIT_SECONDS)


def _send_due(
    sending: Sweep, context: Callable[[], AbstractContextManager[object]], stopping: Event
) -> None:
    is_busy = True
    while is_busy and not stopping.is_set():
        try:
            with context():
                planned_at = sending.planned_at
                is_busy = sending.step()
                if sending.planned_at != planned_at:
                    store_heartbeat(clock.now())
        except Exception:  # what is under way goes on, and its answers are settled later
            log.exception("a step of the notices failed; the next one follows")
            stopping.wait(WAIT_SECONDS)
    with context():
        sending.finish()


def store_heartbeat(now: datetime) -> None:
    """Stores the heartbeat of the sweep, reported by `/readyz` and `doctor`."""
    with writing():
        row = insert(Heartbeat).values(name="sweep", at=now)
        session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": now}))
