"""Stores the result of a notice: sent, skipped, failed, or to be retried with backoff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Device
from pwa.operations.notices.claim import ClaimedNotice, release
from pwa.push.results import Delivered, Gone, PushRefused, Result, Retry

SENT, SKIPPED, FAILED, WAITING = "sent", "skipped", "failed", "waiting"
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
MAX_TRIES = len(BACKOFF) + 1
ERROR_RETRY = timedelta(hours=1)
MAX_REASON = 300  # characters, as the columns hold


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """The result of a notice, with its reason; `again` is the time of the next retry."""

    result: str
    why: str
    again: datetime | None = None


def overall_result(
    notice: ClaimedNotice, results: Sequence[Result], now: datetime
) -> DeliveryResult:
    """One result over all devices; one delivery is enough, so that nobody is notified twice."""
    taken = sum(isinstance(result, Delivered) for result in results)
    problems = [result.why for result in results if not isinstance(result, Delivered)]
    if taken == len(results) > 0:
        return DeliveryResult(SENT, f"Handed to the push service for {_devices(taken)}.")
    if taken:
        return DeliveryResult(SENT, f"Taken for {taken} of {_devices(len(results))}. {problems[0]}")
    if retries := [result for result in results if isinstance(result, Retry)]:
        return _retry_later(notice, retries, now)
    refused = [result.why for result in results if isinstance(result, PushRefused)]
    return (
        DeliveryResult(FAILED, refused[0])
        if refused
        else DeliveryResult(SKIPPED, (problems or [""])[0])
    )


def error_result(notice: ClaimedNotice, now: datetime) -> DeliveryResult:
    """The result after an error of our own: retried in an hour, failed after `MAX_TRIES`."""
    why = "Something we did not foresee went wrong."
    if notice.tries >= MAX_TRIES:
        return DeliveryResult(FAILED, why)
    return DeliveryResult(WAITING, why, now + ERROR_RETRY)


def store_result(
    notice: ClaimedNotice,
    verdict: DeliveryResult,
    devices: Sequence[tuple[int, Result]],
    now: datetime,
) -> None:
    """Stores the result of the notice and of each device in one transaction."""
    with writing():
        for device_id, result in devices:
            _store_device_result(device_id, result, now)
        why = verdict.why[:MAX_REASON]
        if verdict.again:
            release(notice, next_try_at=verdict.again, why=why)
        else:
            release(notice, settled_at=now, result=verdict.result, why=why)


def _retry_later(notice: ClaimedNotice, retries: Sequence[Retry], now: datetime) -> DeliveryResult:
    asked = max(retry.after or 0.0 for retry in retries)
    rest = BACKOFF[min(notice.tries, len(BACKOFF)) - 1]
    again = now + max(rest, timedelta(seconds=asked))
    if notice.tries >= MAX_TRIES or again >= notice.expires_at:
        return DeliveryResult(FAILED, retries[0].why)
    return DeliveryResult(WAITING, retries[0].why, again)


def _store_device_result(device_id: int, result: Result, now: datetime) -> None:
    if isinstance(result, Delivered):
        values: dict[str, object] = {"last_sent_at": now, "last_problem": None}
    elif isinstance(result, Gone):
        values = {"gone_at": now, "last_problem": result.why}
    else:
        values = {"last_problem": result.why[:MAX_REASON]}
    session.execute(sa.update(Device).where(Device.id == device_id).values(**values))


def _devices(count: int) -> str:
    return "1 device" if count == 1 else f"{count} devices"
