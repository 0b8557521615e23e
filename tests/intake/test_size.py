"""Long lists: memory stays flat, progress moves, reading again starts over."""

import io
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

from pwa.intake import open_list
from tests.intake.reading import opened

pytestmark = pytest.mark.slow

ROWS = 50_000


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("intake") / "long.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("company,full_name,town,email,note\n")
        for number in range(ROWS):
            out.write(f"Søhne {number},Dana {number},Leith,d{number}@b.example,{'x' * 80}\n")
    return path


def test_memory_is_flat_and_progress_moves(long_list: Path) -> None:
    list(
        opened("company,email\nAcme,a@b.example\n").rows()
    )  # what is loaded once, whatever the list
    with long_list.open("rb") as stream:
        tracemalloc.start()
        clients = open_list(stream, filename=long_list.name, region="AU")
        rows = clients.rows()
        seen = [clients.position for row, _ in islice(rows, 10_000) if row]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()  # it slows reading fourfold; a fifth of the list has shown enough
        assert peak < 1_000_000 < seen[-1] < clients.size
        assert len(seen) + sum(1 for row, problems in rows if row and not problems) == ROWS
        assert clients.position == clients.size


def test_a_list_can_be_read_twice_and_the_stream_stays_open() -> None:
    stream = io.BytesIO(b"company,email\nAcme,a@b.example\n")
    clients = open_list(stream, filename="x.csv", region="AU")
    assert list(clients.rows()) == list(clients.rows())
    assert not stream.closed
