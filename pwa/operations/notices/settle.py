"""Settles deliveries: sent, skipped, failed, or tried again later; each device alone.

A notice is settled when all its deliveries are.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Delivery, Device, Notice
from pwa.operations.notices import service_health
from pwa.operations.notices.claim import ClaimedDelivery
from pwa.operations.notices.results import FAILED, MAX_REASON, SENT, SKIPPED
from pwa.push.results import Delivered, Gone, PushRefused, Result, Retry
from pwa.rules.notices.merge import TOO_LATE
from pwa.rules.notices.retry import next_try
from pwa.rules.vocabulary.notice_kind import NoticeKind

NONE_LEFT = "No device is left that takes notifications."
UNFORESEEN = "Something we did not foresee went wrong."

_chance = random.Random()  # noqa: S311 - spreads retries, keeps no secret


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a delivery; with `again` it waits until then and has no `result` yet.

    `answer` is what the push service said, None if it was not asked.
    """

    delivery: ClaimedDelivery
    result: str
    why: str
    again: datetime | None = None
    answer: Result | None = None


def settlement(
    delivery: ClaimedDelivery, answer: Result, now: datetime, *, retries_key: bool = True
) -> Settlement:
    """What the answer of a push service means for the delivery.

    Our key may be put right while it is still of use; a test says at once that it is refused.
    """
    if isinstance(answer, Delivered):
        return Settlement(delivery, SENT, answer.why, answer=answer)
    if isinstance(answer, Gone):
        return Settlement(delivery, SKIPPED, answer.why, answer=answer)
    if isinstance(answer, PushRefused) and not (answer.key and retries_key):
        return Settlement(delivery, FAILED, answer.why, answer=answer)
    asked = answer.after if isinstance(answer, Retry) else None
    again = next_try(now, delivery.tries, asked, delivery.expires_at, _chance.random())
    return Settlement(delivery, FAILED, answer.why, again, answer)


def skipped_settlement(delivery: ClaimedDelivery, why: str) -> Settlement:
    """A delivery that is not sent, for a reason."""
    return Settlement(delivery, SKIPPED, why)


def error_settlement(delivery: ClaimedDelivery, now: datetime) -> Settlement:
    """A delivery on which our own code broke: tried again like one that was not answered."""
    again = next_try(now, delivery.tries, None, delivery.expires_at, _chance.random())
    return Settlement(delivery, FAILED, UNFORESEEN, again)


def settle(settlements: Sequence[Settlement], now: datetime) -> None:
    """Stores what became of deliveries, devices, push services and notices, in one transaction."""
    if not settlements:
        return
    ordered = sorted(settlements, key=lambda settled: settled.delivery.id)
    with writing():
        _store_deliveries(ordered, now)
        _store_devices(ordered, now)
        service_health.store([(s.delivery.service, s.answer) for s in ordered if s.answer], now)
        _finish({settled.delivery.notice_id for settled in ordered}, now)


def settle_expired(now: datetime) -> None:
    """Settles what is of no use any more, and notices that have no delivery left to wait for."""
    expired = (Delivery.settled_at.is_(None), Delivery.expires_at <= now)
    if session.scalars(sa.select(Delivery.id).where(*expired).limit(1)).first():
        with writing():
            values: dict[str, Any] = {
                "settled_at": now,
                "claimed_until": None,
                "result": sa.case((Delivery.tries > 0, FAILED), else_=SKIPPED),
                "why": sa.func.coalesce(Delivery.why, TOO_LATE),
            }
            session.execute(_unsynchronized(sa.update(Delivery).where(*expired).values(values)))
    if done := session.scalars(_without_open_delivery()).all():
        with writing():
            _finish(done, now)


