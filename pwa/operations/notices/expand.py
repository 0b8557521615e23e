"""Expands due notices into a delivery for each device of their user, in one short transaction.

A notice that is put off, merged into another or of no use any more gets none. Nothing is sent
here, so nothing is half done when the process ends.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pwa.db import insert, session, writing
from pwa.models import Delivery, Device, Notice, SignIn, User
from pwa.operations.accounts.push_devices import MOST_DEVICES
from pwa.operations.notices.planning.recipients import everyone
from pwa.operations.notices.results import SKIPPED
from pwa.push.hosts import service_of
from pwa.rules.notices.hold import IN_USE_FOR, hold_until
from pwa.rules.notices.merge import MINUTE, TOO_LATE, Decision, Waiting, decide
from pwa.rules.notices.settings import NoticeSettings
from pwa.rules.vocabulary.notice_kind import NoticeKind

USERS = 500  # decided on in one transaction
NO_DEVICE = "No device takes notifications."


@dataclass(frozen=True, slots=True)
class _Situation:
    """What decides on the notices of one user; `settings` are None for an invalid time zone."""

    devices: Sequence[Any]
    used_at: datetime | None
    last_sent: datetime | None
    settings: NoticeSettings | None


@dataclass(slots=True)
class _Changes:
    """Values to store, by notice id, and the rows of deliveries to write."""

    notices: dict[int, dict[str, Any]] = field(default_factory=dict)
    deliveries: list[dict[str, Any]] = field(default_factory=list)

    def skip(self, notice_id: int, why: str, now: datetime) -> None:
        self.notices[notice_id] = {"settled_at": now, "result": SKIPPED, "why": why}


def expand(now: datetime) -> list[int]:
    """Expands the notices of `USERS` users due at `now`; returns the ids of those skipped."""
    if not session.scalars(_due(now).limit(1)).first():
        return []
    with writing():
        rows = session.execute(_due_rows(_users_due(now), now)).all()
        changes = _decide(rows, now)
        _store(changes)
    return [key for key, values in changes.notices.items() if "result" in values]


def deliveries_of(notice: Any, devices: Iterable[Any], now: datetime) -> list[dict[str, Any]]:
    """The rows of a notice's deliveries to devices, due at `now`."""
    return [
        {
            "notice_id": notice.id,
            "device_id": device.id,
            "service": service_of(device.endpoint),
            "expires_at": notice.expires_at,
            "next_try_at": now,
            "tries": 0,
        }
        for device in devices
    ]


def devices_of(user_ids: Iterable[int]) -> Mapping[int, Sequence[Any]]:
    """The subscribed devices by user, newest first, at most `MOST_DEVICES` each."""
    query = sa.select(Device.id, Device.user_id, Device.endpoint)
    query = query.where(Device.user_id.in_(user_ids), Device.gone_at.is_(None))
    by_user: dict[int, list[Any]] = defaultdict(list)
    for device in session.execute(query.order_by(Device.created_at.desc(), Device.id.desc())):
        if len(by_user[device.user_id]) < MOST_DEVICES:
            by_user[device.user_id].append(device)
    return by_user


def _due(now: datetime) -> sa.Select[int]:
    unexpanded = (Notice.settled_at.is_(None), Notice.expanded_at.is_(None))
    unclaimed = sa.or_(Notice.claimed_until.is_(None), Notice.claimed_until <= now)
    return sa.select(Notice.id).where(*unexpanded, unclaimed, Notice.next_try_at <= now)


def _users_due(now: datetime) -> Sequence[int]:
    """The users who have waited longest, locked: no other machine decides on half of theirs."""
    due = _due(now).with_only_columns(Notice.user_id).group_by(Notice.user_id)
    longest = due.order_by(sa.func.min(Notice.next_try_at), Notice.user_id).limit(USERS)
    ours = sa.select(User.id).where(User.id.in_(longest)).order_by(User.id)
    return session.scalars(ours.with_for_update(key_share=True, skip_locked=True)).all()


