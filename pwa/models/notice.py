"""Notices, what each device of their user was sent of it, and how push services do.

A notice is one event that a user is to hear of; a delivery is that notice on one device. These
tables are the only queue: see `pwa/operations/notices`.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime, choice
from pwa.rules.vocabulary.notice_kind import NoticeKind

_OPEN = sa.text("settled_at IS NULL")


class Notice(Base):
    """One push notification to one user; `subject` is its deduplication key.

    It waits until `next_try_at`, then has its deliveries (`expanded_at`), and is settled when all
    of those are, or when it is skipped, with a reason. `client_id` is whom it is about, if it is
    about a single client; `opened_at` is when its user opened it.
    """

    __tablename__ = "notices"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "kind", "subject"),
        sa.Index("ix_notices_waiting", "next_try_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.Index("ix_notices_settled_at", "settled_at"),
        sa.Index("ix_notices_client_id", "client_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    client_id: Mapped[int | None] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    subject: Mapped[str] = mapped_column(sa.String(120))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expanded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(sa.String(20))
    why: Mapped[str | None] = mapped_column(sa.String(300))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Delivery(Base):
    """A notice on one device: claimed until `claimed_until` by a worker that is sending it.

    `service` is the origin of the device's push service; `expires_at` is the notice's. `shown_at`
    is when the device said that it shows it.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.UniqueConstraint("notice_id", "device_id"),
        sa.Index(
            "ix_deliveries_waiting",
            "service",
            "next_try_at",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        sa.Index("ix_deliveries_device_id", "device_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notices.id", ondelete="CASCADE"))
    device_id: Mapped[int] = mapped_column(sa.ForeignKey("devices.id", ondelete="CASCADE"))
    service: Mapped[str] = mapped_column(sa.String(255))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(sa.String(20))
    why: Mapped[str | None] = mapped_column(sa.String(300))
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PushService(Base):
    """How a push service does, by its origin, for administrators and for every worker.

    Its breaker is open until `open_until` since `opened_at`, after `failures` timeouts and errors
    in a row; `refused_at` and `refused_why` are its latest refusal of our key (401, 403).
    """

    __tablename__ = "push_services"

    service: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    open_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_why: Mapped[str | None] = mapped_column(sa.String(300))
    last_problem: Mapped[str | None] = mapped_column(sa.String(300))
