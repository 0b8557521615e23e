"""`load-book` and `export-book` as they are typed."""

import json

import pytest
import sqlalchemy as sa

from pwa.models import Client
from tests.operations.full_book import full_book


@pytest.fixture
def run(app, db):
    return lambda *words: app.test_cli_runner().invoke(args=words)


@pytest.fixture
def book_file(tmp_path):
    file = tmp_path / "book.json"
    file.write_text(json.dumps(full_book()))
    return str(file)


def test_a_book_goes_in_and_out(run, book_file, tmp_path):
    loaded = run("load-book", book_file, "--json")
    assert json.loads(loaded.stdout)["created"] == 2
    out = tmp_path / "out.json"
    assert run("export-book", "--output", str(out)).exit_code == 0
    assert json.loads(out.read_text()) == json.loads(run("export-book").stdout)


def test_a_wrong_book_changes_nothing(run, book_file, tmp_path, db):
    book = full_book()
    book["clients"][1]["owner"] = "who@example.com"
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(book))
    result = run("load-book", str(file))
    assert result.exit_code == 1
    assert result.stderr.startswith("clients[1].owner: “who@example.com” is nobody")
    assert db.scalar(sa.select(sa.func.count()).select_from(Client)) == 0


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe{", b"", b"[1]"])
def test_what_is_no_book_ends_in_one_line(run, tmp_path, content):
    file = tmp_path / "no.json"
    file.write_bytes(content)
    result = run("load-book", str(file))
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_missing_file(run):
    result = run("load-book", "nowhere.json")
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_unknown_fields_are_warned_of(run, tmp_path):
    file = tmp_path / "book.json"
    file.write_text(json.dumps({"version": 1, "mood": "good"}))
    result = run("load-book", str(file))
    assert result.exit_code == 0
    assert "mood is not a field of the book" in result.stderr
