"""Cadences, agreements, intensifications and postponements."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime, choice
from pwa.rules.vocabulary.enums import Stage


def _client() -> Mapped[int]:
    return mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"), index=True)


class Cadence(Base):
    """A client's stage for a period; the current row has no end."""

    __tablename__ = "cadences"
    __table_args__ = (
        sa.Index(
            "uq_cadences_current",
            "client_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = _client()
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    since: Mapped[date]
    agreed_with_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Intensification(Base):
    """A denser stage for a reason (R10). `until` is the last day, None for open-ended."""

    __tablename__ = "intensifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = _client()
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Answer(StrEnum):
    """A client's answer to an offered cadence."""

    AGREED = "agreed"
    NOT_YET = "not_yet"
    ASKED = "asked"


class Agreement(Base):
    """An offered or requested cadence, with the client's answer and words (R9)."""

    __tablename__ = "agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = _client()
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    on: Mapped[date]
    words: Mapped[str | None] = mapped_column(sa.Text)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))


class Postponement(Base):
    """A "not now" (R21): when it was recorded, until when, and why."""

    __tablename__ = "postponements"
    __table_args__ = (
        sa.Index("ix_postponements_latest", "client_id", "at"),
        sa.Index("ix_postponements_until", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    whole_day: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.Text)
