"""Spoken notes have their time from when they arrived, by our clock

When they were recorded is the moment of their conversation. Nothing is copied on SQLite here: a
table that is made anew would take what refers to it along.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_voice_notes_recorded_at", "voice_notes")
    op.execute("ALTER TABLE voice_notes RENAME COLUMN recorded_at TO received_at")
    op.execute(
        "UPDATE voice_notes SET received_at = (SELECT interactions.received_at FROM interactions"
        " WHERE interactions.id = voice_notes.interaction_id)"
    )
    op.create_index("ix_voice_notes_received_at", "voice_notes", ["received_at"])


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
