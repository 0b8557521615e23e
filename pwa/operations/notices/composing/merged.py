"""Which notices were merged into those that are said now, however often those were put off."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Notice
from pwa.operations.notices.composing.due_notice import DueNotice
from pwa.operations.notices.planning.rows import base_subject
from pwa.rules.notices.merge import COUNTED, MERGED
from pwa.rules.vocabulary.notice_kind import NoticeKind

LOOK_BACK = timedelta(days=2)  # longer than any notice is of use, over quiet hours too


@dataclass(frozen=True, slots=True)
class About:
    """What one notice is about: its subject as planned first, and its client if it is a single."""

    subject: str
    client_id: int | None


def abouts(notices: Sequence[DueNotice]) -> dict[int, list[About]]:
    """By the id of each notice what it is about, first, and what was merged into it; in one query.

    Merged into it is what was settled as such since it was due for the first time.
    """
    settled = _settled([notice for notice in notices if notice.kind in COUNTED])
    by_notice = {}
    for notice in notices:
        own = About(base_subject(notice.subject), notice.client_id)
        rows = _latest_first(settled, notice.user_id, _kinds(notice.kind))
        merged = {row.subject: row for row in _merged(own.subject, notice.due_at, rows)}
        merged.pop(own.subject, None)
        by_notice[notice.id] = [own, *merged.values()]
    return by_notice


def _kinds(kind: NoticeKind) -> tuple[NoticeKind, ...]:
    """The kinds that are merged into one of this kind: promises of later days into today's."""
    later = (NoticeKind.PROMISE,) if kind is NoticeKind.PROMISE_TODAY else ()
    return (kind, *later)


def _latest_first(
    settled: Mapping[tuple[int, NoticeKind], Sequence[Any]],
    user_id: int,
    kinds: Sequence[NoticeKind],
) -> Sequence[Any]:
    rows = [row for kind in kinds for row in settled.get((user_id, kind), ())]
    return sorted(rows, key=lambda row: row.settled_at, reverse=True) if len(kinds) > 1 else rows


def _merged(subject: str, due_at: datetime, rows: Sequence[Any]) -> list[About]:
    """From the oldest; `rows` are those of the same user and kind, from the latest settled."""
    first_due = {row.subject: row.due_at for row in rows}
    since = min(due_at, first_due.get(subject, due_at))
    merged = []
    for row in rows:
        if row.why == MERGED and row.settled_at >= since:
            base = base_subject(row.subject)
            if base != row.subject:  # with it comes what had been merged into it before
                since = min(since, first_due.get(base, since))
            merged.append(About(base, row.client_id))
    return merged[::-1]


def _settled(notices: Sequence[DueNotice]) -> Mapping[tuple[int, NoticeKind], Sequence[Any]]:
    if not notices:
        return {}
    columns = (Notice.user_id, Notice.kind, Notice.subject, Notice.client_id)
    query = sa.select(*columns, Notice.due_at, Notice.settled_at, Notice.why).where(
        Notice.user_id.in_({notice.user_id for notice in notices}),
        Notice.kind.in_({kind for notice in notices for kind in _kinds(notice.kind)}),
        Notice.settled_at >= min(notice.due_at for notice in notices) - LOOK_BACK,
    )
    by_kind: dict[tuple[int, NoticeKind], list[Any]] = defaultdict(list)
    for row in session.execute(query.order_by(Notice.settled_at.desc(), Notice.id.desc())):
        by_kind[row.user_id, row.kind].append(row)
    return by_kind
