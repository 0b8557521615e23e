"""Receipts keep no answer: it held what somebody said, long after the note was deleted"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE receipts DROP COLUMN body")


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
