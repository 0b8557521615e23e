"""Other people's browser code is what it was when it was taken, and everything named is there."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import UndefinedError

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
LOCK = json.loads((VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))
LOCKED = {
    f"{package}/{name}": file["sha384"]
    for package, entry in LOCK.items()
    for name, file in entry["files"].items()
}
SOURCES = sorted([*ROOT.glob("templates/**/*.html"), *STATIC.glob("js/**/*.js")])
NAMED_FILE = re.compile(r"((?:vendor|icons)/[\w.@/-]+\.(?:js|css|svg|png)\b)")
NAMED_ICON = re.compile(r"""\bicon\(["']([\w-]+)["']\)""")


@pytest.mark.parametrize("name", LOCKED)
def test_a_file_is_as_locked(name):
    digest = hashlib.sha384((VENDOR / name).read_bytes()).digest()
    assert LOCKED[name] == f"sha384-{base64.b64encode(digest).decode()}"


def test_nothing_lies_there_that_is_not_locked():
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert there == {*LOCKED, "vendor.lock.json"}


def test_every_package_brings_its_licence():
    assert all(f"{package}/LICENSE" in LOCKED for package in LOCK)


def test_files_named_in_pages_and_scripts_exist():
    named = {name for source in SOURCES for name in NAMED_FILE.findall(source.read_text("utf-8"))}
    assert "vendor/htmx.org@4.0.1/htmx.min.js" in named
    assert not {name for name in named if not (STATIC / name).is_file()}


def test_icons_named_in_pages_exist(app: Flask):
    named = {name for source in SOURCES for name in NAMED_ICON.findall(source.read_text("utf-8"))}
    outlines = app.jinja_env.get_template("_icons.html").module.__dict__["outlines"]
    assert not named - set(outlines)


def test_an_icon_that_does_not_exist_is_an_error(app: Flask):
    page = app.jinja_env.from_string('{% from "_icons.html" import icon %}{{ icon(name) }}')
    assert '<path d="' in page.render(name="phone")
    with pytest.raises(UndefinedError):
        page.render(name="no-such-outline")
