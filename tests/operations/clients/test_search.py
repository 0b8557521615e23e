"""What is typed is read on the server as the phone reads it without a network."""

import json
from pathlib import Path

import pytest

from pwa.operations.clients.search import fold

CASES = json.loads((Path(__file__).parents[2] / "scripts" / "folding.json").read_text("utf-8"))


@pytest.mark.parametrize(("typed", "folded"), CASES.items())
def test_a_text_is_folded_as_on_the_phone(typed, folded):
    assert fold(typed) == folded
