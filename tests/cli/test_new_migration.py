"""`new-migration` as it is typed: the next number, and what the models have beyond the tables."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from pwa.migrate import ROOT, VERSIONS, newest
from pwa.models import Base, User

pytestmark = pytest.mark.slow

NUMBER = f"{int(newest()) + 1:04}"


@pytest.fixture
def run(app, tmp_path):
    def typed(words):
        command = ["new-migration", words, "--folder", str(tmp_path)]
        return app.test_cli_runner().invoke(args=command)

    before = sorted(VERSIONS.iterdir())
    yield typed
    assert sorted(VERSIONS.iterdir()) == before


@pytest.fixture
def second_team(monkeypatch):
    """Models with a column that no migration knows, and its key to another table."""
    tables = sa.MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(tables)
    column = sa.Column("second_team_id", sa.Integer, sa.ForeignKey("teams.id", name="fk_second"))
    tables.tables[User.__tablename__].append_column(column)
    monkeypatch.setattr(Base, "metadata", tables)


def test_it_is_named_as_those_before_and_follows_the_newest(run, tmp_path):
    result = run("Where a team sits")
    path = tmp_path / f"{NUMBER}_where_a_team_sits.py"
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    migration = runpy.run_path(str(path))
    assert (migration["revision"], migration["down_revision"]) == (NUMBER, newest())
    assert migration["__doc__"] == "Where a team sits"


def test_models_that_say_no_more_give_an_empty_one(run, tmp_path):
    assert run("Nothing").exit_code == 0
    [path] = tmp_path.glob("*.py")
    body = path.read_text().partition("def upgrade() -> None:")[2].partition("def downgrade")[0]
    assert not re.search(r"\bop\.|batch_op", body)
    assert "pass" in body


def test_a_column_is_added_with_its_key(run, tmp_path, second_team):
    assert run("Second teams").exit_code == 0
    [path] = tmp_path.glob("*.py")
    text = path.read_text()
    assert 'batch_op.add_column(sa.Column("second_team_id", sa.Integer(), nullable=True))' in text
    assert text.count("create_foreign_key") == 1
    assert "drop_constraint" not in text


def test_it_is_formatted_and_has_no_comments(run, tmp_path, second_team):
    assert run("Second teams").exit_code == 0
    [path] = tmp_path.glob("*.py")
    assert "#" not in path.read_text()
    ruff = Path(sys.executable).with_name("ruff")
    command = [ruff, "format", "--check", "--config", ROOT / "pyproject.toml", path]
    assert subprocess.run(command, check=False).returncode == 0


def test_without_ruff_it_has_no_comments_either(run, tmp_path, second_team, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda *_args, **_more: None)
    assert run("Second teams").exit_code == 0
    [path] = tmp_path.glob("*.py")
    assert "#" not in path.read_text()
    assert runpy.run_path(str(path))["__doc__"] == "Second teams"


def test_it_needs_words(run):
    result = run("…")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "in a few words" in result.stderr
