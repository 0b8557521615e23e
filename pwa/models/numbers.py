"""Changed rule settings, and a team's own talking points."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime, choice
from pwa.rules.vocabulary.situation import Situation


class Number(Base):
    """A rule setting that differs from its default; `name` is a field of `RuleSettings`."""

    __tablename__ = "numbers"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    value: Mapped[int]


class Opening(Base):
    """A team's talking points for a situation, one on each line."""

    __tablename__ = "openings"
    __table_args__ = (sa.UniqueConstraint("team_id", "situation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("teams.id", ondelete="CASCADE"))
    situation: Mapped[Situation] = mapped_column(choice(Situation))
    lines: Mapped[str] = mapped_column(sa.Text)
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
