"""Handovers of clients between managers, with their reason."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime


class Handover(Base):
    """A change of a client's manager (R25); all of the client's data stays."""

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(
        sa.ForeignKey("clients.id", ondelete="CASCADE"), index=True
    )
    from_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(sa.Text)
