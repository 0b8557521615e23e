"""Every push of a normal week of the demo's Charlie: few, and each worth it.

Planned, merged and composed as they are sent. Regenerate the list with
`UPDATE_SNAPSHOTS=1`, and read what changed.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from pwa.models import Notice, User
from pwa.operations import notices
from pwa.operations.maintenance import demo_data
from pwa.operations.notices.compose import Skip, compose_all
from pwa.operations.notices.planning.recipients import settings_of
from pwa.operations.notices.results import SENT
from pwa.rules.notices.merge import Waiting, decide

pytestmark = pytest.mark.slow

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = datetime(2026, 11, 23, 6, tzinfo=OSLO)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SNAPSHOT = Path(__file__).with_name("demo_week.txt")
AT_MOST = 3  # a day


def test_charlie_gets_few_pushes_in_a_normal_week(db):
    demo_data.load(MONDAY, "NO")
    charlie = db.scalars(sa.select(User).where(User.email == "charlie@rounds.example")).one()
    pushes = list(week(db, charlie))
    text = "".join(f"{at:%a %H:%M}  {title} | {body}\n" for at, title, body in pushes)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8")
    assert max(Counter(f"{at:%a}" for at, _, _ in pushes).values()) <= AT_MOST


def week(db, user: User) -> Iterator[tuple[datetime, str, str]]:
    """The pushes of seven days at local times.

    A worker that looks every ten minutes of a working day, five before each hour, and whenever a
    notice waits.
    """
    now = MONDAY
    while now < MONDAY + timedelta(days=7):
        notices.plan(now)
        for push in sent(db, user, now):
            yield now, push.title, push.body
        earliest = waiting_of(user).with_only_columns(sa.func.min(Notice.next_try_at))
        again = db.scalars(earliest).one() or now + DAY
        now = min(next_look(now), max(again, now + MINUTE)).astimezone(OSLO)


def next_look(now: datetime) -> datetime:
    working = now.weekday() < 5 and 6 <= now.hour < 19
    looks = (10, 20, 30, 40, 50, 55, 60) if working else (60,)
    return now + timedelta(minutes=next(m for m in looks if m > now.minute) - now.minute)


def waiting_of(user: User) -> sa.Select[Any]:
    return sa.select(Notice).where(Notice.user_id == user.id, Notice.settled_at.is_(None))


def sent(db, user: User, now: datetime):
    """What is sent at a minute; the rest waits, or is settled with its reason."""
    due = waiting_of(user).where(Notice.next_try_at <= now)
    rows = {row.id: row for row in db.scalars(due)}
    if not rows:
        return
    waiting = [Waiting(row.id, row.kind, row.due_at, row.expires_at) for row in rows.values()]
    decision = decide(waiting, now, settings_of(user))
    for number, again in decision.later:
        rows[number].next_try_at = again
    for number, why in decision.absorbed:
        rows[number].settled_at, rows[number].why = now, why
    db.flush()
    composed = compose_all([rows[number] for number in decision.send], now)
    for number in decision.send:
        rows[number].settled_at = now
        push = composed[number]
        if not isinstance(push, Skip):
            rows[number].result = SENT
            yield push
    db.flush()
