"""Runs migrations in one transaction, on SQLite too."""

from alembic import context

from pwa.models import Base
from pwa.models.base import UtcDateTime


def _plain_types(kind: str, item: object, _context: object) -> str | bool:
    # A migration stands alone: it must not change when a class of ours does.
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=True,
    compare_type=True,
    render_item=_plain_types,
)
with context.begin_transaction():
    context.run_migrations()
