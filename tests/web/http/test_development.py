"""What only Development does: files are read anew, and every page says what it cost."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.debug import DebuggedApplication
from werkzeug.test import Client, TestResponse

from config import Config, Development, Production
from pwa import create_app
from pwa.migrate import upgrade
from pwa.web.http import assets

COST = re.compile(r'<footer class="muted small">(\d+) SQL statements, [\d.]+ ms</footer></main>')
SECRET = "only for tests"


def app_with(preset: Config, folder: Path) -> Flask:
    return create_app(
        replace(
            preset,
            instance_path=folder,
            database_url=f"sqlite:///{folder / 'rounds.db'}",
            secret_key=SECRET,
            queue_url=str(folder / "queue.db"),
        )
    )


@pytest.fixture
def developed(tmp_path: Path) -> Iterator[Flask]:
    app = app_with(Development, tmp_path)
    upgrade(app.extensions["engine"])
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def phone(developed: Flask) -> FlaskClient:
    return developed.test_client()


@pytest.fixture
def stylesheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stylesheet in a folder of our own, in the place of all files."""
    (tmp_path / "static" / "css").mkdir(parents=True)
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    path = tmp_path / "static" / "css" / "tokens.css"
    path.write_text("a { color: red }")
    return path


def test_a_page_ends_with_its_statements_and_its_time(phone):
    page = phone.get("/sign-in")
    assert COST.search(page.text)
    assert page.content_length == len(page.data)


def test_statements_are_counted_for_each_request(phone):
    entry = {"email": "nobody@rounds.example", "password": "not this one"}
    pages = (phone.get("/sign-in"), phone.post("/sign-in", data=entry), phone.get("/sign-in"))
    before, refused, after = (COST.search(page.text) for page in pages)
    assert before and refused and after
    assert before[1] == after[1] == "0"
    assert int(refused[1]) > 0


def test_what_is_no_page_stays_as_it_is(phone):
    assert phone.get("/readyz").get_json()["database"] == "ok"
    assert "SQL" not in phone.get("/shell-files.json").text


def test_a_stylesheet_is_read_anew_and_let_through_by_the_policy(phone, stylesheet):
    first = phone.get("/offline")
    stylesheet.write_text("a { color: blue }")
    second = phone.get("/offline")
    assert "a{color:blue}" in second.text.replace(" ", "")
    policies = {page.headers["Content-Security-Policy"] for page in (first, second)}
    assert len(policies) == 2


def test_a_file_gets_a_new_address_when_it_changes(developed, stylesheet):
    def address() -> str:
        with developed.test_request_context():
            return assets.static_url("css/tokens.css")

    before = address()
    stylesheet.write_text("a { color: blue }")
    assert address() != before
    answer = developed.test_client().get(address(), headers={"Accept-Encoding": "br"})
    assert answer.text == "a { color: blue }"


def test_elsewhere_nothing_is_read_twice_or_added(tmp_path):
    app = app_with(Production, tmp_path)
    assert not app.jinja_env.auto_reload
    with app.test_request_context():
        assert assets.release() is assets.release()
        assert not COST.search(app.test_client().get("/offline").text)


def test_a_missing_migration_is_named_to_developers_only(phone, developed, tmp_path):
    """A column that the models have and the tables have not."""
    entry = {"email": "nobody@rounds.example", "password": "not this one"}
    with developed.extensions["engine"].begin() as connection:
        connection.exec_driver_sql("ALTER TABLE users DROP COLUMN digest_at")
    page = phone.post("/sign-in", data=entry)
    assert page.status_code == 503
    assert "no such column: users.digest_at" in page.text
    assert "flask --app pwa init" in page.text
    there = app_with(Production, tmp_path).test_client().post("/sign-in", data=entry)
    assert "digest_at" not in there.text


def broken_page(app: Flask, *, debug: bool) -> TestResponse:
    """The answer of a page with a bug; `debug` serves it as `flask run --debug` does."""

    def fails() -> str:
        raise ZeroDivisionError("<b>no such share</b>")

    app.add_url_rule("/broken", view_func=fails)
    app.debug = debug
    return Client(DebuggedApplication(app) if debug else app).get("/broken")


def test_a_bug_shows_its_traceback_in_the_browser(developed):
    page = broken_page(developed, debug=True)
    assert page.status_code == 500
    assert "in fails" in re.sub("<[^>]+>", "", page.text)
    assert "&lt;b&gt;no such share&lt;/b&gt;" in page.text


def test_a_bug_is_answered_in_words_where_no_debugger_runs(developed):
    page = broken_page(developed, debug=False)
    assert page.status_code == 500
    assert "Something broke on our side" in page.text
    assert "no such share" not in page.text


@pytest.mark.parametrize("debug", [False, True])
def test_a_traceback_is_never_shown_in_production(tmp_path, debug):
    page = broken_page(app_with(Production, tmp_path), debug=debug)
    assert page.status_code == 500
    assert "Something broke on our side" in page.text
    assert "no such share" not in page.text
    assert "Traceback" not in page.text
