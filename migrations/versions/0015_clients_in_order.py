"""Clients in order: when somebody there was last spoken to, and an index for each filter"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SPOKEN = (
    "UPDATE clients SET spoken_at = (SELECT max(at) FROM interactions"
    " WHERE interactions.client_id = clients.id AND reached AND superseded_at IS NULL)"
)


def upgrade() -> None:
    op.add_column("clients", sa.Column("spoken_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(SPOKEN)
    op.create_index("ix_clients_spoken", "clients", ["owner_id", "spoken_at"])
    op.create_index("ix_clients_tier", "clients", ["owner_id", "tier"])
    op.create_index("ix_clients_town", "clients", ["owner_id", "town"])


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
