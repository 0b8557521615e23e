"""`load-book` and `export-book` as they are typed."""

import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from pwa.models import Client, Notice
from pwa.rules.vocabulary.notice_kind import NoticeKind
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


def test_a_booking_that_a_book_moves_is_announced_at_its_new_time(run, tmp_path, db):
    def announced(day: int) -> list[datetime]:
        at = datetime(2099, 3, day, 10, tzinfo=UTC).isoformat()
        booked = {"bookings": [{"ref": "talk", "at": at}]}
        client = {"ref": "acme", "name": "Acme", "owner": "a@example.com", **booked}
        book = {"version": 1, "users": [{"email": "a@example.com"}], "clients": [client]}
        (tmp_path / "book.json").write_text(json.dumps(book))
        assert run("load-book", str(tmp_path / "book.json")).exit_code == 0
        return list(db.scalars(sa.select(Notice.due_at).where(Notice.kind == NoticeKind.BOOKED)))

    for day in (2, 3):
        assert announced(day) == [datetime(2099, 3, day, 9, 55, tzinfo=UTC)]


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
