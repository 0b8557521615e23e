"""Interactions (append-only), voice notes, transcripts and lessons."""

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


class InteractionContact(Base):
    """A contact who took part in a conversation besides its own; `stamp` is theirs (R5)."""

    __tablename__ = "interaction_contacts"

    interaction_id: Mapped[int] = mapped_column(
        sa.ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    stamp: Mapped[Compliance | None] = mapped_column(choice(Compliance, "alsostamp"))

    contact: Mapped[Contact] = relationship()


class Interaction(Base):
    """One attempt, conversation or message; never changed, a correction is a new row.

    `at` is the phone's time of the event, `received_at` the server's time of arrival. `reached`
    says whether it counts as contact (R2), `stamp` its compliance with the preference of that day
    (R5). `recap_of_id` is the conversation that a recap sums up (R3), `recovery_id` the recovery
    that was talked about. `asks_for_time` marks a message that only asks for a time to talk and
    does not count (R21). A position exists only after a check-in. `superseded_at` is set on a row
    that a correction replaced. `also` are the further contacts who took part.
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
    also: Mapped[list[InteractionContact]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
    voice_note: Mapped["VoiceNote | None"] = relationship(back_populates="interaction")
    lesson: Mapped["Lesson | None"] = relationship(back_populates="interaction")


class VoiceNote(Base):
    """A spoken note about a conversation; the audio is in the file store under `name`.

    `received_at` is the server's time of arrival, which starts the retention. `try_after` is when
    transcription may be tried, retried, or taken over from a dead worker (lease); None if nothing
    is left to do. `tries` counts failed tries, `trouble` is the last failure. `removed_at` is set
    once the audio was deleted by retention.
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
    """The transcript of a spoken note; `lines` are [text, start, duration], in seconds.

    `cut` says that the end is missing: the audio broke off or exceeded the limit.
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
        """The whole transcript."""
        return " ".join(line[0] for line in self.lines)


class Lesson(Base):
    """A conversation marked for the library (R23): its topic and what worked.

    Anyone in the team may mark one; it is in the library once its manager shared it.
    `declined_at` is set if they declined.
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
