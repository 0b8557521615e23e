"""Contact preferences (R4), with their history."""

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.client import Contact
from pwa.rules.vocabulary.enums import Channel, Stage
from pwa.rules.vocabulary.phones import TextBy


class Preference(Base):
    """One answer. `days` is a comma-separated list of mon..sun; hours are in the contact's zone.

    `text_by` is how texts reach them. `only_when_needed` means that no calls by cadence are
    expected. `compromise` holds the agreed words (R5), `compromise_channel` the channel that may
    also be used.
    """

    __tablename__ = "preferences"
    __table_args__ = (
        sa.Index(
            "uq_preferences_current",
            "contact_id",
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    text_by: Mapped[TextBy | None] = mapped_column(choice(TextBy, "text_by"))
    days: Mapped[str] = mapped_column(sa.String(30), default="")
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    how_often: Mapped[Stage | None] = mapped_column(choice(Stage, "how_often"))
    about: Mapped[str | None] = mapped_column(sa.Text)
    asked_on: Mapped[date | None]
    only_when_needed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    compromise_words: Mapped[str | None] = mapped_column(sa.Text)
    compromise_on: Mapped[date | None]
    compromise_channel: Mapped[Channel | None] = mapped_column(
        choice(Channel, "compromise_channel")
    )
    is_current: Mapped[bool] = mapped_column(default=True)
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    contact: Mapped[Contact] = relationship(back_populates="preferences")

    @property
    def day_list(self) -> tuple[str, ...]:
        """The preferred weekdays, as ("mon", "tue"); empty means any working day."""
        return tuple(self.days.split(",")) if self.days else ()
