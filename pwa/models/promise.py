"""Promises and their moves (R17)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base
from pwa.models.client import Client, Contact, new_ref
from pwa.models.user import User


class Promise(Base):
    """A promise: `due` is its first due day, `falls_due` the day after all moves.

    `owner_id` is the responsible user if not the client's manager.
    """

    __tablename__ = "promises"
    __table_args__ = (
        sa.UniqueConstraint("client_id", "ref"),
        sa.Index(
            "ix_promises_open",
            "client_id",
            "falls_due",
            sqlite_where=sa.text("kept IS NULL"),
            postgresql_where=sa.text("kept IS NULL"),
        ),
        sa.Index(
            "ix_promises_kept",
            "kept",
            sqlite_where=sa.text("kept IS NOT NULL"),
            postgresql_where=sa.text("kept IS NOT NULL"),
        ),
        sa.Index(
            "ix_promises_due",
            "falls_due",
            sqlite_where=sa.text("kept IS NULL"),
            postgresql_where=sa.text("kept IS NULL"),
        ),
        sa.Index(
            "ix_promises_owner",
            "owner_id",
            sqlite_where=sa.text("kept IS NULL AND owner_id IS NOT NULL"),
            postgresql_where=sa.text("kept IS NULL AND owner_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(sa.String(80), default=new_ref)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    words: Mapped[str] = mapped_column(sa.Text)
    made: Mapped[date]
    due: Mapped[date]
    falls_due: Mapped[date]
    kept: Mapped[date | None]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    client: Mapped[Client] = relationship()
    contact: Mapped[Contact | None] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    moves: Mapped[list["PromiseMove"]] = relationship(order_by="PromiseMove.id", cascade="all")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class value


class PromiseMove(Base):
    """A new due day of a promise; `told` is the day the client was told, None for not told.

    `moved_on` is the day of the move, None if an imported book lacks it.
    """

    __tablename__ = "promise_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(
        sa.ForeignKey("promises.id", ondelete="CASCADE"), index=True
    )
    to: Mapped[date]
    told: Mapped[date | None]
    moved_on: Mapped[date | None]
