"""Rows of notices as they are planned, and their storing: each once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import Notice
from pwa.rules.vocabulary.notice_kind import NoticeKind

Row = dict[str, Any]
AT_ONCE = 2000  # SQLite takes 32,766 parameters in a statement


def row(
    user_id: int,
    kind: NoticeKind,
    subject: str,
    due_at: datetime,
    expires_at: datetime,
    client_id: int | None = None,
) -> Row:
    """A notice that waits until `due_at`; `client_id` if it is about a single client."""
    return {
        "user_id": user_id,
        "client_id": client_id,
        "kind": kind,
        "subject": subject,
        "due_at": due_at,
        "expires_at": expires_at,
        "next_try_at": due_at,
        "tries": 0,
    }


def without_stored(rows: Iterable[Row]) -> list[Row]:
    """The rows that are not stored yet, in a query for each kind.

    So that a sweep that finds nothing new writes nothing; the unique key decides in the end.
    """
    by_kind: dict[NoticeKind, list[Row]] = defaultdict(list)
    for planned in rows:
        by_kind[planned["kind"]].append(planned)
    return [
        planned
        for kind, of_kind in by_kind.items()
        for some in in_lots(of_kind)
        for planned in _unknown(kind, some)
    ]


def store(rows: Sequence[Row]) -> int:
    """Stores rows in the caller's transaction, those stored already left as they are.

    Returns how many are new.
    """
    written = insert(Notice).on_conflict_do_nothing().returning(Notice.id)
    lots = (session.scalars(written.values(some)).all() for some in in_lots(rows))
    return sum(len(lot) for lot in lots)


def in_lots(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in lots that fit a statement."""
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _unknown(kind: NoticeKind, rows: Sequence[Row]) -> Iterator[Row]:
    subjects = [planned["subject"] for planned in rows]
    users = {planned["user_id"] for planned in rows}
    query = sa.select(Notice.user_id, Notice.subject).where(
        Notice.user_id.in_(users),
        Notice.kind == kind,
        Notice.subject.between(min(subjects), max(subjects)),
    )
    stored = {tuple(known) for known in session.execute(query)}
    return (planned for planned in rows if (planned["user_id"], planned["subject"]) not in stored)


def base_subject(subject: str) -> str:
    """The subject as it was planned first: what a notice that was put off is about."""
    base, plus, number = subject.rpartition("+")
    return base if plus and number.isdigit() else subject
