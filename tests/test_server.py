"""What the web server relies on when it makes the application before it starts its workers."""

from pathlib import Path

from config import Config
from pwa import create_app


def test_making_the_application_opens_nothing_that_a_fork_would_share(tmp_path: Path):
    app = create_app(
        Config(
            instance_path=tmp_path,
            base_url="http://127.0.0.1",
            database_url=f"sqlite:///{tmp_path / 'rounds.db'}",
            secret_key="only for tests",
            queue_url=str(tmp_path / "queue.db"),
            voice_notes_url=str(tmp_path / "voice-notes"),
        )
    )
    assert app.extensions["engine"].pool.checkedin() == 0
    assert list(tmp_path.iterdir()) == []
