"""Messages that ask for a time, talks declined, and the ways to a promise

A message that only asks when to talk is contact for nobody, so it is marked. Those written down
before are not told apart and stay what they were. That a talk was declined was known by the words
of a need; it has a day of its own now. Open promises are found by their day and by who sees to
them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    asks = sa.Column("asks_for_time", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("interactions", asks)
    op.add_column("contacts", sa.Column("talk_declined_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE contacts SET talk_declined_on = (SELECT max(said_on) FROM needs"
        " WHERE needs.contact_id = contacts.id AND needs.words = 'no conversation for now')"
    )
    _index_open("ix_promises_due", "falls_due", "kept IS NULL")
    _index_open("ix_promises_owner", "owner_id", "kept IS NULL AND owner_id IS NOT NULL")


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")


def _index_open(name: str, column: str, still: str) -> None:
    where = sa.text(still)
    op.create_index(name, "promises", [column], sqlite_where=where, postgresql_where=where)
