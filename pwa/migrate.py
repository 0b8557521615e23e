"""Database migrations: upgrades to the newest one, and tells whether that is done."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pwa.db import WRITE

if TYPE_CHECKING:
    from alembic.config import Config

ROOT = Path(__file__).parent.parent


VERSIONS = ROOT / "migrations" / "versions"


# Alembic is imported late, and only where something is missing: it would take longer than all else.


def alembic_config(connection: sa.Connection | None = None) -> "Config":
    """Alembic's own settings: the migrations of this project, run on `connection`."""
    from alembic.config import Config

    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine) -> bool:
    """Runs the missing migrations; safe to repeat. False if there were none."""
    with engine.connect() as connection:
        if is_current(connection):
            return False
    from alembic import command

    with engine.connect().execution_options(**{WRITE: True}) as connection:
        command.upgrade(alembic_config(connection), "head")
        connection.commit()
    return True


def is_current(connection: sa.Connection) -> bool:
    """Whether the database has the shape that this code expects."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return False
    stands = connection.scalars(sa.text("SELECT version_num FROM alembic_version")).all()
    return stands == [newest()]


def newest() -> str:
    """The last migration: they follow one another and bear their number in front of the name."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
