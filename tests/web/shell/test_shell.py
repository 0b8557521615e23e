"""What makes it an app, asked for as a phone does: before anyone signs in."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pwa.web.http.assets import release


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    return app.test_client()


def test_the_manifest_is_complete(phone):
    answer = phone.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = answer.get_json(force=True)
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/today", "/")
    assert (manifest["name"], manifest["display"]) == ("Rounds", "standalone")
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == ["/today", "/clients"]
    icons = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert icons == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    pictures = [*manifest["icons"], *manifest["screenshots"]]
    assert {phone.get(picture["src"]).status_code for picture in pictures} == {200}


def test_a_new_release_leaves_the_pictures_where_they_are(phone, monkeypatch):
    before = phone.get("/manifest.webmanifest").text
    monkeypatch.setattr("pwa.web.http.assets.release", lambda: "another")
    assert phone.get("/manifest.webmanifest").text == before


def test_the_worker_rules_the_whole_site_and_is_always_asked_for_anew(phone):
    answer = phone.get("/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.text == (
        f'import "/static/{release()}/js/worker/events.js";\n'
        'self.words = {"title": "Rounds", "body": "Open your list"};\n'
    )


def test_every_script_is_listed_for_the_worker_to_keep(phone):
    files = phone.get("/shell-files.json").get_json()
    assert f"/static/{release()}/js/main.js" in files
    assert {phone.get(one).status_code for one in files} == {200}


def test_the_offline_page_loads_nothing_beside_it(phone):
    page = phone.get("/offline").text
    assert "No network just now" in page
    assert "<style>" in page
    assert "<script" not in page
    assert 'href="/sign-in' not in page


def test_every_icon_that_pages_name_is_there(phone):
    page = phone.get("/offline").text
    named = re.findall(r'href="(/static/[^"]+)"', page)
    assert named
    assert {phone.get(address).status_code for address in named} == {200}
