"""Claims waiting notices with a lease, so that no two workers send the same one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import changed, session, writing
from pwa.models import Notice
from pwa.rules.vocabulary.enums import NoticeKind

BATCH = 50
# Longer than a batch can take: 50 people with 10 devices, 20 at a time, 10 s each, are 250 s.
LEASE = timedelta(minutes=8)


@dataclass(frozen=True, slots=True)
class ClaimedNotice:
    """A notice claimed until `until`. `tries` includes this one."""

    id: int
    user_id: int
    kind: NoticeKind
    subject: str
    due_at: datetime
    expires_at: datetime
    tries: int
    until: datetime
    client_id: int | None = None


def claim(now: datetime, most: int = BATCH) -> list[ClaimedNotice]:
    """Claims up to `most` notices due at `now`, the longest waiting first.

    The condition is in the UPDATE itself, so of two workers one changes the row and the other
    sees that it changed none: alike on SQLite and PostgreSQL.
    """
    waiting = sa.select(Notice.id).where(*_claimable(now))
    waiting = waiting.order_by(Notice.next_try_at, Notice.id).limit(most)
    with writing():
        mine = [row_id for row_id in session.scalars(waiting).all() if _claim_one(row_id, now)]
        rows = sa.select(Notice).where(Notice.id.in_(mine)).order_by(Notice.next_try_at, Notice.id)
        fresh = rows.execution_options(populate_existing=True)
        return [claimed(row) for row in session.scalars(fresh)]


def claimed(row: Notice) -> ClaimedNotice:
    """A claimed row as a value, detached from the session."""
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
        row.client_id,
    )


def release(notice: ClaimedNotice, **values: object) -> bool:
    """Releases a claim and stores `values`; False if the lease expired and it was taken over."""
    mine = (Notice.id == notice.id, Notice.settled_at.is_(None))
    released = (
        sa.update(Notice)
        .where(*mine, Notice.claimed_until == notice.until)
        .values(claimed_until=None, **values)
    )
    return _changed(released)


def _claim_one(notice_id: int, now: datetime) -> bool:
    values = {"claimed_until": now + LEASE, "tries": Notice.tries + 1}
    return _changed(
        sa.update(Notice).where(Notice.id == notice_id, *_claimable(now)).values(values)
    )


def _claimable(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    unclaimed = sa.or_(Notice.claimed_until.is_(None), Notice.claimed_until <= now)
    return Notice.settled_at.is_(None), Notice.next_try_at <= now, unclaimed


def _changed(update: sa.Update) -> bool:
    return changed(update, synchronize_session=False) == 1
