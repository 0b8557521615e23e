"""The next migration, begun from what the models say and the migrations so far do not."""

import os
import shutil
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import sqlalchemy as sa

from pwa.cli.fail import fail
from pwa.db import make_engine
from pwa.migrate import ROOT, VERSIONS, alembic_config, newest, upgrade

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation, UpgradeOps

ALEMBIC_COMMENT = "# ###"


@click.command("new-migration")
@click.argument("words")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=VERSIONS,
    help="Where to write it; beside the other migrations when left out.",
)
def new_migration(words: str, folder: Path) -> None:
    """Begin the next migration; WORDS say what it is for. Prints its path.

    The models are compared with a fresh SQLite database; your own is not touched. What was written
    is a draft: read it, and give new columns a value for the rows that are there.
    """
    if not any(letter.isalnum() for letter in words):
        fail("Say in a few words what the migration is for: its file is named after them.")
    with migrated_database() as connection:
        click.echo(write_migration(connection, words, folder))


@contextmanager
def migrated_database() -> Iterator[sa.Connection]:
    """A connection to a temporary SQLite database that all migrations so far were run on."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/rounds.db")
        upgrade(engine)
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def write_migration(connection: sa.Connection, words: str, folder: Path) -> Path:
    """Compare the database with the models and write the migration. Returns its path."""
    from alembic import command

    config = alembic_config(connection)
    config.cmd_opts = Namespace(quiet=True)
    if folder != VERSIONS:
        config.set_main_option("path_separator", "os")
        config.set_main_option("version_locations", os.pathsep.join(map(str, (VERSIONS, folder))))
    script: Any = command.revision(
        config,
        words,
        autogenerate=True,
        rev_id=f"{int(newest()) + 1:04}",
        version_path=str(folder),
        process_revision_directives=_drop_unreadable_keys,
    )
    path = Path(script.path)
    tidy(path)
    return path


def tidy(path: Path) -> None:
    """Take Alembic's own comments out of a migration, and format it where ruff is installed."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if not line.lstrip().startswith(ALEMBIC_COMMENT))
    path.write_text("".join(kept), encoding="utf-8")
    if ruff := shutil.which("ruff", path=Path(sys.executable).parent):
        command = [ruff, "format", "--quiet", "--config", str(ROOT / "pyproject.toml"), str(path)]
        subprocess.run(command, check=False)  # noqa: S603  # a path of ours, and no shell


def _drop_unreadable_keys(_context: object, _revision: object, scripts: list[Any]) -> None:
    for table in _changed_tables(scripts[0].upgrade_ops):
        table.ops = list(without_unreadable_keys(table.ops))
    scripts[0].upgrade_ops.ops = [step for step in scripts[0].upgrade_ops.ops if _changes(step)]


def _changed_tables(steps: "UpgradeOps") -> Iterator[Any]:
    from alembic.operations.ops import ModifyTableOps

    return (step for step in steps.ops if isinstance(step, ModifyTableOps))


def _changes(step: Any) -> bool:
    return bool(getattr(step, "ops", True))


def without_unreadable_keys(steps: "Iterable[MigrateOperation]") -> Iterator["MigrateOperation"]:
    """The changes of one table without foreign keys that only seem to change.

    SQLite tells neither name nor rule of deletion of a key that was added with its column: Alembic
    would drop it and add it again. A key that changes for true shows as one side only, or by its
    other columns.
    """
    steps = list(steps)
    added, dropped = _keys(steps, "add_fk"), _keys(steps, "remove_fk")
    return (step for step in steps if _key(step) not in added.intersection(dropped))


def _keys(steps: "Iterable[MigrateOperation]", change: str) -> set[tuple[str, ...]]:
    return {_key(step) for step in steps if step.to_diff_tuple()[0] == change}


def _key(step: "MigrateOperation") -> tuple[str, ...]:
    """The columns that a foreign key joins, empty for any other change."""
    change, constraint = step.to_diff_tuple()[:2]
    if change not in ("add_fk", "remove_fk"):
        return ()
    return tuple(f"{key.parent.name} {key.target_fullname}" for key in constraint.elements)


commands = (new_migration,)
