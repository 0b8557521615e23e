"""Attempts and conversations, never changed: a correction is a new row in the old one's place."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.client import Client, Contact, new_ref
from pwa.models.request import ServiceRequest
from pwa.models.user import User
from pwa.rules.vocabulary.enums import (
    Compliance,
    Direction,
    Kind,
    Mood,
    Outcome,
    Topic,
    TranscriptionFailure,
)

covered = sa.Table(
    "covered",
    Base.metadata,
    sa.Column(
        "interaction_id", sa.ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "request_id", sa.ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)


class Interaction(Base):
    """One attempt or conversation.

    `at` is the phone's time of the event, `received_at` ours of its arrival. `reached` says whether
    it counts as contact (R2), `stamp` how it met what its contact had asked for on that day (R5).
    `recap_of_id` is the conversation that a written one sums up (R3), `recovery_id` what went wrong
    and was talked about in it. `asks_for_time` marks a message that only asks when to talk: it is
    contact for nobody (R21). A position is only there where the person checked in. `superseded_at`
    is set on a row that a correction replaced.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        sa.UniqueConstraint("client_id", "ref"),
        sa.Index("ix_interactions_history", "client_id", "at"),
        sa.Index("ix_interactions_day", "user_id", "at"),
        sa.Index(
            "ix_interactions_reached",
            "client_id",
            "at",
            sqlite_where=sa.text("reached AND superseded_at IS NULL"),
            postgresql_where=sa.text("reached AND superseded_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(sa.String(80), default=new_ref)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    direction: Mapped[Direction] = mapped_column(choice(Direction), default=Direction.OUT)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(sa.Text)
    reached: Mapped[bool] = mapped_column(default=False)
    stamp: Mapped[Compliance | None] = mapped_column(choice(Compliance, "stamp"))
    mood: Mapped[Mood | None] = mapped_column(choice(Mood))
    recap_of_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("interactions.id", ondelete="SET NULL"), index=True
    )
    recovery_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("recoveries.id", ondelete="SET NULL"), index=True
    )
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    supersedes_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("interactions.id", ondelete="SET NULL"), unique=True
    )
    asks_for_time: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    client: Mapped[Client] = relationship()
    contact: Mapped[Contact | None] = relationship()
    user: Mapped[User] = relationship()
    covered: Mapped[list[ServiceRequest]] = relationship(secondary=covered)
    voice_note: Mapped["VoiceNote | None"] = relationship(back_populates="interaction")
    lesson: Mapped["Lesson | None"] = relationship(back_populates="interaction")


class VoiceNote(Base):
    """A spoken note about a conversation; the audio lies in the file store under `name`.

    `received_at` is ours of its arrival, from which its time counts. `try_after` is when it may be
    written out, tried again, or taken over from a worker that died meanwhile; None once nothing is
    to be done any more. `tries` counts how often that was begun and came to nothing, `trouble` says
    why. `removed_at` is set once the audio has had its time.
    """

    __tablename__ = "voice_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    interaction_id: Mapped[int] = mapped_column(
        sa.ForeignKey("interactions.id", ondelete="CASCADE"), unique=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    content_type: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    seconds: Mapped[int | None]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    try_after: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    trouble: Mapped[TranscriptionFailure | None] = mapped_column(
        choice(TranscriptionFailure, "notheard")
    )
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interaction: Mapped[Interaction] = relationship(back_populates="voice_note")
    transcript: Mapped["Transcript | None"] = relationship(
        back_populates="voice_note", passive_deletes=True
    )


class Transcript(Base):
    """What was heard in a spoken note: `lines` are [text, start, seconds], in seconds.

    `cut` says that there was more: the sound broke off, or was longer than what is heard.
    """

    __tablename__ = "transcripts"

    voice_note_id: Mapped[int] = mapped_column(
        sa.ForeignKey("voice_notes.id", ondelete="CASCADE"), primary_key=True
    )
    lines: Mapped[list[tuple[str, float, float]]] = mapped_column(sa.JSON)
    cut: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    engine: Mapped[str] = mapped_column(sa.String(200))
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    voice_note: Mapped[VoiceNote] = relationship(back_populates="transcript")

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(line[0] for line in self.lines)


class Lesson(Base):
    """A conversation that is worth learning from (R23): what worked, and about what.

    Anybody of the team may mark one; it stands in the library only once the manager whose
    conversation it was has shared it. `declined_at` is set where they would rather not.
    """

    __tablename__ = "lessons"

    id: Mapped[int] = mapped_column(primary_key=True)
    interaction_id: Mapped[int] = mapped_column(
        sa.ForeignKey("interactions.id", ondelete="CASCADE"), unique=True
    )
    marked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    topic: Mapped[Topic] = mapped_column(choice(Topic))
    line: Mapped[str] = mapped_column(sa.Text)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interaction: Mapped[Interaction] = relationship(back_populates="lesson")
    marked_by: Mapped[User] = relationship()
