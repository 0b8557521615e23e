"""The map app that a person chose; none yet for who is there already"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

APPS = "'google', 'apple', 'openstreetmap'"


def upgrade() -> None:
    # In place, with its check: SQLite would make the table anew, and take along what refers to it.
    check = f"CONSTRAINT ck_users_mapapp CHECK (map_app IN ({APPS}))"
    op.execute(f"ALTER TABLE users ADD COLUMN map_app VARCHAR(20) {check}")


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