def _due_rows(user_ids: Sequence[int], now: datetime) -> sa.Select[*tuple[Any, ...]]:
    """All that is due of these users: it is decided on together."""
    columns = (Notice.id, Notice.user_id, Notice.kind, Notice.due_at, Notice.expires_at)
    due = _due(now).with_only_columns(*columns).where(Notice.user_id.in_(user_ids))
    return due.order_by(Notice.next_try_at, Notice.id).with_for_update()


def _decide(rows: Sequence[Any], now: datetime) -> _Changes:
    user_ids = {row.user_id for row in rows}
    devices = devices_of(user_ids)
    used, lately, settings = (
        _used_lately(user_ids, now),
        _sent_lately(user_ids, now),
        _settings(user_ids),
    )
    by_user: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_user[row.user_id].append(row)
    changes = _Changes()
    for key, waiting in by_user.items():
        person = _Situation(devices.get(key, ()), used.get(key), lately.get(key), settings.get(key))
        _decide_for_user(waiting, person, changes, now)
    return changes


def _decide_for_user(
    waiting: Sequence[Any], person: _Situation, changes: _Changes, now: datetime
) -> None:
    useful = {}
    for row in waiting:
        if row.expires_at <= now:
            changes.skip(row.id, TOO_LATE, now)
        elif held := _held_until(row, person, now):
            changes.notices[row.id] = {"next_try_at": held}
        elif not person.devices:
            changes.skip(row.id, NO_DEVICE, now)
        else:
            useful[row.id] = row
    values = [Waiting(row.id, row.kind, row.due_at, row.expires_at) for row in useful.values()]
    decision = decide(values, now, person.settings, person.last_sent)
    _apply(decision, useful, person.devices, changes, now)


def _held_until(row: Any, person: _Situation, now: datetime) -> datetime | None:
    return hold_until(row.kind, row.due_at, row.expires_at, person.used_at, now)


def _apply(
    decision: Decision,
    useful: Mapping[int, Any],
    devices: Sequence[Any],
    changes: _Changes,
    now: datetime,
) -> None:
    for key, why in decision.absorbed:
        changes.skip(key, why, now)
    for key, at in decision.later:
        changes.notices[key] = {"next_try_at": at}
    for key in decision.send:
        changes.notices[key] = {"expanded_at": now}
        changes.deliveries += deliveries_of(useful[key], devices, now)


def _used_lately(user_ids: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When these users last touched a page, for those who have one in hand now."""
    query = sa.select(SignIn.user_id, sa.func.max(SignIn.visible_at))
    lately = (SignIn.visible_at > now - IN_USE_FOR, SignIn.visible_at <= now)
    query = query.where(SignIn.user_id.in_(user_ids), *lately)
    rows = session.execute(query.group_by(SignIn.user_id))
    return {user_id: used for user_id, used in rows if used}


def _sent_lately(user_ids: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When the latest notice of the last minute went out, by user; the moments to come are none."""
    sent_at = Notice.expanded_at
    query = sa.select(Notice.user_id, sa.func.max(sent_at)).where(Notice.user_id.in_(user_ids))
    query = query.where(sent_at > now - MINUTE, sent_at <= now, Notice.kind != NoticeKind.TEST)
    return {user_id: at for user_id, at in session.execute(query.group_by(Notice.user_id)) if at}


def _settings(user_ids: Iterable[int]) -> dict[int, NoticeSettings]:
    return {key: person.settings for key, person in everyone(User.id.in_(user_ids)).items()}


def _store(changes: _Changes) -> None:
    if changes.deliveries:
        row = insert(Delivery).on_conflict_do_nothing()
        session.execute(row, changes.deliveries)
    if changes.notices:
        values = [{"id": key, **values} for key, values in changes.notices.items()]
        by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for value in values:
            by_columns[tuple(value)].append(value)
        for alike in by_columns.values():
            session.execute(sa.update(Notice), alike)
