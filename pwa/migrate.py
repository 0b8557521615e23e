"""Brings a database to the present shape, and says whether it is there."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from pwa.db import WRITE

ROOT = Path(__file__).parent.parent


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine) -> None:
    """Run what is missing; safe to repeat."""
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        command.upgrade(_config(connection), "head")
        connection.commit()


def is_current(connection: sa.Connection) -> bool:
    """Whether the database has the shape that this code expects."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