def _store_deliveries(settlements: Sequence[Settlement], now: datetime) -> None:
    table = cast("sa.Table", Delivery.__table__)
    mine = (table.c.id == sa.bindparam("key"), table.c.settled_at.is_(None))
    rows: dict[bool, list[dict[str, Any]]] = defaultdict(list)
    for settled in settlements:
        row: dict[str, Any] = {
            "key": settled.delivery.id,
            "why": settled.why[:MAX_REASON],
            "claimed_until": None,
        }
        if settled.again:
            rows[True].append({**row, "next_try_at": settled.again})
        else:
            rows[False].append({**row, "settled_at": now, "result": settled.result})
    for alike in rows.values():
        bound: dict[str, Any] = {name: sa.bindparam(name) for name in alike[0] if name != "key"}
        session.connection().execute(sa.update(table).where(*mine).values(bound), alike)


def _store_devices(settlements: Sequence[Settlement], now: datetime) -> None:
    """When it was last sent to a device, when it ended, and what went wrong."""
    sent = [s.delivery.device_id for s in settlements if isinstance(s.answer, Delivered)]
    gone = [s.delivery.device_id for s in settlements if isinstance(s.answer, Gone)]
    _update_devices(sent, last_sent_at=now, last_problem=None)
    _update_devices(gone, gone_at=now, last_problem=Gone().why)
    problems: dict[str, list[int]] = defaultdict(list)
    for settled in settlements:
        if isinstance(settled.answer, (Retry, PushRefused)):
            problems[settled.why[:MAX_REASON]].append(settled.delivery.device_id)
    for why, device_ids in problems.items():
        _update_devices(device_ids, last_problem=why)


def _update_devices(device_ids: Sequence[int], **values: object) -> None:
    if device_ids:
        update = sa.update(Device).where(Device.id.in_(device_ids)).values(**values)
        session.execute(_unsynchronized(update))


def _finish(notice_ids: Iterable[int], now: datetime) -> None:
    """Settles those of the notices whose deliveries are all settled."""
    is_open = (Delivery.settled_at.is_(None)) & Delivery.id.is_not(None)
    sent = sa.func.count(sa.case((Delivery.result == SENT, 1)))
    failed = sa.func.count(sa.case((Delivery.result == FAILED, 1)))
    problem = sa.func.min(sa.case((Delivery.result != SENT, Delivery.why)))
    query = (
        sa.select(Notice.id, sa.func.count(Delivery.id), sent, failed, problem)
        .outerjoin(Delivery, Delivery.notice_id == Notice.id)
        .where(Notice.id.in_(notice_ids), Notice.settled_at.is_(None))
        .group_by(Notice.id)
        .having(sa.func.count(sa.case((is_open, 1))) == 0)
    )
    rows = [
        {"id": key, "settled_at": now, "claimed_until": None, **overall(*counts)}
        for key, *counts in session.execute(query)
    ]
    if rows:
        session.execute(sa.update(Notice), rows)


def overall(devices: int, sent: int, failed: int, problem: str | None) -> dict[str, str]:
    """The result over all devices: sent if one of them has it."""
    if sent == devices > 0:
        return {"result": SENT, "why": f"Handed to the push service for {_devices(sent)}."}
    if sent:
        why = f"Taken for {sent} of {_devices(devices)}. {problem}"
        return {"result": SENT, "why": why[:MAX_REASON]}
    return {"result": FAILED if failed else SKIPPED, "why": problem or NONE_LEFT}


def _without_open_delivery() -> sa.Select[int]:
    """Notices whose devices ended between sending and settling; a mail has none."""
    still_open = sa.exists().where(Delivery.notice_id == Notice.id, Delivery.settled_at.is_(None))
    waiting = (Notice.settled_at.is_(None), Notice.expanded_at.is_not(None))
    of_devices = Notice.kind != NoticeKind.MAIL
    return sa.select(Notice.id).where(*waiting, of_devices, ~still_open)


def _unsynchronized(update: sa.Update) -> sa.Update:
    return update.execution_options(synchronize_session=False)


def _devices(count: int) -> str:
    return "1 device" if count == 1 else f"{count} devices"
