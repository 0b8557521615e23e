"""Suggestions read from notes, until they are accepted or rejected."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.interaction import Interaction, VoiceNote
from pwa.models.recovery import Recovery
from pwa.rules.vocabulary.enums import SuggestionKind


class Suggestion(Base):
    """One suggestion read from a note; stored as a fact only after it is accepted.

    `words` quote the note until deleted by retention; `moment` is the position in the audio in
    seconds, None for a typed note. `value` is a stage, a channel or a mood, `request_id` the open
    request that it is about, `done` whether that is reported as done. `recovery_id` is the open
    recovery that trouble may be about, until the user says that it is not. `read_as` is what was
    read before the user corrected it, empty where they added it; None while it stands as read.
    `user_id` is the author of the note, who confirms or rejects it.
    """

    __tablename__ = "suggestions"
    __table_args__ = (
        sa.Index(
            "ix_suggestions_open",
            "user_id",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interaction_id: Mapped[int] = mapped_column(
        sa.ForeignKey("interactions.id", ondelete="CASCADE"), index=True
    )
    voice_note_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("voice_notes.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    kind: Mapped[SuggestionKind] = mapped_column(choice(SuggestionKind, "suggests"))
    text: Mapped[str] = mapped_column(sa.Text)
    words: Mapped[str] = mapped_column(sa.Text)
    moment: Mapped[float | None]
    day: Mapped[date | None]
    at_time: Mapped[time | None]
    value: Mapped[str | None] = mapped_column(sa.String(20))
    request_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("requests.id", ondelete="CASCADE"), index=True
    )
    done: Mapped[bool] = mapped_column(default=False)
    recovery_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("recoveries.id", ondelete="SET NULL"), index=True
    )
    read_as: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    accepted: Mapped[bool | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interaction: Mapped[Interaction] = relationship()
    voice_note: Mapped[VoiceNote | None] = relationship()
    recovery: Mapped[Recovery | None] = relationship()
