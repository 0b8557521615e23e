"""Whether a transcript lacks an end: the sound broke off, or was longer than what is heard"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    cut = sa.Column("cut", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("transcripts", cut)


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
