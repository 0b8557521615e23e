"""Brings a database to the present shape, and says whether it is there."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pwa.db import WRITE

if TYPE_CHECKING:
    from alembic.config import Config

ROOT = Path(__file__).parent.parent


# Alembic is imported late: starting a web process does not need it.


def _config(connection: sa.Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine) -> None:
    """Run what is missing; safe to repeat."""
    from alembic import command

    with engine.connect().execution_options(**{WRITE: True}) as connection:
        command.upgrade(_config(connection), "head")
        connection.commit()


def is_current(connection: sa.Connection) -> bool:
    """Whether the database has the shape that this code expects."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
