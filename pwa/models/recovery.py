"""Recoveries, their causes, and overrides of the writing guard (R13 to R16)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.client import new_ref
from pwa.rules.vocabulary.enums import Severity


class Recovery(Base):
    """A recovery; open until `closed`, first on the list until the live conversation `live`.

    `make_good` is the remedy, `know_by` when it will be known. `again_of_id` is the earlier
    recovery with the same cause, `prevention_id` the promise that prevents a repeat. `checks` is a
    list of `{"due", "done"}` days, `recap` the moment the recap was sent. `escalated_at` is when
    the supervisor was notified of the missed deadline.
    """

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
    know_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    again_of_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("recoveries.id", ondelete="SET NULL")
    )
    prevention_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promises.id", ondelete="SET NULL")
    )
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recap: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))
    checks: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))


class Cause(Base):
    """A team's predefined cause of recoveries (R16)."""

    __tablename__ = "causes"
    __table_args__ = (sa.UniqueConstraint("team_id", "words"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("teams.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(sa.String(200))
    position: Mapped[int] = mapped_column(default=0)


class WritingOverride(Base):
    """An override of the writing guard (R15) with its reason, shown to the supervisor.

    Allows one message within a quarter of an hour. `something_else` marks another matter.
    """

    __tablename__ = "writing_overrides"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(
        sa.ForeignKey("clients.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    recovery_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("recoveries.id", ondelete="SET NULL")
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    something_else: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.Text)
