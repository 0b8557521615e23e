"""Bookings: conversations at an agreed time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.client import Client, Contact, new_ref
from pwa.rules.vocabulary.enums import Kind


class Booking(Base):
    """A booked time; settled by a conversation with its contact (R22), or cancelled."""

    __tablename__ = "bookings"
    __table_args__ = (
        sa.UniqueConstraint("client_id", "ref"),
        sa.Index(
            "ix_bookings_open",
            "at",
            "client_id",
            sqlite_where=sa.text("settled_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND cancelled_at IS NULL"),
        ),
        sa.Index("ix_bookings_client", "client_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(sa.String(80), default=new_ref)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    kind: Mapped[Kind] = mapped_column(choice(Kind), default=Kind.CALL)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    client: Mapped[Client] = relationship()
    contact: Mapped[Contact | None] = relationship()
