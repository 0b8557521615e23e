"""What is heard in spoken notes, and what is read out of them

Notes that lie on the server already are written out after the upgrade.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOT_HEARD = sa.Enum(
    *("no_engine", "unreadable", "failed"),
    name="notheard",
    native_enum=False,
    create_constraint=True,
    length=20,
)
SUGGESTS = sa.Enum(
    *("promise", "booking", "cadence", "preference", "recovery", "request", "need", "mood"),
    name="suggests",
    native_enum=False,
    create_constraint=True,
    length=20,
)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("voice_notes") as notes:
        notes.add_column(sa.Column("try_after", moment, nullable=True))
        notes.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        notes.add_column(sa.Column("trouble", NOT_HEARD, nullable=True))
        notes.add_column(sa.Column("removed_at", moment, nullable=True))
        notes.create_index("ix_voice_notes_recorded_at", ["recorded_at"])
        notes.create_index("ix_voice_notes_try_after", ["try_after"])
    op.execute("UPDATE voice_notes SET try_after = recorded_at")
    op.create_table(
        "transcripts",
        sa.Column("voice_note_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("engine", sa.String(length=200), nullable=False),
        sa.Column("heard_at", moment, nullable=False),
        _belongs("transcripts", "voice_note_id", "voice_notes"),
        sa.PrimaryKeyConstraint("voice_note_id", name="pk_transcripts"),
    )
    op.create_index("ix_transcripts_heard_at", "transcripts", ["heard_at"])
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("voice_note_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", SUGGESTS, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("moment", sa.Double(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("at_time", sa.Time(), nullable=True),
        sa.Column("value", sa.String(length=20), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        _belongs("suggestions", "interaction_id", "interactions"),
        _belongs("suggestions", "voice_note_id", "voice_notes"),
        _belongs("suggestions", "request_id", "requests"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_suggestions_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
    )
    for column in ("interaction_id", "voice_note_id", "request_id"):
        op.create_index(f"ix_suggestions_{column}", "suggestions", [column])
    still = {f"{name}_where": sa.text("answered_at IS NULL") for name in ("sqlite", "postgresql")}
    op.create_index("ix_suggestions_open", "suggestions", ["user_id"], **still)


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="CASCADE")
