"""Recoveries: something went wrong, and what we do about it (R13 to R16)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.client import new_ref
from pwa.rules.words import Severity


class Recovery(Base):
    """Open until `closed`; first on the list until `live`, the first live conversation about it."""

    __tablename__ = "recoveries"
    __table_args__ = (
        sa.UniqueConstraint("client_id", "ref"),
        sa.Index(
            "ix_recoveries_open",
            "client_id",
            sqlite_where=sa.text("closed IS NULL"),
            postgresql_where=sa.text("closed IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(sa.String(80), default=new_ref)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    cause: Mapped[str] = mapped_column(sa.String(200))
    severity: Mapped[Severity | None] = mapped_column(choice(Severity))
    opened: Mapped[datetime] = mapped_column(UtcDateTime)
    call_anyway: Mapped[bool] = mapped_column(default=False)
    make_good: Mapped[str | None] = mapped_column(sa.Text)
    live: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recap: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))
    checks: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))
