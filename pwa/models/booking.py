"""Bookings: conversations at an agreed time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.client import Client, Contact, new_ref
from pwa.rules.vocabulary.enums import Kind, Settled


class Booking(Base):
    """A booked time; settled by a conversation with its contact (R22), or cancelled.

    `settled` says how; it is empty, or MISSED, while `settled_at` and `cancelled_at` are. A booking
    that is moved ends here and goes on in a new row with the first one's `uid` and the next
    `sequence` of its invitation. `made_at` is the moment it was agreed, None where nobody knows.
    """

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
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    link: Mapped[str | None] = mapped_column(sa.String(500))
    place: Mapped[str | None] = mapped_column(sa.String(300))
    uid: Mapped[str | None] = mapped_column(sa.String(120))
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    settled: Mapped[Settled | None] = mapped_column(choice(Settled))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    client: Mapped[Client] = relationship()
    contact: Mapped[Contact | None] = relationship()

    @property
    def invitation_uid(self) -> str:
        """The UID of its invitation, which stays when it is moved."""
        return self.uid or f"{self.ref}.{self.client_id}@rounds"

    @property
    def is_open(self) -> bool:
        """Whether nothing became of it yet."""
        return self.settled_at is None and self.cancelled_at is None
