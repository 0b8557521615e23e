"""Cover: someone looks after another's clients for a while."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base


class Cover(Base):
    """From the first to the last day, both included."""

    __tablename__ = "covers"

    id: Mapped[int] = mapped_column(primary_key=True)
    absent_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    covered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str | None] = mapped_column(sa.Text)
