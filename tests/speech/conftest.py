"""Hearing and reading know no database, so they are tried once: with SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.speech.outside import Outside


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database") == "sqlite":
        return
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    config.hook.pytest_deselected(items=mine)
    items[:] = [item for item in items if item not in set(mine)]


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
    yield made
    made.over.set()
    made.server.shutdown()
    made.server.server_close()
