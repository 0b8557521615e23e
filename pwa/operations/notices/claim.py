"""Takes notices that wait, so that no other worker takes the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import changed, session, writing
from pwa.models import Notice, NoticeKind

BATCH = 50
# Longer than a batch can take: 50 people with 10 devices, 20 at a time, 10 s each, are 250 s.
LEASE = timedelta(minutes=8)


@dataclass(frozen=True, slots=True)
class ClaimedNotice:
    """A notice that is ours until `until`. `tries` counts this one."""

    id: int
    user_id: int
    kind: NoticeKind
    subject: str
    due_at: datetime
    expires_at: datetime
    tries: int
    until: datetime


def claim(now: datetime, most: int = BATCH) -> list[ClaimedNotice]:
    """Claim up to `most` notices that wait at `now`, the longest waiting first.

    The condition is in the UPDATE itself, so of two workers one changes the row and the other
    sees that it changed none: alike on SQLite and PostgreSQL.
    """
    waiting = sa.select(Notice.id).where(*_free(now))
    waiting = waiting.order_by(Notice.next_try_at, Notice.id).limit(most)
    with writing():
        mine = [one for one in session.scalars(waiting).all() if _take(one, now)]
        rows = sa.select(Notice).where(Notice.id.in_(mine)).order_by(Notice.next_try_at, Notice.id)
        fresh = rows.execution_options(populate_existing=True)
        return [claimed(row) for row in session.scalars(fresh)]


def claimed(row: Notice) -> ClaimedNotice:
    """The values of a claimed row, free of the session."""
    assert row.claimed_until is not None
    return ClaimedNotice(
        row.id,
        row.user_id,
        row.kind,
        row.subject,
        row.due_at,
        row.expires_at,
        row.tries,
        row.claimed_until,
    )


def release(notice: ClaimedNotice, **values: object) -> bool:
    """Let a notice go with `values`; False when its lease ended and another worker has it now."""
    mine = (Notice.id == notice.id, Notice.settled_at.is_(None))
    released = (
        sa.update(Notice)
        .where(*mine, Notice.claimed_until == notice.until)
        .values(claimed_until=None, **values)
    )
    return _changed(released)


def _take(notice_id: int, now: datetime) -> bool:
    values = {"claimed_until": now + LEASE, "tries": Notice.tries + 1}
    return _changed(sa.update(Notice).where(Notice.id == notice_id, *_free(now)).values(values))


def _free(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    unclaimed = sa.or_(Notice.claimed_until.is_(None), Notice.claimed_until <= now)
    return Notice.settled_at.is_(None), Notice.next_try_at <= now, unclaimed


def _changed(update: sa.Update) -> bool:
    return changed(update, synchronize_session=False) == 1
