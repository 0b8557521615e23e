"""What is put off and kept today: two indexes for the counts of a day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_postponements_until", "postponements", ["until"])
    op.create_index(
        "ix_promises_kept",
        "promises",
        ["kept"],
        sqlite_where=sa.text("kept IS NOT NULL"),
        postgresql_where=sa.text("kept IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_promises_kept", "promises")
    op.drop_index("ix_postponements_until", "postponements")
