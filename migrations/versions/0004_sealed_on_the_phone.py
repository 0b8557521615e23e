"""The key that seals what a person's phones keep."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("phone_key", sa.String(length=64), nullable=True))


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
