"""What the engine hears, from the command line."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SAID = Path(__file__).parent.parent / "browser" / "said.ogg"


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["transcribe", *map(str, arguments)])


def test_it_prints_what_is_said(app):
    answer = run(app, SAID)
    assert answer.exit_code == 0
    assert "send the drawings by Friday" in answer.output


def test_as_json_with_the_place_of_each_line(app):
    said = json.loads(run(app, SAID, "--json").output)
    assert "once a month is enough" in said["text"]
    assert 3 < sum(line["seconds"] for line in said["lines"]) < 7


def test_a_file_without_sound_is_said_in_one_line(app, tmp_path):
    page = tmp_path / "page.webm"
    page.write_text("<!doctype html><title>no sound</title>")
    answer = run(app, page)
    assert answer.exit_code == 1
    assert len(answer.output.strip().splitlines()) == 1
