"""Covers: a user looks after a colleague's clients for a period."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime
from pwa.models.user import User


class Cover(Base):
    """A cover, both days included; `ended_at` is set if it was cancelled."""

    __tablename__ = "covers"

    id: Mapped[int] = mapped_column(primary_key=True)
    absent_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    covered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    absent: Mapped[User] = relationship(foreign_keys=absent_id)
    covered_by: Mapped[User] = relationship(foreign_keys=covered_by_id)
