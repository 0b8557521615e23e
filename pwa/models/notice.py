"""Notices: push notifications to send; this table is the only queue."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime, choice


class NoticeKind(StrEnum):
    """The kind of a push notification."""

    DIGEST = "digest"
    BOOKED = "booked"
    PROMISE = "promise"
    RECOVERY = "recovery"
    ESCALATION = "escalation"
    TEST = "test"


class Notice(Base):
    """One push notification to one user; `subject` is its deduplication key.

    `claimed_until` is the lease of a worker; settled when sent, skipped or given up, with a reason.
    """

    __tablename__ = "notices"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "kind", "subject"),
        sa.Index(
            "ix_notices_waiting",
            "next_try_at",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    subject: Mapped[str] = mapped_column(sa.String(120))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(sa.String(20))
    why: Mapped[str | None] = mapped_column(sa.String(300))
