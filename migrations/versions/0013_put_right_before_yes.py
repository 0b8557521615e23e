"""What a corrected suggestion was read as, and the recovery that it may be about"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("suggestions", sa.Column("read_as", sa.JSON(), nullable=True))
    # In place: made anew on SQLite, the table would take along what refers to it.
    name = "fk_suggestions_recovery_id"
    reference = f"CONSTRAINT {name} REFERENCES recoveries (id) ON DELETE SET NULL"
    op.execute(f"ALTER TABLE suggestions ADD COLUMN recovery_id INTEGER {reference}")
    op.create_index(op.f("ix_suggestions_recovery_id"), "suggestions", ["recovery_id"])


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
