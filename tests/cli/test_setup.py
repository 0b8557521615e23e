"""`init` says what it did."""

from dataclasses import replace

from config import Testing
from pwa import create_app
from pwa.migrate import newest


def test_init_says_whether_it_migrated(tmp_path):
    database_url = f"sqlite:///{tmp_path / 'rounds.db'}"
    app = create_app(replace(Testing, instance_path=tmp_path, database_url=database_url))
    first, second = (app.test_cli_runner().invoke(args=["init"]) for _ in range(2))
    app.extensions["engine"].dispose()
    assert f"Migrated the database to {newest()}." in first.output
    assert "The database is up to date." in second.output
